#include "base/memory.h"
#include "exercise/maker.h"
#include "path/path.h"

enum { MOST_LISTED = 8 };

static void add_path(struct exercise *exercise, const struct path *path)
{
    struct exercise_path *added;
    exercise->paths =
        memory_array(exercise->paths, exercise->listed + 1, sizeof *exercise->paths);
    added = &exercise->paths[exercise->listed++];
    added->length = path->length;
    added->nodes = memory_array(NULL, path->length, sizeof *added->nodes);
    for (size_t i = 0; i < path->length; i++)
        added->nodes[i] = path->nodes[path->length - 1 - i];
}

static void list_paths(struct exercise *exercise, struct graph *graph)
{
    struct path_iterator *iterator = path_iterator_new(graph);
    for (const struct path *path; (path = path_next(iterator, NULL)) != NULL;)
        add_path(exercise, path);
    path_iterator_free(iterator);
}

static int64_t count_on_way(const struct graph *graph, struct range range)
{
    int64_t count = 0;
    for (int64_t i = 0; i < range.count; i++)
        count += graph_on_way(graph, range.first + i);
    return count;
}

static void add_level(struct exercise *exercise, int64_t count, mpz_ptr product)
{
    if (count < 2)
        return;
    exercise->levels = memory_array(exercise->levels, exercise->level_count + 1,
                                    sizeof *exercise->levels);
    exercise->levels[exercise->level_count++] = count;
    mpz_mul_si(product, product, (long)count);
}

/* From layer to layer every unit is joined to every one: false where that is not so. */
static bool count_levels(struct exercise *exercise, const struct network *network,
                         struct graph *graph)
{
    mpz_t product;
    mpz_init_set_ui(product, 1);
    for (size_t i = 0; i < network_layer_count(network); i++) {
        const struct layer *layer = network_layer(network, i);
        if (layer->activation == ACTIVATION_SOFTMAX)
            add_level(exercise, count_on_way(graph, layer->sums), product);
        add_level(exercise, count_on_way(graph, layer->units), product);
    }
    bool is_product = mpz_cmp(product, graph_total(graph)) == 0;
    mpz_clear(product);
    return is_product;
}

bool make_paths(struct maker *maker, node_id node, struct exercise *exercise)
{
    struct graph *graph = graph_new(maker->network, node, maker->error);
    bool ok = mpz_sgn(graph_total(graph)) > 0;
    mpz_set(exercise->path_count, graph_total(graph));
    if (mpz_cmp_ui(exercise->path_count, MOST_LISTED) <= 0)
        list_paths(exercise, graph);
    else
        ok = count_levels(exercise, maker->network, graph);
    graph_free(graph);
    return ok;
}
