/* Numbers of paths, from the start on: for joined segments one sum for all nodes. */
#include "path/graph_parts.h"

#include "base/memory.h"
#include "expr/partials.h"

#include <stdlib.h>

static void add_multiple(mpz_ptr sum, mpz_srcptr value, int64_t times)
{
    mpz_addmul_ui(sum, value, (unsigned long)times);
}

static void count_in_segment(const struct graph *graph, const struct segment *segment,
                             struct range range, mpz_ptr sum)
{
    if (segment->is_single) {
        count_range(graph, segment_sums(segment, range), sum);
        if (range_has(range, graph->from))
            mpz_add_ui(sum, sum, 1);
        return;
    }
    if (segment->counts != NULL) {
        for (int64_t i = 0; i < range.count; i++)
            mpz_add(sum, sum, segment->counts[range.first + i - segment->nodes.first]);
        return;
    }
    add_multiple(sum, segment->base, range.count);
    mpz_add_ui(sum, sum, (unsigned long)graph_direct_within(graph, range));
    if (range_has(range, graph->from))
        mpz_add_ui(sum, sum, 1);
}

void count_range(const struct graph *graph, struct range range, mpz_ptr sum)
{
    if (range.first < graph->first_defined) {
        if (range_has(range, graph->from))
            mpz_add_ui(sum, sum, 1);
        return;
    }
    while (range.count > 0) {
        const struct segment *segment = graph_segment(graph, range.first);
        struct range part = range_meet(segment->nodes, range);

        count_in_segment(graph, segment, part, sum);
        range.first += part.count;
        range.count -= part.count;
    }
}

/* Nodes before the start are not reached, so that the base of the start's own segment is
   0. */
static void count_joined(const struct graph *graph, struct segment *segment)
{
    for (size_t i = 0; i < segment->source_count; i++)
        count_range(graph, segment->sources[i], segment->base);
    if (graph_direct_within(graph, segment->nodes) > 0)
        mpz_add_ui(segment->direct, segment->base, 1);
}

static void make_counts(struct segment *segment)
{
    segment->counts =
        memory_array(NULL, (size_t)segment->nodes.count, sizeof *segment->counts);
    for (int64_t i = 0; i < segment->nodes.count; i++)
        mpz_init(segment->counts[i]);
}

/* A layer with gaps, edge by edge. */
static void count_gapped(struct graph *graph, struct segment *segment)
{
    const struct layer *layer = segment->layer;

    make_counts(segment);
    for (int64_t to = 0; to < layer->size; to++) {
        node_id unit = layer->sums.first + to;

        if (unit == graph->from || graph_is_direct(graph, unit))
            mpz_set_ui(segment->counts[to], 1);
        if (unit == graph->from)
            continue;
        for (int64_t from = 0; from < layer->fan_in; from++)
            if (network_weight(graph->network, layer, to, from) >= 0)
                mpz_add(segment->counts[to], segment->counts[to],
                        graph_count(graph, network_source(layer, from)));
    }
}

static void add_edge(struct graph *graph, struct edge edge)
{
    if (graph->edge_count == graph->edge_capacity) {
        graph->edge_capacity = 2 * graph->edge_capacity + 16;
        graph->edges =
            memory_array(graph->edges, graph->edge_capacity, sizeof *graph->edges);
    }
    graph->edges[graph->edge_count++] = edge;
}

/* The edges into one equation. A label that folds to 0 is no edge. */
static void count_equation(struct graph *graph, node_id node, mpz_ptr sum)
{
    struct network *network = graph->network;
    struct pool *pool = network_pool(network);
    struct partials partials;
    size_t count;
    node_id *arguments = network_arguments(network, node, &count);

    partials_init(&partials, network_defs(network), network_symbol(network, node));
    for (size_t i = 0; i < count; i++) {
        struct edge edge = {arguments[i], node, 0};

        if (arguments[i] < graph->first_defined && arguments[i] != graph->from)
            continue;
        if (graph_is_reached(graph, arguments[i])) {
            edge.label = partials_label(&partials, network_symbol(network, arguments[i]));
            if (expr_is_integer(pool, edge.label, 0))
                continue;
            mpz_add(sum, sum, graph_count(graph, arguments[i]));
        }
        add_edge(graph, edge);
    }
    partials_clear(&partials);
    memory_free(arguments);
}

static void count_equations(struct graph *graph, struct segment *segment)
{
    size_t count = (size_t)segment->nodes.count;

    make_counts(segment);
    segment->starts = memory_array(NULL, count + 1, sizeof *segment->starts);
    for (size_t place = 0; place < count; place++) {
        node_id node = segment->nodes.first + (node_id)place;

        segment->starts[place] = graph->edge_count;
        if (node == graph->from)
            mpz_set_ui(segment->counts[place], 1);
        else
            count_equation(graph, node, segment->counts[place]);
    }
    segment->starts[count] = graph->edge_count;
}

static int compare_edges(const void *a, const void *b)
{
    const struct edge *left = *(const struct edge *const *)a,
                      *right = *(const struct edge *const *)b;

    if (left->source != right->source)
        return left->source < right->source ? -1 : 1;
    return (left->target > right->target) - (left->target < right->target);
}

static void sort_edges(struct graph *graph)
{
    const struct edge **sorted =
        memory_array(NULL, graph->edge_count + 1, sizeof *sorted);

    graph->by_source =
        memory_array(NULL, graph->edge_count + 1, sizeof *graph->by_source);
    for (size_t i = 0; i < graph->edge_count; i++)
        sorted[i] = &graph->edges[i];
    if (graph->edge_count > 0)
        qsort(sorted, graph->edge_count, sizeof *sorted, compare_edges);
    for (size_t i = 0; i < graph->edge_count; i++)
        graph->by_source[i] = (size_t)(sorted[i] - graph->edges);
    memory_free(sorted);
}

void count_paths(struct graph *graph)
{
    for (size_t i = 0; i < graph->segment_count; i++) {
        struct segment *segment = &graph->segments[i];

        if (segment->is_single)
            continue;
        if (segment->joined)
            count_joined(graph, segment);
        else if (segment->layer != NULL)
            count_gapped(graph, segment);
        else
            count_equations(graph, segment);
    }
    sort_edges(graph);
}
