#include "expr/partials.h"

#include "base/memory.h"
#include "expr/diff.h"

#include <stdlib.h>

static size_t index_of(const struct partials *partials, expr_id e)
{
    size_t low = 0, high = partials->nodes.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (partials->nodes.items[middle] < e)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < partials->nodes.count && partials->nodes.items[low] == e;
    return found ? low : SIZE_MAX;
}

/* Calls for every part of every node: first to count its uses, then to write them. */
static void for_each_use(struct partials *partials, const struct pool *pool,
                         void (*see)(struct partials *, size_t part, struct partials_use))
{
    for (size_t whole = 0; whole < partials->nodes.count; whole++) {
        expr_id e = partials->nodes.items[whole];
        for (uint32_t place = 0; place < expr_count(pool, e); place++)
            see(partials, index_of(partials, expr_part(pool, e, place)),
                (struct partials_use){whole, place});
    }
}

static void count_use(struct partials *partials, size_t part, struct partials_use use)
{
    (void)use;
    partials->starts[part + 1]++;
}

/* Writing moves each start to its end, which is where the next one was. */
static void write_use(struct partials *partials, size_t part, struct partials_use use)
{
    partials->uses[partials->starts[part]++] = use;
}

static void find_uses(struct partials *partials, const struct pool *pool)
{
    size_t count = partials->nodes.count;
    partials->starts = memory_zeroed(count + 1, sizeof *partials->starts);
    for_each_use(partials, pool, count_use);
    for (size_t i = 0; i < count; i++)
        partials->starts[i + 1] += partials->starts[i];
    partials->uses =
        memory_array(NULL, partials->starts[count] + 1, sizeof *partials->uses);
    for_each_use(partials, pool, write_use);
    for (size_t i = count; i > 0; i--)
        partials->starts[i] = partials->starts[i - 1];
    partials->starts[0] = 0;
}

void partials_init(struct partials *partials, struct defs *defs, expr_id defined)
{
    *partials = (struct partials){
        .defs = defs, .defined = defined, .definition = defs_get(defs, defined)};
    expr_list_init(&partials->nodes);
    expr_list_init(&partials->above);
    if (!partials->definition)
        return;
    walk_nodes(defs->pool, partials->definition, &partials->nodes);
    find_uses(partials, defs->pool);
    partials->kept = memory_zeroed(partials->nodes.count, sizeof *partials->kept);
    partials->is_linear =
        memory_zeroed(partials->nodes.count, sizeof *partials->is_linear);
}

void partials_clear(struct partials *partials)
{
    expr_list_clear(&partials->nodes);
    expr_list_clear(&partials->above);
    memory_free(partials->starts);
    memory_free(partials->uses);
    memory_free(partials->kept);
    memory_free(partials->is_linear);
}

static int compare_indices(const void *a, const void *b)
{
    expr_id first = *(const expr_id *)a, second = *(const expr_id *)b;
    return (first > second) - (first < second);
}

/* The indices of the symbol and of all nodes that hold it, ascending; `kept` is set for
 * them. */
static void climb(struct partials *partials, size_t symbol)
{
    struct expr_list *above = &partials->above;
    above->count = 0;
    expr_list_push(above, (expr_id)symbol);
    partials->kept[symbol] = partials->nodes.items[symbol];
    for (size_t i = 0; i < above->count; i++) {
        size_t node = above->items[i];
        for (size_t k = partials->starts[node]; k < partials->starts[node + 1]; k++) {
            size_t whole = partials->uses[k].whole;
            if (partials->kept[whole])
                continue;
            partials->kept[whole] = partials->nodes.items[whole];
            expr_list_push(above, (expr_id)whole);
        }
    }
    qsort(above->items, above->count, sizeof *above->items, compare_indices);
}

/* How many parts of a node hold the symbol. */
static size_t count_varying(const struct partials *partials, expr_id e)
{
    const struct pool *pool = partials->defs->pool;
    size_t count = 0;
    for (size_t i = 0; i < expr_count(pool, e); i++)
        count += partials->kept[index_of(partials, expr_part(pool, e, i))] != 0;
    return count;
}

/* Whether the derivative of the whole is a constant times that of the part at a place:
   then constant terms of the part may be left out. */
static bool passes(const struct partials *partials, expr_id whole, uint32_t place)
{
    switch (expr_kind(partials->defs->pool, whole)) {
    case EXPR_SUM:
    case EXPR_NEGATE:
        return true;
    case EXPR_PRODUCT:
        return count_varying(partials, whole) == 1;
    case EXPR_QUOTIENT:
        return place == 0 && count_varying(partials, whole) == 1;
    default:
        return false;
    }
}

static bool is_linear_at(const struct partials *partials, size_t node)
{
    for (size_t k = partials->starts[node]; k < partials->starts[node + 1]; k++) {
        struct partials_use use = partials->uses[k];
        if (!partials->is_linear[use.whole] ||
            !passes(partials, partials->nodes.items[use.whole], use.place))
            return false;
    }
    return true;
}

/* A term of a sum, for putting terms back into order. */
struct term {
    uint32_t place;
    expr_id e;
};

static int compare_terms(const void *a, const void *b)
{
    const struct term *first = a, *second = b;
    return (first->place > second->place) - (first->place < second->place);
}

/* The node with what is kept of its parts. */
static expr_id rebuilt(const struct partials *partials, expr_id e)
{
    struct pool *pool = partials->defs->pool;
    struct expr_list parts;
    expr_list_init(&parts);
    for (size_t i = 0; i < expr_count(pool, e); i++) {
        expr_id part = expr_part(pool, e, i),
                kept = partials->kept[index_of(partials, part)];
        expr_list_push(&parts, kept ? kept : part);
    }
    e = expr_make(pool, expr_kind(pool, e), parts.items, parts.count);
    expr_list_clear(&parts);
    return e;
}

/* The sum of the terms that hold the symbol, found from below. */
static expr_id varying_terms(const struct partials *partials, size_t sum)
{
    struct term *terms = NULL;
    size_t count = 0;
    for (size_t i = 0; i < partials->above.count && partials->above.items[i] < sum; i++) {
        size_t node = partials->above.items[i];
        for (size_t k = partials->starts[node]; k < partials->starts[node + 1]; k++) {
            struct partials_use use = partials->uses[k];
            if (use.whole != sum)
                continue;
            terms = memory_array(terms, count + 1, sizeof *terms);
            terms[count++] = (struct term){use.place, partials->kept[node]};
        }
    }
    qsort(terms, count, sizeof *terms, compare_terms);
    struct expr_list parts;
    expr_list_init(&parts);
    for (size_t i = 0; i < count; i++)
        expr_list_push(&parts, terms[i].e);
    expr_id e = expr_sum(partials->defs->pool, parts.items, parts.count);
    expr_list_clear(&parts);
    memory_free(terms);
    return e;
}

expr_id partials_label(struct partials *partials, expr_id symbol)
{
    struct pool *pool = partials->defs->pool;
    size_t start = partials->definition ? index_of(partials, symbol) : SIZE_MAX;
    if (start == SIZE_MAX)
        return expr_integer(pool, 0);
    climb(partials, start);
    struct expr_list *above = &partials->above;
    for (size_t i = above->count; i-- > 0;)
        partials->is_linear[above->items[i]] = is_linear_at(partials, above->items[i]);
    for (size_t i = 1; i < above->count; i++) {
        size_t node = above->items[i];
        expr_id e = partials->nodes.items[node];
        bool thins = partials->is_linear[node] && expr_kind(pool, e) == EXPR_SUM;
        partials->kept[node] =
            thins ? varying_terms(partials, node) : rebuilt(partials, e);
    }
    expr_id whole = partials->kept[partials->nodes.count - 1];
    for (size_t i = 0; i < above->count; i++)
        partials->kept[above->items[i]] = 0;
    return diff_label_of(partials->defs, whole, partials->defined, symbol);
}
