#include "derive/form.h"

#include "base/memory.h"
#include "derive/reduce.h"
#include "derive/term.h"
#include "expr/diff.h"
#include "path/path.h"

#include <string.h>

expr_id form_signal(const struct derivation *derivation, node_id node)
{
    for (size_t i = 0; i < derivation->signal_count; i++)
        if (derivation->signals[i].node == node)
            return derivation->signals[i].symbol;
    return 0;
}

static expr_id symbol_of(struct derivation *derivation, node_id node)
{
    return network_symbol(derivation->network, node);
}

static expr_id edge_factor(struct derivation *derivation, node_id source, node_id target,
                           bool fractions)
{
    if (fractions)
        return expr_local(network_pool(derivation->network),
                          symbol_of(derivation, target), symbol_of(derivation, source));
    return graph_label(derivation->graph, source, target);
}

/* The factors of a path, the label at its end first. */
static void path_factors(struct derivation *derivation, const struct path *path,
                         bool fractions, struct expr_list *factors)
{
    for (size_t i = 1; i < path->length; i++)
        expr_list_push(factors, edge_factor(derivation, path->nodes[i],
                                            path->nodes[i - 1], fractions));
}

static expr_id path_product(struct derivation *derivation, const struct path *path,
                            bool fractions)
{
    struct pool *pool = network_pool(derivation->network);
    struct expr_list factors;
    expr_list_init(&factors);
    path_factors(derivation, path, fractions, &factors);
    expr_id product = expr_product(pool, factors.items, factors.count);
    expr_list_clear(&factors);
    return fractions ? product : fold(pool, product);
}

expr_id form_path(struct derivation *derivation, mpz_srcptr rank, bool fractions)
{
    struct path_iterator *iterator = path_iterator_new(derivation->graph);
    expr_id product = 0;
    if (path_iterator_seek(iterator, rank))
        product = path_product(derivation, path_next(iterator, NULL), fractions);
    path_iterator_free(iterator);
    return product;
}

expr_id form_chain(struct derivation *derivation, node_id from, node_id to)
{
    struct pool *pool = network_pool(derivation->network);
    struct graph *graph = graph_new(derivation->network, from, to);
    struct path_iterator *iterator = path_iterator_new(graph);
    struct expr_list terms;
    expr_list_init(&terms);
    for (const struct path *path; (path = path_next(iterator, NULL));)
        expr_list_push(&terms, path_product(derivation, path, true));
    expr_id sum = expr_sum(pool, terms.items, terms.count);
    expr_list_clear(&terms);
    path_iterator_free(iterator);
    graph_free(graph);
    return sum;
}

/* A product for each path; groups[i] is what product i is grouped by: its output, or the
   node with the error signal. */
struct terms {
    struct expr_list products;
    node_id *groups;
    struct term *items;
};

static void push_product(struct pool *pool, struct terms *terms,
                         const struct expr_list *factors, node_id group)
{
    size_t i = terms->products.count;
    terms->groups = memory_array(terms->groups, i + 1, sizeof(node_id));
    terms->groups[i] = group;
    expr_list_push(&terms->products, expr_product(pool, factors->items, factors->count));
}

/* Adds the paths of a graph; `signal`, if it is not 0, stands for all that follows its
 * end. */
static void add_paths(struct derivation *derivation, struct graph *graph, expr_id signal,
                      struct terms *terms)
{
    struct path_iterator *iterator = path_iterator_new(graph);
    struct expr_list factors;
    expr_list_init(&factors);
    for (const struct path *path; (path = path_next(iterator, NULL));) {
        factors.count = 0;
        if (signal)
            expr_list_push(&factors, signal);
        path_factors(derivation, path, false, &factors);
        push_product(network_pool(derivation->network), terms, &factors,
                     path->nodes[signal ? 0 : 1]);
    }
    expr_list_clear(&factors);
    path_iterator_free(iterator);
}

static expr_id direct_label(struct derivation *derivation)
{
    return graph_label(derivation->graph, derivation->from, derivation->to);
}

static void add_direct(struct derivation *derivation, struct terms *terms)
{
    struct expr_list label;
    expr_list_init(&label);
    expr_list_push(&label, direct_label(derivation));
    push_product(network_pool(derivation->network), terms, &label, derivation->from);
    expr_list_clear(&label);
}

static void products_of_paths(struct derivation *derivation, bool signals,
                              struct terms *terms)
{
    *terms = (struct terms){.groups = NULL};
    expr_list_init(&terms->products);
    if (!signals) {
        add_paths(derivation, derivation->graph, 0, terms);
        return;
    }
    for (size_t i = 0; i < derivation->signal_count; i++) {
        const struct signal *signal = &derivation->signals[i];
        struct graph *graph =
            graph_new(derivation->network, derivation->from, signal->node);
        add_paths(derivation, graph, signal->symbol, terms);
        graph_free(graph);
    }
    if (derivation->is_direct)
        add_direct(derivation, terms);
}

/* A product that has become a sum: its common factors, times what is left multiplied out.
 */
static expr_id collected(struct pool *pool, expr_id e)
{
    if (expr_kind(pool, e) != EXPR_SUM)
        return e;
    e = form_common_factor(pool, e);
    size_t last = expr_count(pool, e) - 1;
    if (expr_kind(pool, e) != EXPR_PRODUCT ||
        expr_kind(pool, expr_part(pool, e, last)) != EXPR_SUM)
        return e;
    expr_id sum = expr_part(pool, e, last), multiplied = reduce_multiplied(pool, sum);
    struct expr_list factors;
    expr_list_init(&factors);
    for (size_t i = 0; i < last; i++)
        expr_list_push(&factors, expr_part(pool, e, i));
    expr_list_push(&factors, multiplied ? multiplied : sum);
    e = expr_product(pool, factors.items, factors.count);
    expr_list_clear(&factors);
    return e;
}

/* Takes the products apart; what is divided by and stands there as a factor, too,
 * cancels. */
static void terms_of_products(struct pool *pool, struct terms *terms)
{
    terms->items = memory_array(NULL, terms->products.count + 1, sizeof(struct term));
    for (size_t i = 0; i < terms->products.count; i++) {
        expr_id product = terms->products.items[i],
                less = reduce_fractions(pool, product);
        term_init(&terms->items[i]);
        term_multiply(&terms->items[i], pool, less ? collected(pool, less) : product);
    }
}

static void terms_clear(struct terms *terms)
{
    for (size_t i = 0; terms->items && i < terms->products.count; i++)
        term_clear(&terms->items[i]);
    memory_free(terms->items);
    memory_free(terms->groups);
    expr_list_clear(&terms->products);
}

/* common * (sum of the terms / common); the terms are divided. */
static expr_id grouped(struct pool *pool, struct term *terms, size_t count,
                       struct term *common)
{
    struct expr_list rest;
    expr_list_init(&rest);
    for (size_t i = 0; i < count; i++) {
        term_divide(&terms[i], common);
        expr_list_push(&rest, term_expression(&terms[i], pool));
    }
    expr_id sum = expr_sum(pool, rest.items, rest.count);
    expr_list_clear(&rest);
    term_multiply(common, pool, sum);
    return term_expression(common, pool);
}

static expr_id group_expression(struct pool *pool, struct term *terms, size_t count)
{
    if (count == 1)
        return term_expression(&terms[0], pool);
    struct term common;
    term_init(&common);
    term_common(&common, terms, count);
    expr_id e = grouped(pool, terms, count, &common);
    term_clear(&common);
    return e;
}

/* Groups are in order of rank, so the paths of one stand together. A direct edge, which
   leads through no output, comes last. */
static expr_id sum_of_groups(struct pool *pool, struct terms *terms, node_id from)
{
    struct expr_list groups;
    expr_id direct = 0;
    expr_list_init(&groups);
    for (size_t first = 0, end; first < terms->products.count; first = end) {
        for (end = first + 1; end < terms->products.count; end++)
            if (terms->groups[end] != terms->groups[first])
                break;
        expr_id group = group_expression(pool, terms->items + first, end - first);
        if (terms->groups[first] == from)
            direct = group;
        else
            expr_list_push(&groups, group);
    }
    if (direct)
        expr_list_push(&groups, direct);
    expr_id sum = expr_sum(pool, groups.items, groups.count);
    expr_list_clear(&groups);
    return sum;
}

expr_id form_sum(struct derivation *derivation, bool signals)
{
    struct pool *pool = network_pool(derivation->network);
    struct terms terms;
    products_of_paths(derivation, signals, &terms);
    for (size_t i = 0; i < terms.products.count; i++)
        terms.products.items[i] = fold(pool, terms.products.items[i]);
    expr_id sum = expr_sum(pool, terms.products.items, terms.products.count);
    terms_clear(&terms);
    return sum;
}

static expr_id factored(struct pool *pool, struct terms *terms, node_id from)
{
    if (terms->products.count <= 1)
        return sum_of_groups(pool, terms, from);
    struct term common;
    term_init(&common);
    term_common(&common, terms->items, terms->products.count);
    term_last_first(&common, pool);
    for (size_t i = 0; i < terms->products.count; i++)
        term_divide(&terms->items[i], &common);
    term_multiply(&common, pool, sum_of_groups(pool, terms, from));
    expr_id e = term_expression(&common, pool);
    term_clear(&common);
    return e;
}

expr_id form_factored(struct derivation *derivation, bool signals)
{
    struct terms terms;
    products_of_paths(derivation, signals, &terms);
    terms_of_products(network_pool(derivation->network), &terms);
    expr_id e = factored(network_pool(derivation->network), &terms, derivation->from);
    terms_clear(&terms);
    return e;
}

expr_id form_common_factor(struct pool *pool, expr_id sum)
{
    if (expr_kind(pool, sum) != EXPR_SUM)
        return sum;
    size_t count = expr_count(pool, sum);
    struct term *terms = memory_array(NULL, count, sizeof *terms), common;
    for (size_t i = 0; i < count; i++) {
        term_init(&terms[i]);
        term_multiply(&terms[i], pool, expr_part(pool, sum, i));
    }
    term_init(&common);
    term_common(&common, terms, count);
    term_last_first(&common, pool);
    bool is_one = !common.count && mpq_cmp_ui(common.number, 1, 1) == 0;
    expr_id e = is_one ? sum : grouped(pool, terms, count, &common);
    term_clear(&common);
    for (size_t i = 0; i < count; i++)
        term_clear(&terms[i]);
    memory_free(terms);
    return e;
}

/* Nodes on the way and the shared part of each; nodes ascend. */
struct shared {
    node_id *nodes;
    size_t count;
    expr_id *parts;
};

static expr_id shared_part(const struct shared *shared, node_id node)
{
    size_t low = 0, high = shared->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (shared->nodes[middle] < node)
            low = middle + 1;
        else
            high = middle;
    }
    return shared->parts[low];
}

static expr_id shared_term(struct derivation *derivation, const struct shared *shared,
                           node_id source, expr_id factor)
{
    struct pool *pool = network_pool(derivation->network);
    if (source == derivation->from)
        return factor;
    expr_id part = shared_part(shared, source);
    if (expr_is_integer(pool, factor, 1))
        return part;
    return expr_is_integer(pool, part, 1) ? factor : expr_multiply(pool, factor, part);
}

static expr_id shared_sum(struct derivation *derivation, const struct shared *shared,
                          node_id node, bool fractions)
{
    struct expr_list terms;
    node_id *sources = NULL;
    size_t count = 0;
    expr_list_init(&terms);
    graph_list_predecessors(derivation->graph, node, &sources, &count);
    for (size_t i = 0; i < count; i++)
        expr_list_push(&terms,
                       shared_term(derivation, shared, sources[i],
                                   edge_factor(derivation, sources[i], node, fractions)));
    expr_id sum = expr_sum(network_pool(derivation->network), terms.items, terms.count);
    expr_list_clear(&terms);
    memory_free(sources);
    return sum;
}

static void shared_make(struct derivation *derivation, struct shared *shared,
                        bool fractions)
{
    *shared = (struct shared){0};
    graph_list_nodes(derivation->graph, &shared->nodes, &shared->count);
    shared->parts = memory_array(NULL, shared->count, sizeof(expr_id));
    for (size_t i = 0; i < shared->count; i++)
        shared->parts[i] =
            shared->nodes[i] == derivation->from
                ? expr_integer(network_pool(derivation->network), 1)
                : shared_sum(derivation, shared, shared->nodes[i], fractions);
}

static void shared_clear(struct shared *shared)
{
    memory_free(shared->parts);
    memory_free(shared->nodes);
}

expr_id form_shared(struct derivation *derivation, bool fractions, expr_id *parts)
{
    struct shared shared;
    shared_make(derivation, &shared, fractions);
    expr_id last = shared.parts[shared.count - 1];
    if (parts)
        memcpy(parts, shared.parts, shared.count * sizeof(expr_id));
    shared_clear(&shared);
    return last;
}

expr_id form_shared_signals(struct derivation *derivation)
{
    struct shared shared;
    struct expr_list terms;
    expr_list_init(&terms);
    shared_make(derivation, &shared, false);
    for (size_t i = 0; i < derivation->signal_count; i++)
        expr_list_push(&terms,
                       shared_term(derivation, &shared, derivation->signals[i].node,
                                   derivation->signals[i].symbol));
    if (derivation->is_direct)
        expr_list_push(&terms, direct_label(derivation));
    expr_id sum = expr_sum(network_pool(derivation->network), terms.items, terms.count);
    expr_list_clear(&terms);
    shared_clear(&shared);
    return sum;
}
