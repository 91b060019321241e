#include "path/graph_parts.h"

#include "base/memory.h"

struct range range_meet(struct range a, struct range b)
{
    node_id first = a.first > b.first ? a.first : b.first;
    node_id a_end = a.first + a.count, b_end = b.first + b.count;
    node_id end = a_end < b_end ? a_end : b_end;

    return (struct range){first, end > first ? end - first : 0};
}

bool range_has(struct range range, node_id node)
{
    return node >= range.first && node < range.first + range.count;
}

struct graph *graph_new(struct network *network, node_id from, node_id to)
{
    struct graph *graph = memory_zeroed(1, sizeof *graph);

    graph->network = network;
    graph->from = from;
    graph->to = to;
    mpz_init_set_ui(graph->one, 1);
    mpz_init(graph->zero);
    segments_make(graph);
    count_paths(graph);
    reach_mark(graph);
    reach_list(graph);
    return graph;
}

void graph_free(struct graph *graph)
{
    if (graph == NULL)
        return;
    segments_clear(graph);
    memory_free(graph->edges);
    memory_free(graph->by_source);
    mpz_clear(graph->one);
    mpz_clear(graph->zero);
    memory_free(graph);
}

struct network *graph_network(const struct graph *graph)
{
    return graph->network;
}

node_id graph_from(const struct graph *graph)
{
    return graph->from;
}

node_id graph_to(const struct graph *graph)
{
    return graph->to;
}

/* The segment of a defined node up to the goal, else NULL. */
struct segment *graph_segment(const struct graph *graph, node_id node)
{
    size_t low = 0, high = graph->segment_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (graph->segments[middle].nodes.first <= node)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && range_has(graph->segments[low - 1].nodes, node)
               ? &graph->segments[low - 1]
               : NULL;
}

size_t graph_direct_before(const struct graph *graph, node_id node)
{
    size_t low = 0, high = graph->direct_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (graph->direct[middle] < node)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int64_t graph_direct_within(const struct graph *graph, struct range range)
{
    return (int64_t)(graph_direct_before(graph, range.first + range.count) -
                     graph_direct_before(graph, range.first));
}

bool graph_is_direct(const struct graph *graph, node_id node)
{
    return graph_direct_within(graph, (struct range){node, 1}) > 0;
}

mpz_srcptr graph_count(struct graph *graph, node_id node)
{
    const struct segment *segment;

    if (node == graph->from)
        return graph->one;
    segment = graph_segment(graph, node);
    if (segment == NULL)
        return graph->zero;
    if (segment->is_single)
        return graph_count(graph, segment_sum(segment, node));
    if (segment->counts != NULL)
        return segment->counts[node - segment->nodes.first];
    return graph_is_direct(graph, node) ? segment->direct : segment->base;
}

mpz_srcptr graph_total(struct graph *graph)
{
    return graph_count(graph, graph->to);
}

bool graph_is_reached(const struct graph *graph, node_id node)
{
    return mpz_sgn(graph_count((struct graph *)graph, node)) > 0;
}

bool graph_reaches(const struct graph *graph, node_id node)
{
    const struct segment *segment;

    if (node == graph->from)
        return graph->from_reaches;
    segment = graph_segment(graph, node);
    if (segment == NULL)
        return false;
    return segment->all_reach ||
           (segment->reach != NULL && segment->reach[node - segment->nodes.first] != 0);
}

bool graph_on_way(const struct graph *graph, node_id node)
{
    return graph_reaches(graph, node) && graph_is_reached(graph, node);
}

const struct range *graph_peek_predecessors(const struct graph *graph, node_id node,
                                            size_t *count)
{
    const struct segment *segment = graph_segment(graph, node);
    int64_t place;

    *count = 0;
    if (segment == NULL || node == graph->from || !graph_on_way(graph, node))
        return NULL;
    if (segment->is_single) {
        *count = 1;
        return segment->ranges + (node - segment->nodes.first);
    }
    if (segment->range_starts != NULL) {
        place = node - segment->nodes.first;
        *count = segment->range_starts[place + 1] - segment->range_starts[place];
        return segment->ranges + segment->range_starts[place];
    }
    *count = segment->range_count;
    if (graph_is_direct(graph, node))
        return segment->ranges;
    --*count;
    return segment->ranges + 1;
}

const struct range *graph_predecessors(struct graph *graph, node_id node, size_t *count)
{
    return graph_peek_predecessors(graph, node, count);
}

static bool is_among(const struct range *ranges, size_t count, node_id node)
{
    for (size_t i = 0; i < count; i++)
        if (range_has(ranges[i], node))
            return true;
    return false;
}

/* Of an equation, or NULL. */
static const struct edge *find_edge(const struct graph *graph, node_id source,
                                    node_id target)
{
    const struct segment *segment = graph_segment(graph, target);
    size_t place;

    if (segment == NULL || segment->starts == NULL)
        return NULL;
    place = (size_t)(target - segment->nodes.first);
    for (size_t i = segment->starts[place]; i < segment->starts[place + 1]; i++)
        if (graph->edges[i].source == source)
            return &graph->edges[i];
    return NULL;
}

bool graph_has_edge(struct graph *graph, node_id source, node_id target)
{
    const struct segment *segment = graph_segment(graph, target);

    if (segment == NULL || target == graph->from || !graph_is_reached(graph, source))
        return false;
    if (segment->is_single)
        return source == segment_sum(segment, target);
    if (segment->starts != NULL)
        return find_edge(graph, source, target) != NULL;
    if (source == graph->from && graph_is_direct(graph, target))
        return true;
    if (!is_among(segment->sources, segment->source_count, source))
        return false;
    return segment->joined ||
           network_weight(graph->network, segment->layer, target - segment->nodes.first,
                          layer_source_place(segment->layer, source)) >= 0;
}

struct node_list {
    node_id **nodes;
    size_t *count;
    size_t capacity;
};

static void list_node(struct node_list *list, node_id node)
{
    if (*list->count >= list->capacity) {
        list->capacity = 2 * *list->count + 16;
        *list->nodes = memory_array(*list->nodes, list->capacity, sizeof **list->nodes);
    }
    (*list->nodes)[(*list->count)++] = node;
}

void graph_list_predecessors(struct graph *graph, node_id node, node_id **nodes,
                             size_t *count)
{
    struct node_list list = {nodes, count, *count};
    const struct segment *segment = graph_segment(graph, node);
    size_t range_count;
    const struct range *ranges = graph_peek_predecessors(graph, node, &range_count);

    for (size_t i = 0; i < range_count; i++)
        for (int64_t k = 0; k < ranges[i].count; k++)
            if (segment->joined || graph_has_edge(graph, ranges[i].first + k, node))
                list_node(&list, ranges[i].first + k);
}

static void list_on_way(struct graph *graph, struct range range, struct node_list *list)
{
    for (node_id node = range.first; node < range.first + range.count; node++)
        if (graph_on_way(graph, node))
            list_node(list, node);
}

static void list_direct(struct graph *graph, struct range within, struct node_list *list)
{
    node_id end = within.first + within.count;

    for (size_t i = graph_direct_before(graph, within.first);
         i < graph->direct_count && graph->direct[i] < end; i++)
        list_on_way(graph, (struct range){graph->direct[i], 1}, list);
}

/* Equations that use a node. */
static void list_equations(struct graph *graph, node_id node, struct range within,
                           struct node_list *list)
{
    size_t low = 0, high = graph->edge_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct edge *edge = &graph->edges[graph->by_source[middle]];
        if (edge->source < node || (edge->source == node && edge->target < within.first))
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < graph->edge_count; low++) {
        const struct edge *edge = &graph->edges[graph->by_source[low]];

        if (edge->source != node || !range_has(within, edge->target))
            break;
        if (graph_on_way(graph, edge->target))
            list_node(list, edge->target);
    }
}

static void list_units(struct graph *graph, node_id node, const struct segment *segment,
                       struct node_list *list)
{
    node_id end = segment->nodes.first + segment->nodes.count;

    if (segment->is_single) {
        node_id unit = node - segment->layer->sums.first + segment->nodes.first;
        if (range_has(segment->nodes, unit) && graph_on_way(graph, unit))
            list_node(list, unit);
        return;
    }
    if (is_among(segment->sources, segment->source_count, node)) {
        for (node_id unit = segment->nodes.first; unit < end; unit++)
            if (graph_on_way(graph, unit) &&
                (segment->joined || graph_has_edge(graph, node, unit)))
                list_node(list, unit);
        return;
    }
    if (node == graph->from)
        list_direct(graph, segment->nodes, list);
}

void graph_list_successors(struct graph *graph, node_id node, node_id **nodes,
                           size_t *count)
{
    struct node_list list = {nodes, count, *count};

    if (!graph_on_way(graph, node))
        return;
    for (size_t i = 0; i < graph->segment_count; i++) {
        const struct segment *segment = &graph->segments[i];

        if (segment->starts != NULL)
            list_equations(graph, node, segment->nodes, &list);
        else
            list_units(graph, node, segment, &list);
    }
}

/* In a joined segment that no path enters, only the start and its own units can be on
   the way. */
static void list_segment(struct graph *graph, const struct segment *segment,
                         struct node_list *list)
{
    if (segment->is_single || segment->counts != NULL || mpz_sgn(segment->base) > 0) {
        list_on_way(graph, segment->nodes, list);
        return;
    }
    list_on_way(graph, range_meet(segment->nodes, (struct range){graph->from, 1}), list);
    list_direct(graph, segment->nodes, list);
}

void graph_list_nodes(struct graph *graph, node_id **nodes, size_t *count)
{
    struct node_list list = {nodes, count, *count};

    if (graph->from < graph->first_defined)
        list_on_way(graph, (struct range){graph->from, 1}, &list);
    for (size_t i = 0; i < graph->segment_count; i++)
        list_segment(graph, &graph->segments[i], &list);
}
