#include "eval/node_sums.h"

#include "base/memory.h"
#include "eval/path_enclosed.h"
#include "eval/path_sum.h"

#include <stdlib.h>

/* Whether there are no equations but the error. */
static bool is_layered(const struct network *network)
{
    for (node_id node = network_error(network) - 1;
         node >= 0 && network_is_defined(network, node); node--)
        if (network_kind(network, node) == NODE_DEFINED)
            return false;
    return true;
}

static void make_numbers(struct node_sums *sums)
{
    sums->numbers = arith_new_array(&sums->values->arith, (size_t)sums->values->count);
}

void node_sums_init(struct node_sums *sums, struct values *values, node_id goal)
{
    size_t count = (size_t)values->count;
    *sums =
        (struct node_sums){.network = values->network, .goal = goal, .values = values};
    sums->is_layered = is_layered(values->network);
    sums->has_error = sums->is_layered && goal == network_error(values->network) &&
                      network_error_kind(values->network) == ERROR_EQUATION;
    if (sums->has_error)
        partials_init(&sums->error, network_defs(values->network),
                      network_symbol(values->network, goal));
    sums->is_known = memory_zeroed(count, sizeof(bool));
    sums->is_counted = memory_zeroed(count, sizeof(bool));
    sums->counts = memory_array(NULL, count, sizeof(mpz_t));
    for (size_t i = 0; i < count; i++)
        mpz_init(sums->counts[i]);
    mpz_init(sums->total);
    make_numbers(sums);
}

static void free_numbers(struct node_sums *sums)
{
    arith_free_array(&sums->values->arith, sums->numbers, (size_t)sums->values->count);
}

void node_sums_clear(struct node_sums *sums)
{
    if (sums->network == NULL)
        return;
    if (sums->has_error)
        partials_clear(&sums->error);
    free_numbers(sums);
    for (int64_t i = 0; i < sums->values->count; i++)
        mpz_clear(sums->counts[i]);
    mpz_clear(sums->total);
    memory_free(sums->counts);
    memory_free(sums->is_counted);
    memory_free(sums->is_known);
}

void node_sums_share(struct node_sums *sums, bool is_shared)
{
    sums->is_shared = is_shared;
}

void node_sums_forget(struct node_sums *sums)
{
    free_numbers(sums);
    make_numbers(sums);
    for (int64_t i = 0; i < sums->values->count; i++)
        sums->is_known[i] = false;
}

static void *sum_at(struct node_sums *sums, node_id node)
{
    return arith_at(&sums->values->arith, sums->numbers, (size_t)node);
}

/* The edges that leave a parameter of layers. */
struct edges {
    struct network_use *uses;
    size_t count;
    node_id *targets; /* of the uses, ascending */
    expr_id direct;   /* the label of an edge to the error, 0 if there is none */
};

static int compare_nodes(const void *a, const void *b)
{
    node_id first = *(const node_id *)a, second = *(const node_id *)b;
    return (first > second) - (first < second);
}

/* What is fixed at 0 is no edge. */
static bool is_absent(const struct network *network, node_id parameter)
{
    return network_is_fixed(network, parameter) &&
           mpq_sgn(network_value(network, parameter)) == 0;
}

static bool has_edges(const struct node_sums *sums, node_id node)
{
    enum node_kind kind = network_kind(sums->network, node);
    return sums->is_layered && (kind == NODE_WEIGHT || kind == NODE_BIAS) &&
           !is_absent(sums->network, node);
}

static void edges_init(struct edges *edges, struct node_sums *sums, node_id parameter)
{
    struct network *network = sums->network;
    *edges = (struct edges){.uses = NULL};
    edges->uses = network_uses(network, parameter, &edges->count);
    edges->targets = memory_array(NULL, edges->count + 1, sizeof(node_id));
    for (size_t i = 0; i < edges->count; i++)
        edges->targets[i] = edges->uses[i].layer->sums.first + edges->uses[i].to;
    if (edges->count > 0)
        qsort(edges->targets, edges->count, sizeof(node_id), compare_nodes);
    if (sums->has_error)
        edges->direct = partials_label(&sums->error, network_symbol(network, parameter));
    if (edges->direct != 0 && expr_is_integer(network_pool(network), edges->direct, 0))
        edges->direct = 0;
}

static void edges_clear(struct edges *edges)
{
    memory_free(edges->uses);
    memory_free(edges->targets);
}

static mpz_srcptr count_from(struct node_sums *sums, node_id node)
{
    if (!sums->is_counted[node]) {
        struct graph *graph = graph_new(sums->network, node, sums->goal);
        mpz_set(sums->counts[node], graph_total(graph));
        mpz_add(sums->total, sums->total, sums->counts[node]);
        sums->is_counted[node] = true;
        graph_free(graph);
    }
    return sums->counts[node];
}

void node_sums_count(struct node_sums *sums, node_id node, mpz_ptr count)
{
    struct edges edges;
    if (!has_edges(sums, node)) {
        mpz_set(count, count_from(sums, node));
        return;
    }
    edges_init(&edges, sums, node);
    mpz_set_ui(count, edges.direct != 0);
    /* A tied parameter may be used twice by one sum: that is one edge. */
    for (size_t i = 0; i < edges.count; i++)
        if (i == 0 || edges.targets[i] != edges.targets[i - 1])
            mpz_add(count, count, count_from(sums, edges.targets[i]));
    edges_clear(&edges);
}

/* sum += label * (sum over the paths from the target). */
static bool add_edge(struct node_sums *sums, struct graph *graph, node_id source,
                     node_id target, void *sum, struct diags *diags)
{
    const struct arith *arith = &sums->values->arith;
    const void *label = path_label(graph, source, target, sums->values, diags);
    if (label == NULL)
        return false;
    void *product = arith_new_array(arith, 1);
    arith->multiply(product, label, sum_at(sums, target));
    arith->add(sum, sum, product);
    arith_free_array(arith, product, 1);
    return true;
}

/* The sum of one node, when those after it are known. */
static bool sum_edges(struct node_sums *sums, struct graph *graph, node_id node,
                      struct diags *diags)
{
    node_id *targets = NULL;
    size_t count = 0;
    void *sum = sum_at(sums, node);
    bool ok = true;
    arith_set_integer(&sums->values->arith, sum, node == sums->goal);
    graph_list_successors(graph, node, &targets, &count);
    for (size_t i = 0; ok && i < count; i++)
        ok = add_edge(sums, graph, node, targets[i], sum, diags);
    memory_free(targets);
    return ok;
}

/* Backwards from the goal, each node once. */
static bool share_sums(struct node_sums *sums, struct graph *graph, struct diags *diags)
{
    node_id *nodes = NULL;
    size_t count = 0;
    bool ok = true;
    graph_list_nodes(graph, &nodes, &count);
    for (size_t i = count; ok && i-- > 0;) {
        if (sums->is_known[nodes[i]])
            continue;
        ok = sum_edges(sums, graph, nodes[i], diags);
        sums->is_known[nodes[i]] = ok;
    }
    memory_free(nodes);
    return ok;
}

/* The sum over all paths from a node to the goal; 0 if there are none. */
static bool know(struct node_sums *sums, node_id node, struct diags *diags)
{
    if (sums->is_known[node])
        return true;
    struct graph *graph = graph_new(sums->network, node, sums->goal);
    bool ok = sums->is_shared ? share_sums(sums, graph, diags)
                              : path_sum(sum_at(sums, node), graph, sums->values, diags);
    sums->is_known[node] = ok;
    graph_free(graph);
    return ok;
}

/* x += label * sum for one use of a parameter in a layer, whose label is the source, or 1
 * of a bias. */
static void add_use(struct node_sums *sums, const struct network_use *use, void *x)
{
    const struct arith *arith = &sums->values->arith;
    const void *sum = sum_at(sums, use->layer->sums.first + use->to);
    if (use->from < 0) {
        arith->add(x, x, sum);
        return;
    }
    void *product = arith_new_array(arith, 1);
    node_id source = network_source(use->layer, use->from);
    arith->multiply(product, values_number(sums->values, source), sum);
    arith->add(x, x, product);
    arith_free_array(arith, product, 1);
}

/* The path that is one edge. */
static bool add_direct(struct node_sums *sums, expr_id label, void *x,
                       struct diags *diags)
{
    const void *value = values_evaluate(sums->values, label, sums->goal, diags);
    if (value != NULL)
        sums->values->arith.add(x, x, value);
    return value != NULL;
}

static bool sum_uses(struct node_sums *sums, node_id parameter, void *x,
                     struct diags *diags)
{
    struct edges edges;
    bool ok = true;
    arith_set_integer(&sums->values->arith, x, 0);
    edges_init(&edges, sums, parameter);
    for (size_t i = 0; ok && i < edges.count; i++)
        ok = know(sums, edges.targets[i], diags);
    for (size_t i = 0; ok && i < edges.count; i++)
        add_use(sums, &edges.uses[i], x);
    if (ok && edges.direct != 0)
        ok = add_direct(sums, edges.direct, x, diags);
    edges_clear(&edges);
    return ok;
}

bool node_sums_derivative(struct node_sums *sums, node_id node, void *x,
                          struct diags *diags)
{
    if (has_edges(sums, node))
        return sum_uses(sums, node, x, diags);
    bool ok = know(sums, node, diags);
    sums->values->arith.set(x, sum_at(sums, node));
    return ok;
}
