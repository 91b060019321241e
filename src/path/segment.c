/* The structure of a graph: its segments, and the units that use the start as a
   parameter. */
#include "path/graph_parts.h"

#include "base/memory.h"

#include <stdlib.h>

static int compare_ranges(const void *a, const void *b)
{
    const struct range *left = a, *right = b;

    return (left->first > right->first) - (left->first < right->first);
}

static struct segment *add_segment(struct graph *graph, struct range nodes)
{
    struct segment *segment;

    if (graph->segment_count == graph->segment_capacity) {
        graph->segment_capacity = 2 * graph->segment_capacity + 16;
        graph->segments = memory_array(graph->segments, graph->segment_capacity,
                                       sizeof *graph->segments);
    }
    segment = &graph->segments[graph->segment_count++];
    *segment = (struct segment){.nodes = nodes};
    mpz_init(segment->base);
    mpz_init(segment->direct);
    return segment;
}

static void set_sources(struct segment *segment, const struct range *sources,
                        size_t count)
{
    segment->sources = memory_array(NULL, count + 1, sizeof *segment->sources);
    for (size_t i = 0; i < count; i++)
        segment->sources[i] = sources[i];
    segment->source_count = count;
    if (count > 0)
        qsort(segment->sources, count, sizeof *segment->sources, compare_ranges);
}

static void add_layer(struct graph *graph, const struct layer *layer)
{
    struct segment *segment = add_segment(graph, layer->sums);

    segment->layer = layer;
    segment->joined = network_layer_is_full(graph->network, layer);
    set_sources(segment, layer->sources, layer->source_count);
}

static void add_activation(struct graph *graph, const struct layer *layer)
{
    struct segment *segment = add_segment(graph, layer->units);

    segment->layer = layer;
    segment->is_activation = true;
    segment->is_single = layer->activation == ACTIVATION_FUNCTION;
    segment->joined = !segment->is_single;
    set_sources(segment, &layer->sums, 1);
}

node_id segment_sum(const struct segment *segment, node_id unit)
{
    return unit - segment->nodes.first + segment->layer->sums.first;
}

struct range segment_sums(const struct segment *segment, struct range units)
{
    return (struct range){segment_sum(segment, units.first), units.count};
}

/* Whether the start is compared as a target; then the error uses it beside the outputs.
 */
static bool is_target(const struct graph *graph)
{
    size_t count;
    const struct range *outputs = network_outputs(graph->network, &count);
    int64_t output = 0;

    for (size_t i = 0; i < count; i++) {
        if (range_has(outputs[i], graph->from))
            return false;
        for (int64_t k = 0; k < outputs[i].count; k++)
            if (network_target(graph->network, output++) == graph->from)
                return true;
    }
    return false;
}

static void add_named_error(struct graph *graph, node_id node)
{
    struct segment *segment = add_segment(graph, (struct range){node, 1});
    size_t count;
    const struct range *outputs = network_outputs(graph->network, &count);
    struct range *sources = memory_array(NULL, count + 1, sizeof *sources);

    for (size_t i = 0; i < count; i++)
        sources[i] = outputs[i];
    if (is_target(graph))
        sources[count++] = (struct range){graph->from, 1};
    segment->joined = true;
    set_sources(segment, sources, count);
    memory_free(sources);
}

/* Equations one after the other make one segment. */
static void add_equation(struct graph *graph, node_id node)
{
    struct segment *last = graph->segments + graph->segment_count;

    if (graph->segment_count > 0 && last[-1].source_count == 0 &&
        last[-1].layer == NULL && !last[-1].joined &&
        last[-1].nodes.first + last[-1].nodes.count == node)
        last[-1].nodes.count++;
    else
        add_segment(graph, (struct range){node, 1});
}

static node_id find_first_defined(const struct network *network)
{
    const struct network_leaves *leaves = network_leaves(network);
    node_id first = 0;

    for (size_t i = 0; i < leaves->count; i++)
        first += leaves->ranges[i].count;
    return first;
}

static void add_segments(struct graph *graph)
{
    struct network *network = graph->network;
    int64_t place;

    graph->first_defined = find_first_defined(network);
    for (node_id node = graph->first_defined; node <= graph->to;) {
        const struct layer *layer = network_layer_of(network, node, &place);
        bool is_named = node == network_error(network) &&
                        network_error_kind(network) != ERROR_EQUATION;

        if (layer != NULL)
            (layer_has_sum(layer, node) ? add_layer : add_activation)(graph, layer);
        else if (is_named)
            add_named_error(graph, node);
        else
            add_equation(graph, node);
        node += layer != NULL ? layer->size : 1;
    }
}

bool graph_is_parameter(const struct network *network, node_id node)
{
    enum node_kind kind = network_kind(network, node);

    return kind == NODE_WEIGHT || kind == NODE_BIAS || kind == NODE_PARAMETER;
}

static int compare_nodes(const void *a, const void *b)
{
    node_id left = *(const node_id *)a, right = *(const node_id *)b;

    return (left > right) - (left < right);
}

/* A parameter that is a source as well has one edge to each unit, not two. */
static void find_direct(struct graph *graph)
{
    size_t kept = 0;

    if (!graph_is_parameter(graph->network, graph->from))
        return;
    if (network_is_fixed(graph->network, graph->from) &&
        mpq_sgn(network_value(graph->network, graph->from)) == 0)
        return;
    graph->uses = network_uses(graph->network, graph->from, &graph->use_count);
    graph->direct = memory_array(NULL, graph->use_count + 1, sizeof *graph->direct);
    for (size_t i = 0; i < graph->use_count; i++)
        if (layer_source_place(graph->uses[i].layer, graph->from) < 0)
            graph->direct[graph->direct_count++] =
                graph->uses[i].layer->sums.first + graph->uses[i].to;
    if (graph->direct_count > 0)
        qsort(graph->direct, graph->direct_count, sizeof *graph->direct, compare_nodes);
    for (size_t i = 0; i < graph->direct_count; i++)
        if (kept == 0 || graph->direct[kept - 1] != graph->direct[i])
            graph->direct[kept++] = graph->direct[i];
    graph->direct_count = kept;
}

void segments_make(struct graph *graph)
{
    find_direct(graph);
    add_segments(graph);
}

static void clear_segment(struct segment *segment)
{
    for (int64_t i = 0; segment->counts != NULL && i < segment->nodes.count; i++)
        mpz_clear(segment->counts[i]);
    mpz_clear(segment->base);
    mpz_clear(segment->direct);
    memory_free(segment->counts);
    memory_free(segment->sources);
    memory_free(segment->reach);
    memory_free(segment->ranges);
    memory_free(segment->starts);
    memory_free(segment->range_starts);
}

void segments_clear(struct graph *graph)
{
    for (size_t i = 0; i < graph->segment_count; i++)
        clear_segment(&graph->segments[i]);
    memory_free(graph->segments);
    memory_free(graph->uses);
    memory_free(graph->direct);
}

int64_t layer_source_place(const struct layer *layer, node_id node)
{
    int64_t place = 0;

    for (size_t i = 0; i < layer->source_count; i++) {
        if (range_has(layer->sources[i], node))
            return place + node - layer->sources[i].first;
        place += layer->sources[i].count;
    }
    return -1;
}
