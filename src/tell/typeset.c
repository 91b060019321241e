#include "tell/typeset.h"

#include "base/memory.h"
#include "expr/walk.h"
#include "tell/compose.h"

#include <stdlib.h>
#include <string.h>

void typeset_init(struct typeset *typeset, struct arena *arena, struct network *network)
{
    *typeset = (struct typeset){
        .arena = arena,
        .network = network,
        .pool = network ? network_pool(network) : NULL,
        .max_terms = TYPESET_MAX_TERMS,
        .line_width = TYPESET_LINE_WIDTH,
    };
}

struct formula *typeset_partial(const struct typeset *typeset)
{
    const char *partial =
        typeset->network ? network_partial(typeset->network) : "\\partial";
    return formula_text(typeset->arena, FORMULA_SIGN, partial);
}

/* Round outside of plain contents, square outside of round, and so on; growing with each.
 */
struct formula *typeset_bracket(const struct typeset *typeset, struct formula *inner)
{
    unsigned size = inner->nesting > inner->height ? inner->nesting : inner->height;
    return formula_make(typeset->arena, FORMULA_BRACKET, inner->nesting % 2 ? "[" : "(",
                        &inner, 1, size < 4 ? size : 4);
}

struct formula *typeset_node(const struct typeset *typeset, node_id node)
{
    struct buf name;
    buf_init(&name);
    network_name(typeset->network, node, &name);
    struct formula *formula = formula_text(typeset->arena, FORMULA_NAME, buf_peek(&name));
    buf_clear(&name);
    return formula;
}

/* The nodes of an expression, parts before wholes (so by ascending id), each written
   once. */
struct plain {
    struct expr_list nodes;
    struct piece *pieces;
};

static const struct piece *plain_find(const struct plain *plain, expr_id e)
{
    size_t low = 0, high = plain->nodes.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (plain->nodes.items[middle] <= e)
            low = middle;
        else
            high = middle;
    }
    return &plain->pieces[low];
}

/* Room for the pieces of the parts of one node after another. */
struct parts {
    struct piece *items;
    size_t capacity;
};

static void parts_reserve(struct parts *parts, size_t count)
{
    if (count > parts->capacity) {
        parts->capacity = 2 * count;
        parts->items = memory_array(parts->items, parts->capacity, sizeof *parts->items);
    }
}

static void load_parts(struct parts *parts, const struct pool *pool,
                       const struct plain *plain, expr_id e)
{
    size_t count = expr_count(pool, e);
    parts_reserve(parts, count);
    for (size_t i = 0; i < count; i++)
        parts->items[i] = *plain_find(plain, expr_part(pool, e, i));
}

static void plain_init(struct plain *plain, const struct typeset *typeset, expr_id e,
                       struct parts *parts)
{
    expr_list_init(&plain->nodes);
    walk_nodes(typeset->pool, e, &plain->nodes);
    plain->pieces = memory_array(NULL, plain->nodes.count, sizeof *plain->pieces);
    for (size_t i = 0; i < plain->nodes.count; i++) {
        expr_id node = plain->nodes.items[i];
        load_parts(parts, typeset->pool, plain, node);
        plain->pieces[i] = compose(typeset, node, parts->items);
    }
}

static void plain_clear(struct plain *plain)
{
    expr_list_clear(&plain->nodes);
    memory_free(plain->pieces);
}

/* An occurrence that is marked or holds marks: `count` from `first` on, whose sites begin
   alike for `depth` steps. It is part number `part` of its whole; its own parts that hold
   marks stand further on in the list. */
struct occurrence {
    expr_id e;
    uint32_t part;
    size_t first, count, depth;
    size_t parts_first, parts_count;
    struct piece piece;
};

struct occurrences {
    struct occurrence *items;
    size_t count, capacity;
};

static void occurrences_push(struct occurrences *list, struct occurrence occurrence)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? 2 * list->capacity : 16;
        list->items = memory_array(list->items, list->capacity, sizeof *list->items);
    }
    list->items[list->count++] = occurrence;
}

static int compare_marks(const void *left, const void *right)
{
    const struct site *a = &((const struct mark *)left)->site;
    const struct site *b = &((const struct mark *)right)->site;
    for (size_t i = 0; i < a->depth && i < b->depth; i++) {
        if (a->steps[i] != b->steps[i])
            return a->steps[i] < b->steps[i] ? -1 : 1;
    }
    return (a->depth > b->depth) - (a->depth < b->depth);
}

/* Adds the parts of an occurrence that hold marks; `marks` are sorted by site. */
static void push_parts(struct occurrences *list, const struct pool *pool,
                       const struct mark *marks, size_t whole)
{
    struct occurrence around = list->items[whole];
    size_t i = around.first, end = around.first + around.count;
    while (i < end && marks[i].site.depth == around.depth)
        i++;
    list->items[whole].parts_first = list->count;
    while (i < end) {
        struct occurrence part = {.part = marks[i].site.steps[around.depth],
                                  .first = i,
                                  .depth = around.depth + 1};
        while (i < end && marks[i].site.steps[around.depth] == part.part)
            i++;
        part.count = i - part.first;
        if (part.part < expr_count(pool, around.e)) {
            part.e = expr_part(pool, around.e, part.part);
            occurrences_push(list, part);
        }
    }
    list->items[whole].parts_count = list->count - list->items[whole].parts_first;
}

/* Writes an occurrence whose parts with marks are written already. */
static void write_occurrence(const struct typeset *typeset, struct occurrences *list,
                             size_t index, struct piece *parts)
{
    struct occurrence *whole = &list->items[index];
    for (size_t i = 0; i < whole->parts_count; i++) {
        const struct occurrence *part = &list->items[whole->parts_first + i];
        parts[part->part] = part->piece;
    }
    whole->piece = compose(typeset, whole->e, parts);
}

static struct formula *write_marked(const struct typeset *typeset,
                                    const struct plain *plain, struct occurrences *list,
                                    const struct mark *marks, struct parts *parts)
{
    for (size_t i = 0; i < list->count; i++)
        push_parts(list, typeset->pool, marks, i);
    for (size_t i = list->count; i-- > 0;) {
        struct occurrence *whole = &list->items[i];
        load_parts(parts, typeset->pool, plain, whole->e);
        write_occurrence(typeset, list, i, parts->items);
        const struct mark *mark = &marks[whole->first];
        if (whole->count > 0 && mark->site.depth == whole->depth)
            whole->piece = mark->blank ? compose_blank(typeset, whole->piece, mark->blank)
                                       : compose_mark(typeset, whole->piece, mark->path);
    }
    return list->items[0].piece.formula;
}

struct formula *typeset_marked(const struct typeset *typeset, expr_id e,
                               const struct mark *marks, size_t count)
{
    struct plain plain;
    struct parts parts = {NULL, 0};
    plain_init(&plain, typeset, e, &parts);
    struct formula *formula = plain_find(&plain, e)->formula;
    if (count > 0) {
        struct mark *sorted = memory_array(NULL, count, sizeof *sorted);
        memcpy(sorted, marks, count * sizeof *sorted);
        qsort(sorted, count, sizeof *sorted, compare_marks);
        struct occurrences list = {NULL, 0, 0};
        occurrences_push(&list, (struct occurrence){.e = e, .count = count});
        formula = write_marked(typeset, &plain, &list, sorted, &parts);
        memory_free(list.items);
        memory_free(sorted);
    }
    plain_clear(&plain);
    memory_free(parts.items);
    return formula;
}

struct formula *typeset_expression(const struct typeset *typeset, expr_id e)
{
    return typeset_marked(typeset, e, NULL, 0);
}
