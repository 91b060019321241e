#include "tex/juxtapose.h"

#include "tex/apply.h"
#include "tex/index.h"
#include "tex/tree.h"

#include <string.h>

bool juxtapose_is_known(const struct elaborate *context, const struct parse_node *name)
{
    struct buf canonical;
    if (!tree_script(name, PARSE_SUB) && bindings_find(context->bindings, name->text))
        return true;
    buf_init(&canonical);
    enum index_reading reading = index_read(context, name, &canonical);
    buf_clear(&canonical);
    return reading != INDEX_NONE;
}

static bool is_run(const struct parse_node *name, size_t length)
{
    return length >= 2 && name->text[0] != '\\' && name->text[length - 1] != '\'' &&
           name->span.end - name->span.begin >= length;
}

/* The letters of a run, the last with the scripts. */
static struct parse_node *letters_of(struct arena *arena, const struct parse_node *name)
{
    size_t count = strlen(name->text);
    if (!is_run(name, count))
        return NULL;
    struct parse_node **letters = arena_array(arena, count, sizeof *letters);
    for (size_t i = 0; i < count; i++) {
        uint32_t begin = name->span.begin + (uint32_t)i;
        letters[i] = tree_leaf(arena, PARSE_NAME, (struct span){begin, begin + 1},
                               arena_strndup(arena, name->text + i, 1));
    }
    letters[count - 1]->parts = name->parts;
    letters[count - 1]->count = name->count;
    letters[count - 1]->span.end = name->span.end;
    return tree_join(arena, PARSE_PRODUCT, letters, count);
}

/* Names, and the e of `we^{-z}`. */
static bool all_known(const struct elaborate *context, const struct parse_node *product)
{
    for (size_t i = 0; i < product->count; i++)
        if (!juxtapose_is_known(context, product->parts[i]) &&
            !apply_exponent(context, product->parts[i]))
            return false;
    return true;
}

/* `h_j` and the rest, which may be a run itself. */
static const struct parse_node *other_reading(const struct elaborate *context,
                                              struct arena *arena,
                                              struct parse_node *other)
{
    struct parse_node *rest = other->parts[1];
    if (!juxtapose_is_known(context, other->parts[0]))
        return NULL;
    if (juxtapose_is_known(context, rest))
        return other;
    struct parse_node *letters = letters_of(arena, rest);
    if (!letters || !all_known(context, letters))
        return NULL;
    return tree_join(arena, PARSE_PRODUCT,
                     (struct parse_node *[]){other->parts[0], letters}, 2);
}

const struct parse_node *juxtapose(const struct elaborate *context, struct arena *arena,
                                   const struct parse_node *name)
{
    const struct parse_node *product =
        name->other ? other_reading(context, arena, name->other) : NULL;
    if (product)
        return product;
    product = letters_of(arena, name);
    return product && all_known(context, product) ? product : NULL;
}
