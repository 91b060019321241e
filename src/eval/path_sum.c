#include "eval/path_sum.h"

#include "base/memory.h"
#include "eval/labels.h"
#include "eval/path_enclosed.h"
#include "path/path.h"

/* Adds the products of all paths. products[k] is that of the first k edges from the goal:
   what a path shares with the one before is not multiplied again. */
static void add_paths(mpz_ptr sum, struct graph *graph, const struct labels *labels,
                      mpz_t *products)
{
    struct path_iterator *iterator = path_iterator_new(graph);
    const struct path *path;
    size_t kept;
    while ((path = path_next(iterator, &kept)) != NULL) {
        size_t last = path->length - 1;
        for (size_t k = kept > 0 ? kept : 1; k < last; k++)
            mpz_mul(products[k], products[k - 1],
                    labels_find(labels, path->nodes[k], path->nodes[k - 1]));
        if (last == 0)
            mpz_add_ui(sum, sum, 1);
        else
            mpz_addmul(sum, products[last - 1],
                       labels_find(labels, path->nodes[last], path->nodes[last - 1]));
    }
    path_iterator_free(iterator);
}

static void sum_paths(mpq_ptr sum, struct graph *graph, const struct labels *labels)
{
    mpz_t *products = memory_array(NULL, labels->count, sizeof(mpz_t));
    for (size_t i = 0; i < labels->count; i++)
        mpz_init_set_ui(products[i], 1);
    add_paths(mpq_numref(sum), graph, labels, products);
    mpz_set(mpq_denref(sum), labels_denominator(labels));
    mpq_canonicalize(sum);
    for (size_t i = 0; i < labels->count; i++)
        mpz_clear(products[i]);
    memory_free(products);
}

bool path_sum(void *sum, struct graph *graph, struct values *values, struct diags *diags)
{
    struct labels labels;
    mpq_t exact;
    mpq_init(exact);
    bool ok = labels_init(&labels, graph, values, diags);
    if (ok && labels.is_exact && labels.count > 0)
        sum_paths(exact, graph, &labels);
    values->arith.set_rational(sum, exact);
    if (ok && !labels.is_exact)
        ok = path_sum_enclosed(sum, graph, values, diags);
    labels_clear(&labels);
    mpq_clear(exact);
    return ok;
}
