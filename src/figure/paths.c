#include "figure/paths.h"

#include "base/memory.h"
#include "path/path.h"

enum { MAX_PATHS = 6, MAX_OUTPUTS = 12 };

struct colouring {
    const struct columns *columns;
    struct figure_edge *edges;
    size_t count;
    uint32_t *numbers; /* by edge: the paths through it, a bit each; none of a path that
                          is the only one to its output */
    uint32_t all;
};

static void add_step(struct colouring *colouring, node_id from, node_id to,
                     unsigned number)
{
    size_t source = columns_find(colouring->columns, from);
    size_t target = columns_find(colouring->columns, to);
    for (size_t i = 0; i < colouring->count; i++) {
        if (colouring->edges[i].from == source && colouring->edges[i].to == target)
            colouring->numbers[i] |= (uint32_t)1 << number;
    }
}

/* False if an output has too many paths. */
static bool collect(struct colouring *colouring, struct graph *graph)
{
    struct path_iterator *iterator = path_iterator_new(graph);
    const struct path *path;
    node_id output = -1;
    unsigned number = 0;
    while ((path = path_next(iterator, NULL)) && number < MAX_PATHS) {
        number = path->nodes[1] == output ? number + 1 : 0;
        output = path->nodes[1];
        if (number == MAX_PATHS)
            break;
        if (mpz_cmp_ui(graph_count(graph, output), 1) == 0)
            continue;
        colouring->all |= (uint32_t)1 << number;
        for (size_t i = 0; i + 1 < path->length; i++)
            add_step(colouring, path->nodes[i + 1], path->nodes[i], number);
    }
    path_iterator_free(iterator);
    return number < MAX_PATHS;
}

static unsigned lowest(uint32_t bits)
{
    unsigned number = 0;
    while (!(bits >> number & 1))
        number++;
    return number;
}

void paths_colour(struct graph *graph, const struct columns *columns,
                  struct figure_edge *edges, size_t count)
{
    if (mpz_cmp_ui(graph_total(graph), MAX_PATHS * MAX_OUTPUTS) > 0)
        return;
    struct colouring colouring = {.columns = columns, .edges = edges, .count = count};
    colouring.numbers = memory_zeroed(count, sizeof *colouring.numbers);
    if (collect(&colouring, graph)) {
        for (size_t i = 0; i < count; i++) {
            uint32_t numbers = colouring.numbers[i];
            if (numbers && numbers != colouring.all)
                edges[i].mark = FIGURE_PATH + lowest(numbers);
        }
    }
    memory_free(colouring.numbers);
}
