#include "tex/tree.h"

#include "base/memory.h"

#include <string.h>

struct parse_node *tree_make(struct arena *arena, enum parse_kind kind, struct span span,
                             struct parse_node *const *parts, size_t count)
{
    struct parse_node *node = arena_alloc(arena, sizeof *node);
    node->kind = kind;
    node->span = span;
    node->text = "";
    node->count = count;
    node->parts = count > 0 ? arena_array(arena, count, sizeof *parts) : NULL;
    if (count > 0)
        memcpy(node->parts, parts, count * sizeof *parts);
    return node;
}

struct parse_node *tree_leaf(struct arena *arena, enum parse_kind kind, struct span span,
                             const char *text)
{
    struct parse_node *node = tree_make(arena, kind, span, NULL, 0);
    node->text = text;
    return node;
}

struct parse_node *tree_join(struct arena *arena, enum parse_kind kind,
                             struct parse_node *const *parts, size_t count)
{
    if (count == 1)
        return parts[0];
    return tree_make(arena, kind, span_join(parts[0]->span, parts[count - 1]->span),
                     parts, count);
}

struct parse_node *tree_script(const struct parse_node *name, enum parse_kind kind)
{
    for (size_t i = 0; i < name->count; i++)
        if (name->parts[i]->kind == kind)
            return name->parts[i];
    return NULL;
}

struct parse_node *tree_with_script(struct arena *arena, const struct parse_node *name,
                                    struct parse_node *script)
{
    struct parse_node *longer =
        tree_make(arena, name->kind, span_join(name->span, script->span), NULL, 0);
    longer->text = name->text;
    longer->count = name->count + 1;
    longer->parts = arena_array(arena, longer->count, sizeof *longer->parts);
    if (name->count > 0)
        memcpy(longer->parts, name->parts, name->count * sizeof *name->parts);
    longer->parts[name->count] = script;
    return longer;
}

bool tree_is_integer(const struct parse_node *node)
{
    return node->kind == PARSE_NUMBER && !strchr(node->text, '.');
}

bool tree_is_bare(const struct parse_node *node, const char *text)
{
    return node->kind == PARSE_NAME && node->count == 0 && strcmp(node->text, text) == 0;
}

bool tree_is_partial(const struct parse_node *node)
{
    return tree_is_bare(node, "\\partial");
}

bool tree_is_e(const struct parse_node *node)
{
    return tree_is_bare(node, "e");
}

bool tree_is_delta(const struct parse_node *node)
{
    return tree_is_bare(node, "\\Delta");
}

bool tree_is_signal(const struct parse_node *node)
{
    return node->kind == PARSE_DELTA && strcmp(node->text, "\\delta") == 0;
}

bool tree_is_operator(const struct parse_node *node)
{
    return tree_is_partial(node) || tree_is_bare(node, "\\nabla");
}

struct parse_node *tree_inside(struct parse_node *node)
{
    while (node->kind == PARSE_BRACKET && strcmp(node->text, "|") != 0)
        node = node->parts[0];
    return node;
}

struct parse_node *tree_ungroup(struct parse_node *node)
{
    while (node->kind == PARSE_BRACKET && strcmp(node->text, "{") == 0)
        node = node->parts[0];
    return node;
}

bool tree_is_argument(const struct parse_node *node)
{
    bool is_times = node->is_times;
    if (node->kind == PARSE_POWER)
        node = node->parts[0];
    return node->kind == PARSE_BRACKET && strcmp(node->text, "(") == 0 && !is_times &&
           !node->is_times;
}

/* What follows the sign of a derivative in `\partial E` or `dE`. False if `node` does not
   begin with the sign; *rest is NULL if it is the sign alone. */
static bool after_sign(struct arena *arena, struct parse_node *node, const char *sign,
                       struct parse_node **rest)
{
    *rest = NULL;
    if (tree_is_bare(node, sign))
        return true;
    if (node->kind == PARSE_PRODUCT && tree_is_bare(node->parts[0], sign)) {
        *rest = tree_join(arena, PARSE_PRODUCT, node->parts + 1, node->count - 1);
        return true;
    }
    /* `dE`: the letters of one run, the first of which is the sign. */
    if (strcmp(sign, "d") != 0 || node->kind != PARSE_NAME || node->text[0] != 'd' ||
        node->text[1] == '\0' || node->span.end - node->span.begin < 2)
        return false;
    *rest = tree_make(arena, PARSE_NAME, node->span, node->parts, node->count);
    (*rest)->span.begin++;
    (*rest)->text = node->text + 1;
    return true;
}

struct parse_node *tree_fraction(struct arena *arena, struct parse_node *above,
                                 struct parse_node *below)
{
    static const char *const signs[] = {"\\partial", "d", "\\delta"};
    struct parse_node *parts[2];
    above = tree_ungroup(above);
    below = tree_ungroup(below);
    struct span span = span_join(above->span, below->span);
    for (size_t i = 0; i < 3; i++)
        if (after_sign(arena, below, signs[i], &parts[1]) && parts[1] &&
            after_sign(arena, above, signs[i], &parts[0])) {
            struct parse_node *made = tree_make(arena, PARSE_DERIVATIVE, span, parts, 2);
            made->text = signs[i];
            return made;
        }
    return tree_make(arena, PARSE_FRACTION, span, (struct parse_node *[]){above, below},
                     2);
}

static const struct parse_node *first_factor(const struct parse_node *node)
{
    return node->kind == PARSE_PRODUCT ? node->parts[0] : node;
}

bool tree_is_second(const struct parse_node *fraction)
{
    const struct parse_node *above = first_factor(fraction->parts[0]);
    const struct parse_node *below = first_factor(fraction->parts[1]);
    if (above->kind != PARSE_NAME || below->kind != PARSE_NAME || above->count != 1 ||
        above->parts[0]->kind != PARSE_SUP)
        return false;
    bool run = strcmp(above->text, "d") == 0 && below->text[0] == 'd' && below->text[1];
    return run ||
           ((strcmp(above->text, "d") == 0 || strcmp(above->text, "\\delta") == 0) &&
            tree_is_bare(below, above->text));
}

bool tree_any(const struct parse_node *tree,
              bool (*test)(void *context, const struct parse_node *node), void *context)
{
    const struct parse_node **open = NULL;
    size_t count = 0, capacity = 0;
    bool found = false;
    while (tree && !found) {
        found = test(context, tree);
        if (count + tree->count > capacity) {
            capacity = 2 * (count + tree->count) + 16;
            open = memory_array(open, capacity, sizeof *open);
        }
        for (size_t i = tree->count; i > 0; i--)
            if (tree->parts[i - 1])
                open[count++] = tree->parts[i - 1];
        tree = count > 0 ? open[--count] : NULL;
    }
    memory_free(open);
    return found;
}
