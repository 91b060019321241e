/* From the goal back: what leads to it, and which predecessors lie on the way. */
#include "path/graph_parts.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static void mark(struct graph *graph, struct range range)
{
    if (range_has(range, graph->from))
        graph->from_reaches = true;
    while (range.count > 0 && range.first >= graph->first_defined) {
        struct segment *segment = graph_segment(graph, range.first);
        struct range part = range_meet(segment->nodes, range);

        if (part.count == segment->nodes.count)
            segment->all_reach = true;
        else if (segment->reach == NULL)
            segment->reach = memory_zeroed((size_t)segment->nodes.count, 1);
        if (!segment->all_reach)
            memset(segment->reach + (part.first - segment->nodes.first), 1,
                   (size_t)part.count);
        range.first += part.count;
        range.count -= part.count;
    }
}

static bool is_marked(const struct segment *segment, int64_t place)
{
    return segment->all_reach || (segment->reach != NULL && segment->reach[place] != 0);
}

static bool has_marks(const struct segment *segment)
{
    return segment->all_reach || segment->reach != NULL;
}

static void mark_single(struct graph *graph, const struct segment *segment)
{
    if (segment->all_reach) {
        mark(graph, segment_sums(segment, segment->nodes));
        return;
    }
    for (int64_t i = 0; i < segment->nodes.count; i++)
        if (is_marked(segment, i))
            mark(graph, (struct range){segment->layer->sums.first + i, 1});
}

static void mark_gapped(struct graph *graph, const struct segment *segment)
{
    const struct layer *layer = segment->layer;

    for (int64_t to = 0; to < layer->size; to++)
        for (int64_t from = 0; from < layer->fan_in && is_marked(segment, to); from++)
            if (network_weight(graph->network, layer, to, from) >= 0)
                mark(graph, (struct range){network_source(layer, from), 1});
}

/* From the last to the first, as an equation may use another of its segment. */
static void mark_equations(struct graph *graph, struct segment *segment)
{
    for (int64_t place = segment->nodes.count; place-- > 0;) {
        if (!is_marked(segment, place))
            continue;
        for (size_t i = segment->starts[place]; i < segment->starts[place + 1]; i++)
            mark(graph, (struct range){graph->edges[i].source, 1});
    }
}

static void mark_direct(struct graph *graph)
{
    for (size_t i = 0; i < graph->direct_count && !graph->from_reaches; i++)
        graph->from_reaches = graph_reaches(graph, graph->direct[i]);
}

void reach_mark(struct graph *graph)
{
    mark(graph, (struct range){graph->to, 1});
    for (size_t i = graph->segment_count; i-- > 0;) {
        struct segment *segment = &graph->segments[i];

        if (!has_marks(segment))
            continue;
        for (size_t k = 0; segment->joined && k < segment->source_count; k++)
            mark(graph, segment->sources[k]);
        if (segment->is_single)
            mark_single(graph, segment);
        else if (segment->starts != NULL)
            mark_equations(graph, segment);
        else if (!segment->joined)
            mark_gapped(graph, segment);
    }
    mark_direct(graph);
}

struct range_list {
    struct range *items;
    size_t count, capacity;
    size_t joinable; /* ranges before this one stay apart */
};

static void list_range(struct range_list *list, struct range range)
{
    struct range *last = list->items + list->count;

    if (range.count == 0)
        return;
    if (list->count > list->joinable && last[-1].first + last[-1].count == range.first) {
        last[-1].count += range.count;
        return;
    }
    if (list->count == list->capacity) {
        list->capacity = 2 * list->capacity + 4;
        list->items = memory_array(list->items, list->capacity, sizeof *list->items);
    }
    list->items[list->count++] = range;
}

static void list_on_way(const struct graph *graph, struct range range,
                        struct range_list *list)
{
    for (node_id node = range.first; node < range.first + range.count; node++)
        if (graph_on_way(graph, node))
            list_range(list, (struct range){node, 1});
}

static void list_direct(const struct graph *graph, struct range within,
                        struct range_list *list)
{
    node_id end = within.first + within.count;

    for (size_t i = graph_direct_before(graph, within.first);
         i < graph->direct_count && graph->direct[i] < end; i++)
        list_on_way(graph, (struct range){graph->direct[i], 1}, list);
}

/* The nodes on the way within a part of one segment. Where no path enters, these are the
   start and its own units. */
static void list_part(const struct graph *graph, const struct segment *segment,
                      struct range part, struct range_list *list)
{
    if (segment->is_single) {
        list_on_way(graph, part, list);
        return;
    }
    if (segment->counts == NULL && mpz_sgn(segment->base) > 0 && segment->all_reach) {
        list_range(list, part);
        return;
    }
    if (segment->counts == NULL && mpz_sgn(segment->base) == 0) {
        list_on_way(graph, range_meet(part, (struct range){graph->from, 1}), list);
        list_direct(graph, part, list);
        return;
    }
    list_on_way(graph, part, list);
}

static void list_sources(const struct graph *graph, struct range range,
                         struct range_list *list)
{
    if (range.first < graph->first_defined && range_has(range, graph->from))
        list_range(list, (struct range){graph->from, 1});
    while (range.count > 0 && range.first >= graph->first_defined) {
        const struct segment *segment = graph_segment(graph, range.first);
        struct range part = range_meet(segment->nodes, range);

        list_part(graph, segment, part, list);
        range.first += part.count;
        range.count -= part.count;
    }
}

/* One list for all nodes; only those that use the start as a parameter begin with it. */
static void list_units(const struct graph *graph, struct segment *segment)
{
    struct range_list list = {0};

    list_range(&list, (struct range){graph->from, 1});
    list.joinable = 1;
    for (size_t i = 0; i < segment->source_count; i++)
        list_sources(graph, segment->sources[i], &list);
    segment->ranges = list.items;
    segment->range_count = list.count;
}

/* The sum of each unit, also where it is not on the way. */
static void list_singles(struct segment *segment)
{
    size_t count = (size_t)segment->nodes.count;

    segment->ranges = memory_array(NULL, count, sizeof *segment->ranges);
    segment->range_count = count;
    for (size_t i = 0; i < count; i++)
        segment->ranges[i] = (struct range){segment->layer->sums.first + (node_id)i, 1};
}

static void list_equations(const struct graph *graph, struct segment *segment)
{
    size_t count = (size_t)segment->nodes.count;
    struct range_list list = {0};

    segment->range_starts = memory_array(NULL, count + 1, sizeof *segment->range_starts);
    for (size_t place = 0; place < count; place++) {
        segment->range_starts[place] = list.joinable = list.count;
        for (size_t i = segment->starts[place]; i < segment->starts[place + 1]; i++)
            if (graph_on_way(graph, graph->edges[i].source))
                list_range(&list, (struct range){graph->edges[i].source, 1});
    }
    segment->range_starts[count] = list.count;
    segment->ranges = list.items;
    segment->range_count = list.count;
}

void reach_list(struct graph *graph)
{
    for (size_t i = 0; i < graph->segment_count; i++) {
        struct segment *segment = &graph->segments[i];

        if (!has_marks(segment))
            continue;
        if (segment->is_single)
            list_singles(segment);
        else if (segment->starts != NULL)
            list_equations(graph, segment);
        else
            list_units(graph, segment);
    }
}
