#include "figure/paths.h"

#include "path/path.h"

#include <string.h>

struct colouring {
    const struct columns *columns;
    struct figure_edge *edges;
    size_t count;
    const char *start; /* the name that stands on the edges of the graph's start */
    uint64_t all; /* the paths that are not the only one to their output, a bit each */
};

static bool bears_start(const struct colouring *colouring, const struct figure_edge *edge)
{
    return edge->name && strcmp(edge->name, colouring->start) == 0;
}

/* A weight that is no unit is the edge that bears its name. */
static bool is_of_step(const struct colouring *colouring, const struct figure_edge *edge,
                       size_t source, size_t target)
{
    return edge->to == target &&
           (source == SIZE_MAX ? bears_start(colouring, edge) : edge->from == source);
}

static void add_step(struct colouring *colouring, node_id from, node_id to,
                     unsigned number)
{
    size_t source = columns_find(colouring->columns, from);
    size_t target = columns_find(colouring->columns, to);
    for (size_t i = 0; i < colouring->count; i++) {
        if (is_of_step(colouring, &colouring->edges[i], source, target))
            colouring->edges[i].paths |= (uint64_t)1 << number;
    }
}

/* False if an output has too many paths. */
static bool collect(struct colouring *colouring, struct graph *graph)
{
    struct path_iterator *iterator = path_iterator_new(graph);
    const struct path *path;
    node_id output = -1;
    unsigned place = 0, number = 0;
    while ((path = path_next(iterator, NULL)) && number < FORMULA_PATHS) {
        bool is_next = output >= 0 && path->nodes[1] != output;
        number = is_next || output < 0 ? 0 : number + 1;
        place += is_next;
        output = path->nodes[1];
        if (mpz_cmp_ui(graph_count(graph, output), 1) == 0)
            continue;
        if (place >= FORMULA_OUTPUTS)
            number = FORMULA_PATHS;
        if (number == FORMULA_PATHS)
            break;
        colouring->all |= (uint64_t)1 << (place * FORMULA_PATHS + number);
        for (size_t i = 0; i + 1 < path->length; i++)
            add_step(colouring, path->nodes[i + 1], path->nodes[i],
                     place * FORMULA_PATHS + number);
    }
    path_iterator_free(iterator);
    return number < FORMULA_PATHS;
}

static unsigned lowest(uint64_t bits)
{
    unsigned number = 0;
    while (!(bits >> number & 1))
        number++;
    return number;
}

/* The colours of the paths in a set, a bit each. */
static uint64_t colours_of(uint64_t paths)
{
    const uint64_t one = ((uint64_t)1 << FORMULA_PATHS) - 1;
    uint64_t colours = 0;
    for (; paths; paths >>= FORMULA_PATHS)
        colours |= paths & one;
    return colours;
}

static bool is_one(uint64_t bits)
{
    return bits != 0 && (bits & (bits - 1)) == 0;
}

static void drop(struct figure_edge *edges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        edges[i].paths = 0;
}

void paths_colour(struct graph *graph, const char *start, const struct columns *columns,
                  struct figure_edge *edges, size_t count)
{
    if (mpz_cmp_ui(graph_total(graph), FORMULA_PATHS * FORMULA_OUTPUTS) > 0)
        return;
    struct colouring colouring = {
        .columns = columns, .edges = edges, .count = count, .start = start};
    if (!collect(&colouring, graph)) {
        drop(edges, count);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        uint64_t colours = colours_of(edges[i].paths);
        if (edges[i].paths == colouring.all && bears_start(&colouring, &edges[i]))
            edges[i].paths = 0; /* the weight itself is no path's */
        if (is_one(colours) && colours != colours_of(colouring.all))
            edges[i].mark = FIGURE_PATH + lowest(colours);
    }
}
