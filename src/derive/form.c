#include "derive/form.h"

#include "base/memory.h"
#include "derive/term.h"
#include "expr/diff.h"
#include "path/path.h"

#include <string.h>

expr_id form_output_label(struct derivation *derivation, node_id output, bool signals)
{
    if (signals)
        for (size_t i = 0; i < derivation->signal_count; i++)
            if (derivation->signals[i].node == output)
                return derivation->signals[i].symbol;
    return graph_label(derivation->graph, output, derivation->to);
}

static expr_id symbol_of(struct derivation *derivation, node_id node)
{
    return network_symbol(derivation->network, node);
}

static expr_id edge_factor(struct derivation *derivation, node_id source, node_id target,
                           bool fractions)
{
    if (fractions)
        return expr_local(network_pool(derivation->network), symbol_of(derivation, target),
                          symbol_of(derivation, source));
    return graph_label(derivation->graph, source, target);
}

/* The factors of a path, the label at the goal first. */
static void path_factors(struct derivation *derivation, const struct path *path, bool fractions,
                         bool signals, struct expr_list *factors)
{
    for (size_t i = 1; i < path->length; i++) {
        node_id source = path->nodes[i], target = path->nodes[i - 1];
        bool is_signal = signals && i == 1;
        expr_list_push(factors, is_signal ? form_output_label(derivation, source, true)
                                          : edge_factor(derivation, source, target, fractions));
    }
}

static expr_id path_product(struct derivation *derivation, const struct path *path, bool fractions,
                            bool signals)
{
    struct pool *pool = network_pool(derivation->network);
    struct expr_list factors;
    expr_list_init(&factors);
    path_factors(derivation, path, fractions, signals, &factors);
    expr_id product = expr_product(pool, factors.items, factors.count);
    expr_list_clear(&factors);
    return fractions ? product : fold(pool, product);
}

expr_id form_path(struct derivation *derivation, mpz_srcptr rank, bool fractions, bool signals)
{
    struct path_iterator *iterator = path_iterator_new(derivation->graph);
    expr_id product = 0;
    if (path_iterator_seek(iterator, rank))
        product = path_product(derivation, path_next(iterator, NULL), fractions, signals);
    path_iterator_free(iterator);
    return product;
}

static expr_id sum_over_paths(struct derivation *derivation, struct graph *graph, bool fractions,
                              bool signals)
{
    struct pool *pool = network_pool(derivation->network);
    struct expr_list terms;
    expr_list_init(&terms);
    struct path_iterator *iterator = path_iterator_new(graph);
    for (const struct path *path; (path = path_next(iterator, NULL));)
        expr_list_push(&terms, path_product(derivation, path, fractions, signals));
    path_iterator_free(iterator);
    expr_id sum = expr_sum(pool, terms.items, terms.count);
    expr_list_clear(&terms);
    return sum;
}

expr_id form_sum(struct derivation *derivation, bool signals)
{
    return sum_over_paths(derivation, derivation->graph, false, signals);
}

expr_id form_chain(struct derivation *derivation, node_id to)
{
    struct graph *graph = graph_new(derivation->network, derivation->from, to);
    expr_id sum = sum_over_paths(derivation, graph, true, false);
    graph_free(graph);
    return sum;
}

/* The terms of all paths; groups[i] is the output of path i. */
struct terms {
    struct term *items;
    node_id *outputs;
    size_t count;
};

static void terms_of_paths(struct derivation *derivation, bool signals, struct terms *terms)
{
    struct pool *pool = network_pool(derivation->network);
    struct path_iterator *iterator = path_iterator_new(derivation->graph);
    struct expr_list factors;
    expr_list_init(&factors);
    for (const struct path *path; (path = path_next(iterator, NULL));) {
        size_t i = terms->count++;
        terms->items = memory_array(terms->items, i + 1, sizeof(struct term));
        terms->outputs = memory_array(terms->outputs, i + 1, sizeof(node_id));
        terms->outputs[i] = path->nodes[1];
        term_init(&terms->items[i]);
        factors.count = 0;
        path_factors(derivation, path, false, signals, &factors);
        for (size_t k = 0; k < factors.count; k++)
            term_multiply(&terms->items[i], pool, factors.items[k]);
    }
    expr_list_clear(&factors);
    path_iterator_free(iterator);
}

static void terms_clear(struct terms *terms)
{
    for (size_t i = 0; i < terms->count; i++)
        term_clear(&terms->items[i]);
    memory_free(terms->items);
    memory_free(terms->outputs);
}

/* common * (sum of the terms / common); the terms are divided. */
static expr_id grouped(struct pool *pool, struct term *terms, size_t count, struct term *common)
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

/* Outputs are in order of rank, so the paths of one output stand together. A direct edge, which leads
   through no output, comes last. */
static expr_id sum_of_groups(struct pool *pool, struct terms *terms, node_id from)
{
    struct expr_list groups;
    expr_id direct = 0;
    expr_list_init(&groups);
    for (size_t first = 0, end; first < terms->count; first = end) {
        for (end = first + 1; end < terms->count; end++)
            if (terms->outputs[end] != terms->outputs[first])
                break;
        expr_id group = group_expression(pool, terms->items + first, end - first);
        if (terms->outputs[first] == from)
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

static expr_id factored(struct pool *pool, struct terms *terms, node_id from)
{
    if (terms->count <= 1)
        return sum_of_groups(pool, terms, from);
    struct term common;
    term_init(&common);
    term_common(&common, terms->items, terms->count);
    term_last_first(&common);
    for (size_t i = 0; i < terms->count; i++)
        term_divide(&terms->items[i], &common);
    term_multiply(&common, pool, sum_of_groups(pool, terms, from));
    expr_id e = term_expression(&common, pool);
    term_clear(&common);
    return e;
}

expr_id form_factored(struct derivation *derivation, bool signals)
{
    struct terms terms = {0};
    terms_of_paths(derivation, signals, &terms);
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
    term_last_first(&common);
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

static expr_id shared_term(struct derivation *derivation, const struct shared *shared, node_id source,
                           expr_id factor)
{
    struct pool *pool = network_pool(derivation->network);
    if (source == derivation->from)
        return factor;
    expr_id part = shared_part(shared, source);
    if (expr_is_integer(pool, factor, 1))
        return part;
    return expr_is_integer(pool, part, 1) ? factor : expr_multiply(pool, factor, part);
}

static expr_id shared_sum(struct derivation *derivation, const struct shared *shared, node_id node,
                          bool fractions, bool signals)
{
    struct expr_list terms;
    node_id *sources = NULL;
    size_t count = 0;
    expr_list_init(&terms);
    graph_list_predecessors(derivation->graph, node, &sources, &count);
    for (size_t i = 0; i < count; i++) {
        bool is_signal = signals && node == derivation->to;
        expr_id factor = is_signal ? form_output_label(derivation, sources[i], true)
                                   : edge_factor(derivation, sources[i], node, fractions);
        expr_list_push(&terms, shared_term(derivation, shared, sources[i], factor));
    }
    expr_id sum = expr_sum(network_pool(derivation->network), terms.items, terms.count);
    expr_list_clear(&terms);
    memory_free(sources);
    return sum;
}

expr_id form_shared(struct derivation *derivation, bool fractions, bool signals, expr_id *parts)
{
    struct shared shared = {0};
    graph_list_nodes(derivation->graph, &shared.nodes, &shared.count);
    shared.parts = memory_array(NULL, shared.count, sizeof(expr_id));
    expr_id last = 0;
    for (size_t i = 0; i < shared.count; i++) {
        node_id node = shared.nodes[i];
        last = node == derivation->from
                   ? expr_integer(network_pool(derivation->network), 1)
                   : shared_sum(derivation, &shared, node, fractions, signals);
        shared.parts[i] = last;
    }
    if (parts)
        memcpy(parts, shared.parts, shared.count * sizeof(expr_id));
    memory_free(shared.parts);
    memory_free(shared.nodes);
    return last;
}
