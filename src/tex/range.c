#include "tex/range.h"

#include "base/memory.h"
#include "tex/apply.h"
#include "tex/index.h"
#include "tex/tree.h"

#include <stdio.h>
#include <string.h>

enum { FIRST_TRIED = 10, LAST_TRIED = 3000000, INNER_TRIED = 3 };

struct nodes {
    const struct parse_node **items;
    size_t count, capacity;
};

static void push(struct nodes *nodes, const struct parse_node *node)
{
    if (!node)
        return;
    if (nodes->count == nodes->capacity) {
        nodes->capacity = 2 * nodes->capacity + 16;
        nodes->items = memory_array(nodes->items, nodes->capacity, sizeof *nodes->items);
    }
    nodes->items[nodes->count++] = node;
}

/* Whether a letter stands in the scripts of a name: alone, or in a run such as `ij`. */
static bool carries(const struct parse_node *name, const char *letter)
{
    struct nodes open = {0};
    bool found = false;
    for (size_t i = 0; i < name->count; i++)
        push(&open, name->parts[i]);
    while (open.count > 0 && !found) {
        const struct parse_node *node = open.items[--open.count];
        if (node->kind == PARSE_NAME)
            found = strcmp(node->text, letter) == 0 ||
                    (letter[1] == '\0' && node->text[0] != '\\' &&
                     strstr(node->text, letter));
        for (size_t i = 0; i < node->count; i++)
            push(&open, node->parts[i]);
    }
    memory_free(open.items);
    return found;
}

/* The names of a tree that carry the letter, and the letters of sums inside it. */
static void collect(const struct elaborate *context, const struct parse_node *body,
                    const char *letter, struct nodes *names, struct nodes *inner)
{
    struct nodes open = {0};
    push(&open, body);
    while (open.count > 0) {
        const struct parse_node *node = open.items[--open.count];
        if (node->kind == PARSE_NAME) {
            const struct parse_node *exponent = apply_exponent(context, node);
            push(&open, exponent);
            if (!exponent && carries(node, letter))
                push(names, node);
            continue;
        }
        if (node->kind == PARSE_BIG && node->parts[0]->kind == PARSE_NAME)
            push(inner, node->parts[0]);
        bool big = node->kind == PARSE_BIG;
        for (size_t i = big ? 4 : node->count; i > (big ? 3 : 0); i--)
            push(&open, node->parts[i - 1]);
    }
    memory_free(open.items);
}

/* What a name says of the letter that it seems to carry. */
enum finding { NOT_FOUND, NO_INDEX, FAMILY };

static bool exists_with(const struct elaborate *context, const struct parse_node *name,
                        struct buf *canonical)
{
    buf_truncate(canonical, 0);
    enum index_reading reading = index_read(context, name, canonical);
    if (reading == INDEX_NONE && name->other)
        reading = index_read(context, name->other->parts[0], canonical);
    return reading == INDEX_NAME || reading == INDEX_POWER;
}

/* Whether the name exists for this value, and as what; sums inside the body run from 0, 1
   or 2. */
static bool exists_at(const struct elaborate *context, const struct parse_node *name,
                      const struct nodes *inner, struct binding at, struct buf *canonical)
{
    static const long tried[INNER_TRIED] = {1, 0, 2};
    size_t depth = context->bindings->count;
    bool found = false;
    for (int i = 0; i < (inner->count > 0 ? INNER_TRIED : 1) && !found; i++) {
        bindings_push(context->bindings, at.letter, at.value);
        for (size_t k = 0; k < inner->count; k++)
            if (strcmp(inner->items[k]->text, at.letter) != 0)
                bindings_push(context->bindings, inner->items[k]->text, tried[i]);
        found = exists_with(context, name, canonical);
        context->bindings->count = depth;
    }
    return found;
}

/* Moves `at` on to the first value for which the name does not exist, or is the same as
   for the value before: the t of `E_{total}` is no index, nor is the k of the power
   `a^k`. False if it is so from the beginning. */
static bool run_through(const struct elaborate *context, const struct parse_node *name,
                        const struct nodes *inner, struct binding *at)
{
    struct buf before, now;
    long first = at->value;
    bool same = false;
    buf_init(&before);
    buf_init(&now);
    while (!same && at->value < LAST_TRIED &&
           exists_at(context, name, inner, *at, &now)) {
        same = at->value > first && strcmp(buf_peek(&before), buf_peek(&now)) == 0;
        buf_truncate(&before, 0);
        buf_text(&before, buf_peek(&now));
        at->value += !same;
    }
    buf_clear(&before);
    buf_clear(&now);
    return !same || at->value > first + 1;
}

static enum finding range_of_name(const struct elaborate *context,
                                  const struct parse_node *name,
                                  const struct nodes *inner, struct binding range[2])
{
    struct buf canonical;
    struct binding at = range[0];
    buf_init(&canonical);
    at.value = 0;
    while (at.value <= FIRST_TRIED && !exists_at(context, name, inner, at, &canonical))
        at.value++;
    buf_clear(&canonical);
    if (at.value > FIRST_TRIED)
        return NOT_FOUND;
    range[0].value = at.value;
    bool family = run_through(context, name, inner, &at);
    range[1].value = at.value - 1;
    return family ? FAMILY : NO_INDEX;
}

static const char *span_text(const struct elaborate *context,
                             const struct parse_node *node, char text[48])
{
    snprintf(text, 48, "%.*s", (int)(node->span.end - node->span.begin),
             context->source->text + node->span.begin);
    return text;
}

static bool refuse(const struct elaborate *context, enum diag_code code,
                   const struct parse_node *letter, const struct parse_node *name)
{
    char text[48];
    return diag_at(context->diags, code, (struct place){context->source, letter->span},
                   letter->text, name ? span_text(context, name, text) : NULL,
                   (char *)NULL);
}

static bool refuse_different(const struct elaborate *context,
                             const struct parse_node *letter,
                             const struct parse_node *const names[2], const long last[2])
{
    char texts[2][48], ranges[2][80];
    for (int i = 0; i < 2; i++)
        snprintf(ranges[i], sizeof ranges[i], "%ld (%s)", last[i],
                 span_text(context, names[i], texts[i]));
    return diag_at(context->diags, DIAG_FORMULA_RANGES,
                   (struct place){context->source, letter->span}, letter->text, ranges[0],
                   ranges[1], (char *)NULL);
}

/* The values of both ranges. */
static void narrow(struct binding range[2], const struct binding other[2])
{
    if (other[0].value > range[0].value)
        range[0].value = other[0].value;
    if (other[1].value < range[1].value)
        range[1].value = other[1].value;
}

/* The values for which all names exist: in a network file they are the same for each, by
   hand they are those that all have. */
static bool agree(const struct elaborate *context, const struct parse_node *letter,
                  const struct nodes *names, const struct nodes *inner,
                  struct binding range[2])
{
    const struct parse_node *first = NULL;
    for (size_t i = 0; i < names->count; i++) {
        const struct parse_node *name = names->items[i];
        struct binding other[2] = {range[0], range[1]};
        enum finding finding = range_of_name(context, name, inner, other);
        if (finding == NOT_FOUND)
            return refuse(context, DIAG_FORMULA_NO_RANGE, letter, name);
        if (finding == NO_INDEX)
            continue;
        bool same = other[0].value == range[0].value && other[1].value == range[1].value;
        if (first && !same && context->scope->by_hand) {
            narrow(other, range);
            if (other[1].value < other[0].value)
                return refuse(context, DIAG_FORMULA_NO_RANGE, letter, name);
        } else if (first && !same) {
            return refuse_different(context, letter,
                                    (const struct parse_node *[]){first, name},
                                    (long[]){range[1].value, other[1].value});
        }
        first = name;
        range[0] = other[0];
        range[1] = other[1];
    }
    return first || refuse(context, DIAG_FORMULA_NO_FAMILY, letter, NULL);
}

bool range_of_letter(const struct elaborate *context, const struct parse_node *letter,
                     const struct parse_node *body, struct binding range[2])
{
    struct nodes names = {0}, inner = {0};
    collect(context, body, letter->text, &names, &inner);
    range[0] = range[1] = (struct binding){letter->text, 0};
    bool known = agree(context, letter, &names, &inner, range);
    memory_free(names.items);
    memory_free(inner.items);
    return known;
}

bool range_is_carried(const struct elaborate *context, const char *letter,
                      const struct parse_node *body)
{
    struct nodes names = {0}, inner = {0};
    collect(context, body, letter, &names, &inner);
    bool found = names.count > 0;
    memory_free(names.items);
    memory_free(inner.items);
    return found;
}
