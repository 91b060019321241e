#include "eval/path_enclosed.h"

#include "base/memory.h"
#include "path/path.h"

const void *path_label(struct graph *graph, node_id source, node_id target,
                       struct values *values, struct diags *diags)
{
    node_id factor = graph_label_node(graph, source, target);
    if (factor >= 0)
        return values_number(values, factor);
    return values_evaluate(values, graph_label(graph, source, target), target, diags);
}

struct adder {
    void *sum;
    struct graph *graph;
    struct values *values;
    void *products; /* products[k] is that of the first k edges from the goal */
    size_t capacity;
};

static void *product_at(const struct adder *adder, size_t k)
{
    return arith_at(&adder->values->arith, adder->products, k);
}

/* Makes place for paths of so many nodes; products[0] is 1. */
static void reserve(struct adder *adder, size_t length)
{
    const struct arith *arith = &adder->values->arith;
    if (length < adder->capacity)
        return;
    size_t count = 2 * length + 16;
    adder->products = memory_array(adder->products, count, arith->size);
    for (size_t i = adder->capacity; i < count; i++)
        arith->init(product_at(adder, i), arith->bits);
    adder->capacity = count;
    arith_set_integer(arith, product_at(adder, 0), 1);
}

/* What a path shares with the one before is not multiplied again. */
static bool add_path(struct adder *adder, const struct path *path, size_t kept,
                     struct diags *diags)
{
    const struct arith *arith = &adder->values->arith;
    reserve(adder, path->length);
    for (size_t k = kept > 0 ? kept : 1; k < path->length; k++) {
        const void *label = path_label(adder->graph, path->nodes[k], path->nodes[k - 1],
                                       adder->values, diags);
        if (label == NULL)
            return false;
        arith->multiply(product_at(adder, k), product_at(adder, k - 1), label);
    }
    arith->add(adder->sum, adder->sum, product_at(adder, path->length - 1));
    return true;
}

bool path_sum_enclosed(void *sum, struct graph *graph, struct values *values,
                       struct diags *diags)
{
    struct adder adder = {.sum = sum, .graph = graph, .values = values};
    struct path_iterator *iterator = path_iterator_new(graph);
    const struct path *path;
    size_t kept;
    bool ok = true;
    arith_set_integer(&values->arith, sum, 0);
    while (ok && (path = path_next(iterator, &kept)) != NULL)
        ok = add_path(&adder, path, kept, diags);
    path_iterator_free(iterator);
    arith_free_array(&values->arith, adder.products, adder.capacity);
    return ok;
}
