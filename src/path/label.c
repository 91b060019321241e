/* Labels of edges. Within layers they are read off the structure; elsewhere the
   definition is differentiated. */
#include "path/graph_parts.h"

#include "base/memory.h"
#include "expr/diff.h"

static expr_id differentiate(struct graph *graph, node_id source, node_id target)
{
    struct network *network = graph->network;

    return diff_label(network_defs(network), network_symbol(network, target),
                      network_symbol(network, source));
}

/* The one use of a parameter in the definition of a unit; NULL if there are none or
   several. */
static const struct network_use *single_use(const struct network_use *uses, size_t count,
                                            const struct layer *layer, int64_t to)
{
    const struct network_use *found = NULL;

    for (size_t i = 0; i < count; i++) {
        if (uses[i].layer != layer || uses[i].to != to)
            continue;
        if (found != NULL)
            return NULL;
        found = &uses[i];
    }
    return found;
}

/* The source that one use of the parameter is multiplied with; -1 of a bias, and where
   there is not exactly one use. */
static node_id factor_of_parameter(struct graph *graph, node_id parameter, node_id target,
                                   const struct layer *layer, bool *is_bias)
{
    bool is_known = parameter == graph->from;
    size_t count = graph->use_count;
    struct network_use *uses =
        is_known ? graph->uses : network_uses(graph->network, parameter, &count);
    const struct network_use *use =
        single_use(uses, count, layer, target - layer->sums.first);
    node_id factor =
        use != NULL && use->from >= 0 ? network_source(layer, use->from) : -1;

    *is_bias = use != NULL && use->from < 0;
    if (!is_known)
        memory_free(uses);
    return factor;
}

/* The node that is the label within a layer, -1 if it is none. */
static node_id factor_of_layer(struct graph *graph, node_id source, node_id target,
                               const struct layer *layer, bool *is_bias)
{
    int64_t place = layer_source_place(layer, source);

    *is_bias = false;
    if (place < 0)
        return factor_of_parameter(graph, source, target, layer, is_bias);
    if (graph_is_parameter(graph->network, source))
        return -1;
    return network_weight(graph->network, layer, target - layer->sums.first, place);
}

static expr_id label_of_layer(struct graph *graph, node_id source, node_id target,
                              const struct layer *layer)
{
    bool is_bias;
    node_id factor = factor_of_layer(graph, source, target, layer, &is_bias);

    if (factor >= 0)
        return network_symbol(graph->network, factor);
    return is_bias ? expr_integer(network_pool(graph->network), 1)
                   : differentiate(graph, source, target);
}

/* Of softmax: y_k ([k = j] - y_j). */
static expr_id label_of_softmax(struct graph *graph, node_id source, node_id target,
                                const struct layer *layer)
{
    struct network *network = graph->network;
    struct pool *pool = network_pool(network);
    node_id other = source - layer->sums.first + layer->units.first;
    expr_id mine = network_symbol(network, target);
    expr_id rest = expr_subtract(pool, expr_integer(pool, other == target),
                                 network_symbol(network, other));

    return fold(pool, expr_multiply(pool, mine, rest));
}

/* Without a look at what the sum is: of a wide layer that is a long expression. */
static expr_id label_of_activation(struct graph *graph, node_id source, node_id target,
                                   const struct layer *layer)
{
    struct network *network = graph->network;
    expr_id unit = network_symbol(network, target);

    if (layer->activation == ACTIVATION_SOFTMAX)
        return label_of_softmax(graph, source, target, layer);
    return diff_local_of(network_pool(network), defs_get(network_defs(network), unit),
                         network_symbol(network, source), unit);
}

/* The place of the output that the node is, or whose target it is; -1 if it is neither.
 */
static int64_t find_output(const struct network *network, node_id node)
{
    size_t count;
    const struct range *outputs = network_outputs(network, &count);
    int64_t before = 0;

    for (size_t i = 0; i < count; before += outputs[i++].count)
        if (range_has(outputs[i], node))
            return before + node - outputs[i].first;
    for (int64_t k = 0; k < before; k++)
        if (network_target(network, k) == node)
            return k;
    return -1;
}

/* A named error is a sum over outputs: the one term that holds the node is
   differentiated. */
static expr_id label_of_error(struct graph *graph, node_id source)
{
    struct network *network = graph->network;
    struct pool *pool = network_pool(network);
    enum error_kind kind = network_error_kind(network);
    int64_t place = find_output(network, source);
    expr_id scale;
    mpq_t factor;

    if (place < 0)
        return expr_integer(pool, 0);
    mpq_init(factor);
    network_error_factor(network, kind, factor);
    scale = expr_number(pool, factor);
    mpq_clear(factor);
    return diff_local(
        pool, expr_multiply(pool, scale, network_error_term(network, kind, place)),
        network_symbol(network, source));
}

static expr_id label_of_equation(struct graph *graph, const struct segment *segment,
                                 node_id source, node_id target)
{
    size_t place = (size_t)(target - segment->nodes.first);

    for (size_t i = segment->starts[place]; i < segment->starts[place + 1]; i++)
        if (graph->edges[i].source == source && graph->edges[i].label != 0)
            return graph->edges[i].label;
    return differentiate(graph, source, target);
}

expr_id graph_label(struct graph *graph, node_id source, node_id target)
{
    const struct segment *segment = graph_segment(graph, target);

    if (segment == NULL)
        return differentiate(graph, source, target);
    if (segment->is_activation)
        return label_of_activation(graph, source, target, segment->layer);
    if (segment->layer != NULL)
        return label_of_layer(graph, source, target, segment->layer);
    if (segment->starts != NULL)
        return label_of_equation(graph, segment, source, target);
    return label_of_error(graph, source);
}

node_id graph_label_node(struct graph *graph, node_id source, node_id target)
{
    const struct segment *segment = graph_segment(graph, target);
    bool is_bias;

    if (segment == NULL || segment->layer == NULL || segment->is_activation)
        return -1;
    return factor_of_layer(graph, source, target, segment->layer, &is_bias);
}
