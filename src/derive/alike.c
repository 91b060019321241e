#include "derive/alike.h"

#include "base/memory.h"
#include "expr/walk.h"

#include <stdlib.h>
#include <string.h>

static int compare_nodes(const void *a, const void *b)
{
    node_id first = *(const node_id *)a, second = *(const node_id *)b;
    return (first > second) - (first < second);
}

static void add_arguments(struct alike *alike, node_id node)
{
    size_t count = 0;
    node_id *nodes = network_arguments(alike->network, node, &count);
    alike->by_equations = memory_array(alike->by_equations,
                                       alike->equation_count + count + 1, sizeof *nodes);
    if (count)
        memcpy(alike->by_equations + alike->equation_count, nodes, count * sizeof *nodes);
    alike->equation_count += count;
    memory_free(nodes);
}

void alike_init(struct alike *alike, struct network *network)
{
    *alike = (struct alike){.network = network};
    node_id error = network_error(network);
    for (node_id node = error - 1; node >= 0 && network_is_defined(network, node);
         node--) {
        int64_t place;
        const struct layer *layer = network_layer_of(network, node, &place);
        if (layer)
            node -= place;
        else
            add_arguments(alike, node);
    }
    if (alike->equation_count)
        qsort(alike->by_equations, alike->equation_count, sizeof(node_id), compare_nodes);
    if (network_error_kind(network) == ERROR_EQUATION)
        alike->by_error = network_arguments(network, error, &alike->error_count);
}

void alike_clear(struct alike *alike)
{
    memory_free(alike->by_equations);
    memory_free(alike->by_error);
}

/* Whether one of the ascending nodes lies in the range. */
static bool meets(const node_id *nodes, size_t count, struct range range)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (nodes[middle] < range.first)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && nodes[low] < range.first + range.count;
}

static bool draws_from(const struct layer *layer, struct range units)
{
    for (size_t i = 0; i < layer->source_count; i++)
        if (layer->sources[i].first < units.first + units.count &&
            units.first < layer->sources[i].first + layer->sources[i].count)
            return true;
    return false;
}

bool alike_units(const struct alike *alike, const struct layer *layer)
{
    struct network *network = alike->network;
    for (size_t i = 0; i < network_layer_count(network); i++) {
        const struct layer *user = network_layer(network, i);
        if (draws_from(user, layer->units) && !network_layer_is_regular(network, user))
            return false;
    }
    return !meets(alike->by_equations, alike->equation_count, layer->units) &&
           !meets(alike->by_equations, alike->equation_count, layer->sums) &&
           !meets(alike->by_error, alike->error_count, layer->sums) &&
           !meets(alike->by_error, alike->error_count, layer->units);
}

/* The place of a symbol in the range, -1 if it is not there. */
static int64_t place_in(struct network *network, expr_id e, struct range range)
{
    if (expr_kind(network_pool(network), e) != EXPR_SYMBOL)
        return -1;
    node_id node = network_node(network, e);
    bool is_in = node >= range.first && node < range.first + range.count;
    return is_in ? node - range.first : -1;
}

/* The place of a symbol whose square this is. */
static int64_t square_in(struct network *network, expr_id e, struct range range)
{
    struct pool *pool = network_pool(network);
    bool is_square = expr_kind(pool, e) == EXPR_POWER &&
                     expr_is_integer(pool, expr_part(pool, e, 1), 2);
    return is_square ? place_in(network, expr_part(pool, e, 0), range) : -1;
}

/* What is known of the squares of the symbols of a range. */
struct squares {
    struct network *network;
    struct range range;
    expr_id sum; /* that they all stand in, 0 before it is met */
    bool *seen;
    int64_t count;
};

/* Whether a whole uses the symbols as they may be used: squared, the squares in one sum.
 */
static bool see_whole(struct squares *squares, expr_id whole)
{
    struct pool *pool = network_pool(squares->network);
    bool is_square = square_in(squares->network, whole, squares->range) >= 0;
    for (size_t i = 0; i < expr_count(pool, whole); i++) {
        expr_id part = expr_part(pool, whole, i);
        int64_t place = square_in(squares->network, part, squares->range);
        if (place_in(squares->network, part, squares->range) >= 0 && !is_square)
            return false;
        if (place < 0)
            continue;
        if (expr_kind(pool, whole) != EXPR_SUM ||
            (squares->sum && squares->sum != whole) || squares->seen[place])
            return false;
        squares->sum = whole;
        squares->seen[place] = true;
        squares->count++;
    }
    return true;
}

/* Whether the error holds of these symbols one sum of all their squares, and nothing
 * else. */
static bool are_squared_alike(struct network *network, struct range range)
{
    struct expr_list wholes;
    expr_list_init(&wholes);
    walk_nodes(
        network_pool(network),
        defs_get(network_defs(network), network_symbol(network, network_error(network))),
        &wholes);
    struct squares squares = {network, range, 0, NULL, 0};
    squares.seen = memory_zeroed((size_t)range.count, sizeof *squares.seen);
    bool ok = true;
    for (size_t i = 0; ok && i < wholes.count; i++)
        ok = see_whole(&squares, wholes.items[i]);
    memory_free(squares.seen);
    expr_list_clear(&wholes);
    return ok && squares.count == range.count;
}

bool alike_weights(const struct alike *alike, const struct layer *layer)
{
    if (!network_layer_is_regular(alike->network, layer))
        return false;
    struct range weights = {network_weight(alike->network, layer, 0, 0),
                            layer->size * layer->fan_in};
    if (meets(alike->by_equations, alike->equation_count, weights))
        return false;
    return !meets(alike->by_error, alike->error_count, weights) ||
           are_squared_alike(alike->network, weights);
}

bool alike_biases(const struct alike *alike, const struct layer *layer)
{
    if (!layer->has_biases || !network_layer_is_regular(alike->network, layer))
        return false;
    struct range biases = {network_bias(alike->network, layer, 0), layer->size};
    return !meets(alike->by_equations, alike->equation_count, biases) &&
           !meets(alike->by_error, alike->error_count, biases);
}
