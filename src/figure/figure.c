#include "figure/figure.h"

#include "base/memory.h"
#include "figure/bends.h"
#include "figure/columns.h"
#include "figure/labels.h"
#include "figure/paths.h"

#include <string.h>

enum { ALL_NAMES = 12, LIT_NAMES = 16 }; /* edges that can carry their names */

struct drawing {
    struct arena *arena;
    struct network *network;
    struct graph *graph;
    const struct figure_values *values;
    struct columns columns;
    struct figure_edge *edges;
    size_t count, capacity;
};

static const char *name_of(struct drawing *drawing, node_id node)
{
    struct buf name;
    buf_init(&name);
    network_name(drawing->network, node, &name);
    const char *text = arena_strndup(drawing->arena, name.data, name.length);
    buf_clear(&name);
    return text;
}

/* NULL for an ellipsis, for an edge without a parameter, and where no values are shown.
 */
static struct formula *value_of(const struct drawing *drawing, node_id node)
{
    const struct figure_values *values = drawing->values;
    return values && node >= 0 ? values->value(values->context, node) : NULL;
}

static bool is_lit(const struct drawing *drawing, node_id node)
{
    return !drawing->graph || graph_on_way(drawing->graph, node);
}

/* An edge between two shown nodes, to the sum `end`; `label` is the parameter on it, -1
 * for none. */
static void add_edge_to(struct drawing *drawing, size_t from, size_t to, node_id end,
                        node_id label)
{
    if (drawing->count == drawing->capacity) {
        drawing->capacity = drawing->capacity ? 2 * drawing->capacity : 64;
        drawing->edges =
            memory_array(drawing->edges, drawing->capacity, sizeof *drawing->edges);
    }
    const struct shown *source = &drawing->columns.items[from];
    bool chosen = drawing->graph && label >= 0 && label == graph_from(drawing->graph);
    bool lit = chosen || (is_lit(drawing, source->node) && is_lit(drawing, end));
    drawing->edges[drawing->count++] = (struct figure_edge){
        .from = from,
        .to = to,
        .name = label >= 0 ? name_of(drawing, label) : NULL,
        .value = value_of(drawing, label),
        .mark = lit ? FIGURE_LIT : FIGURE_IDLE,
        .label_at = .5,
    };
}

static void add_edge(struct drawing *drawing, size_t from, size_t to, node_id label)
{
    add_edge_to(drawing, from, to, drawing->columns.items[to].node, label);
}

/* Where a node stands among the sources of a layer, -1 if it is none of them. */
static int64_t place_among(const struct layer *layer, node_id node)
{
    int64_t before = 0;
    for (size_t i = 0; i < layer->source_count; i++) {
        const struct range *range = &layer->sources[i];
        if (node >= range->first && node < range->first + range->count)
            return before + node - range->first;
        before += range->count;
    }
    return -1;
}

static void add_layer_edges(struct drawing *drawing, size_t to)
{
    int64_t place;
    const struct layer *layer =
        network_layer_of(drawing->network, drawing->columns.items[to].node, &place);
    for (size_t from = 0; from < drawing->columns.count; from++) {
        node_id node = drawing->columns.items[from].node;
        int64_t source = node >= 0 ? place_among(layer, node) : -1;
        node_id weight =
            source >= 0 ? network_weight(drawing->network, layer, place, source) : -1;
        if (weight >= 0)
            add_edge_to(drawing, from, to, layer->sums.first + place, weight);
    }
}

/* The parameter that an edge between equations carries, -1 if its label is another one.
 */
static node_id parameter_on(struct drawing *drawing, node_id from, node_id to,
                            bool *is_edge)
{
    struct pool *pool = network_pool(drawing->network);
    expr_id label = drawing->graph ? graph_label(drawing->graph, from, to) : 0;
    *is_edge = !label || !expr_is_integer(pool, label, 0);
    if (!label || expr_kind(pool, label) != EXPR_SYMBOL)
        return -1;
    node_id node = network_node(drawing->network, label);
    if (node < 0)
        return -1;
    enum node_kind kind = network_kind(drawing->network, node);
    return kind == NODE_PARAMETER || kind == NODE_WEIGHT ? node : -1;
}

static void add_equation_edges(struct drawing *drawing, size_t to)
{
    node_id node = drawing->columns.items[to].node;
    size_t count;
    node_id *arguments = network_arguments(drawing->network, node, &count);
    for (size_t i = 0; i < count; i++) {
        size_t from = columns_find(&drawing->columns, arguments[i]);
        if (from == SIZE_MAX || from == to)
            continue;
        bool is_edge;
        node_id label = parameter_on(drawing, arguments[i], node, &is_edge);
        if (is_edge)
            add_edge(drawing, from, to, label);
    }
    memory_free(arguments);
}

static void add_edges(struct drawing *drawing)
{
    for (size_t to = 0; to < drawing->columns.count; to++) {
        node_id node = drawing->columns.items[to].node;
        if (node < 0 || !network_is_defined(drawing->network, node))
            continue;
        if (network_kind(drawing->network, node) == NODE_UNIT)
            add_layer_edges(drawing, to);
        else
            add_equation_edges(drawing, to);
    }
}

/* Whether an edge to this node carries the graph's start as its label. */
static bool carries_start(const struct drawing *drawing, size_t to, const char *start)
{
    for (size_t i = 0; i < drawing->count; i++) {
        const struct figure_edge *edge = &drawing->edges[i];
        if (edge->to == to && edge->name && strcmp(edge->name, start) == 0)
            return true;
    }
    return false;
}

/* A chosen bias, or a parameter where it is no edge's label, becomes a node of its own.
 */
static void add_start(struct drawing *drawing)
{
    if (!drawing->graph)
        return;
    node_id start = graph_from(drawing->graph), *users = NULL;
    if (columns_find(&drawing->columns, start) != SIZE_MAX)
        return;
    size_t count = 0, from = SIZE_MAX;
    graph_list_successors(drawing->graph, start, &users, &count);
    for (size_t i = 0; i < count; i++) {
        size_t to = columns_find(&drawing->columns, users[i]);
        if (to == SIZE_MAX || carries_start(drawing, to, name_of(drawing, start)))
            continue;
        int column = drawing->columns.items[to].column;
        if (from == SIZE_MAX)
            from = columns_add(&drawing->columns, start, column > 0 ? column - 1 : 0);
        add_edge(drawing, from, to, -1);
    }
    memory_free(users);
}

/* Names stay where there is room: on all edges, on those that are lit, or on the chosen
   ones. */
static void thin_names(struct drawing *drawing)
{
    size_t lit = 0;
    const char *chosen =
        drawing->graph ? name_of(drawing, graph_from(drawing->graph)) : "";
    for (size_t i = 0; i < drawing->count; i++)
        lit += drawing->edges[i].mark != FIGURE_IDLE;
    for (size_t i = 0; i < drawing->count; i++) {
        struct figure_edge *edge = &drawing->edges[i];
        bool stays = drawing->count <= ALL_NAMES ||
                     (edge->mark != FIGURE_IDLE && lit <= LIT_NAMES) ||
                     (edge->name && strcmp(edge->name, chosen) == 0);
        if (!stays)
            labels_remove(edge);
    }
}

static unsigned node_mark(const struct drawing *drawing, size_t index)
{
    node_id node = drawing->columns.items[index].node;
    if (!drawing->graph || (node >= 0 && is_lit(drawing, node)))
        return FIGURE_LIT;
    for (size_t i = 0; i < drawing->count; i++) { /* where the chosen weight begins */
        const struct figure_edge *edge = &drawing->edges[i];
        if (edge->from == index && edge->mark != FIGURE_IDLE)
            return FIGURE_LIT;
    }
    return FIGURE_IDLE;
}

/* What a unit's layer adds to it; -1 if that is nothing, or a node of its own. */
static node_id bias_of(const struct drawing *drawing, node_id node)
{
    int64_t place;
    if (node < 0 || network_kind(drawing->network, node) != NODE_UNIT)
        return -1;
    const struct layer *layer = network_layer_of(drawing->network, node, &place);
    node_id bias = network_bias(drawing->network, layer, place);
    bool is_node = bias >= 0 && columns_find(&drawing->columns, bias) != SIZE_MAX;
    return is_node ? -1 : bias;
}

/* Biases are named where there are few. */
static void add_biases(struct drawing *drawing, struct figure *figure)
{
    size_t count = 0;
    for (size_t i = 0; i < figure->node_count; i++)
        count += bias_of(drawing, drawing->columns.items[i].node) >= 0;
    for (size_t i = 0; i < figure->node_count && count <= ALL_NAMES; i++) {
        node_id bias = bias_of(drawing, drawing->columns.items[i].node);
        if (bias < 0)
            continue;
        figure->nodes[i].bias = name_of(drawing, bias);
        figure->nodes[i].bias_value = value_of(drawing, bias);
    }
}

static struct figure *finish(struct drawing *drawing)
{
    struct figure *figure = arena_alloc(drawing->arena, sizeof *figure);
    figure->node_count = drawing->columns.count;
    figure->nodes =
        arena_array(drawing->arena, figure->node_count, sizeof *figure->nodes);
    for (size_t i = 0; i < figure->node_count; i++) {
        const struct shown *shown = &drawing->columns.items[i];
        figure->nodes[i] = (struct figure_node){
            .name = shown->node >= 0 ? name_of(drawing, shown->node) : NULL,
            .across = shown->across,
            .x = shown->column,
            .y = shown->row,
            .mark = node_mark(drawing, i),
            .value = value_of(drawing, shown->node),
        };
    }
    add_biases(drawing, figure);
    figure->edge_count = drawing->count;
    figure->edges = arena_array(drawing->arena, drawing->count, sizeof *figure->edges);
    if (drawing->count > 0)
        memcpy(figure->edges, drawing->edges, drawing->count * sizeof *figure->edges);
    bends_place(figure);
    labels_place(figure);
    return figure;
}

/* The ends of the chosen weight's (first) edge, or the chosen node itself. */
static size_t find_wanted(struct network *network, struct graph *graph, node_id wanted[2])
{
    if (!graph)
        return 0;
    node_id start = graph_from(graph);
    enum node_kind kind = network_kind(network, start);
    wanted[0] = start;
    if (kind != NODE_WEIGHT && kind != NODE_BIAS)
        return 1;
    int64_t place;
    const struct layer *layer = network_layer_of(network, start, &place);
    wanted[0] = layer->units.first + place;
    if (kind == NODE_BIAS)
        return 1;
    for (int64_t from = 0; from < layer->fan_in; from++) {
        if (network_weight(network, layer, place, from) == start) {
            wanted[1] = network_source(layer, from);
            return 2;
        }
    }
    return 1;
}

struct figure *figure_new(struct arena *arena, struct network *network,
                          struct graph *graph, const struct figure_values *values)
{
    struct drawing drawing = {
        .arena = arena, .network = network, .graph = graph, .values = values};
    struct figure *figure = NULL;
    node_id wanted[2];
    size_t wanted_count = find_wanted(network, graph, wanted);
    if (columns_init(&drawing.columns, network, wanted, wanted_count)) {
        add_edges(&drawing);
        add_start(&drawing);
        thin_names(&drawing);
        if (graph)
            paths_colour(graph, name_of(&drawing, graph_from(graph)), &drawing.columns,
                         drawing.edges, drawing.count);
        figure = finish(&drawing);
    }
    columns_clear(&drawing.columns);
    memory_free(drawing.edges);
    return figure;
}
