#include "derive/cost.h"

#include "base/memory.h"
#include "expr/partials.h"

#include <stdlib.h>
#include <string.h>

void cost_init(struct cost *cost)
{
    mpz_inits(cost->paths_one, cost->backward_one, cost->paths_all, cost->backward_all,
              cost->path_count, NULL);
    cost->parameters = 0;
}

void cost_clear(struct cost *cost)
{
    mpz_clears(cost->paths_one, cost->backward_one, cost->paths_all, cost->backward_all,
               cost->path_count, NULL);
}

/* For a node, over all paths from it to the goal: how many there are, and how many
   factors their products have, the label at the goal among them. */
struct tally {
    mpz_t paths, factors;
};

/* Tallies of nodes [base, base + count), and the edges that lead to defined nodes. */
struct sweep {
    struct network *network;
    node_id first, goal;
    int64_t count;
    int64_t fixed; /* parameters of the network that are */
    struct tally *tallies;
    struct cost *cost;
};

static bool is_error_label(const struct sweep *sweep, node_id target)
{
    return target == sweep->goal;
}

/* One edge source -> target: multiplications at a parameter are counted at once, a
   defined node gathers. */
static void sweep_edge(struct sweep *sweep, node_id source, node_id target, bool is_one)
{
    const struct tally *t = &sweep->tallies[target - sweep->first];
    enum node_kind kind = network_kind(sweep->network, source);
    if (network_is_defined(sweep->network, source)) {
        struct tally *s = &sweep->tallies[source - sweep->first];
        mpz_add(s->paths, s->paths, t->paths);
        mpz_add(s->factors, s->factors, t->factors);
        if (!is_one) {
            mpz_add(s->factors, s->factors, t->paths);
            if (!is_error_label(sweep, target))
                mpz_add_ui(sweep->cost->backward_all, sweep->cost->backward_all, 1);
        }
        return;
    }
    if (kind != NODE_WEIGHT && kind != NODE_BIAS && kind != NODE_PARAMETER)
        return;
    if (sweep->fixed && network_is_fixed(sweep->network, source))
        return;
    mpz_add(sweep->cost->path_count, sweep->cost->path_count, t->paths);
    if (!is_error_label(sweep, target) && mpz_sgn(t->paths) > 0) {
        mpz_add(sweep->cost->paths_all, sweep->cost->paths_all, t->factors);
        mpz_sub(sweep->cost->paths_all, sweep->cost->paths_all, t->paths);
        if (!is_one) {
            mpz_add_ui(sweep->cost->paths_all, sweep->cost->paths_all, 1);
            mpz_add_ui(sweep->cost->backward_all, sweep->cost->backward_all, 1);
        }
    }
}

static void sweep_equation(struct sweep *sweep, node_id node)
{
    struct defs *defs = network_defs(sweep->network);
    expr_id defined = network_symbol(sweep->network, node);
    struct partials partials;
    size_t count;
    node_id *arguments = network_arguments(sweep->network, node, &count);
    partials_init(&partials, defs, defined);
    for (size_t i = 0; i < count; i++) {
        expr_id label =
            partials_label(&partials, network_symbol(sweep->network, arguments[i]));
        if (expr_is_integer(defs->pool, label, 0))
            continue;
        sweep_edge(sweep, arguments[i], node, expr_is_integer(defs->pool, label, 1));
    }
    partials_clear(&partials);
    memory_free(arguments);
}

static void sweep_unit_edges(struct sweep *sweep, const struct layer *layer, int64_t to)
{
    node_id unit = layer->sums.first + to;
    for (int64_t from = 0; from < layer->fan_in; from++) {
        node_id weight = network_weight(sweep->network, layer, to, from);
        if (weight < 0)
            continue;
        sweep_edge(sweep, network_source(layer, from), unit, false);
        sweep_edge(sweep, weight, unit, false);
    }
    node_id bias = layer->has_biases ? network_bias(sweep->network, layer, to) : -1;
    if (bias >= 0)
        sweep_edge(sweep, bias, unit, true);
}

/* All units of a dense layer together: each source gathers the sum over the units. */
static void sweep_dense(struct sweep *sweep, const struct layer *layer)
{
    mpz_t paths, factors, work;
    mpz_inits(paths, factors, work, NULL);
    int64_t live = 0;
    for (int64_t i = 0; i < layer->size; i++) {
        const struct tally *t = &sweep->tallies[layer->sums.first - sweep->first + i];
        mpz_add(paths, paths, t->paths);
        mpz_add(factors, factors, t->factors);
        live += mpz_sgn(t->paths) > 0;
    }
    mpz_sub(work, factors, paths);
    struct cost *cost = sweep->cost;
    mpz_addmul_ui(cost->paths_all, work,
                  (unsigned long)layer->fan_in + layer->has_biases);
    mpz_addmul_ui(cost->path_count, paths,
                  (unsigned long)layer->fan_in + layer->has_biases);
    mpz_set_ui(work, (unsigned long)live);
    mpz_mul_ui(work, work, (unsigned long)layer->fan_in);
    mpz_add(cost->paths_all, cost->paths_all, work);
    mpz_add(cost->backward_all, cost->backward_all, work);
    mpz_add(factors, factors, paths);
    for (int64_t j = 0; j < layer->fan_in; j++) {
        node_id source = network_source(layer, j);
        if (!network_is_defined(sweep->network, source))
            continue;
        struct tally *s = &sweep->tallies[source - sweep->first];
        mpz_add(s->paths, s->paths, paths);
        mpz_add(s->factors, s->factors, factors);
        mpz_add_ui(cost->backward_all, cost->backward_all, (unsigned long)live);
    }
    mpz_clears(paths, factors, work, NULL);
}

static void sweep_goal(struct sweep *sweep)
{
    struct tally *goal = &sweep->tallies[sweep->goal - sweep->first];
    mpz_set_ui(goal->paths, 1);
    if (network_kind(sweep->network, sweep->goal) != NODE_ERROR ||
        network_error_kind(sweep->network) == ERROR_EQUATION) {
        sweep_equation(sweep, sweep->goal);
        return;
    }
    size_t count;
    const struct range *outputs = network_outputs(sweep->network, &count);
    for (size_t i = 0; i < count; i++)
        for (int64_t k = 0; k < outputs[i].count; k++)
            sweep_edge(sweep, outputs[i].first + k, sweep->goal, false);
}

/* A layer with the goal among its units ends there. */
static bool is_swept_whole(const struct sweep *sweep, const struct layer *layer)
{
    return !sweep->fixed && layer->sums.first + layer->sums.count <= sweep->goal &&
           network_layer_is_regular(sweep->network, layer);
}

/* From the goal backwards; every node after its users. */
static void sweep_all(struct sweep *sweep)
{
    sweep_goal(sweep);
    for (node_id node = sweep->goal - 1; node >= sweep->first;) {
        int64_t place;
        const struct layer *layer = network_layer_of(sweep->network, node, &place);
        if (!layer || !layer_has_sum(layer, node)) {
            if (mpz_sgn(sweep->tallies[node - sweep->first].paths) > 0)
                sweep_equation(sweep, node);
            node--;
        } else if (is_swept_whole(sweep, layer)) {
            sweep_dense(sweep, layer);
            node = layer->sums.first - 1;
        } else {
            if (mpz_sgn(sweep->tallies[node - sweep->first].paths) > 0)
                sweep_unit_edges(sweep, layer, place);
            node--;
        }
    }
}

static node_id first_defined(const struct network *network)
{
    node_id low = 0, high = network_count(network);
    while (low < high) {
        node_id middle = low + (high - low) / 2;
        if (network_is_defined(network, middle))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* What the chosen symbol costs: its first edges, and the error signals on the way. */
static void count_one(struct sweep *sweep, struct graph *graph)
{
    struct cost *cost = sweep->cost;
    struct pool *pool = network_pool(sweep->network);
    node_id from = graph_from(graph), *nodes = NULL, *users = NULL;
    size_t count = 0;
    graph_list_nodes(graph, &nodes, &count);
    for (size_t i = 0; i < count; i++) {
        size_t used = 0;
        graph_list_successors(graph, nodes[i], &users, &used);
        for (size_t k = 0; k < used; k++) {
            if (users[k] == sweep->goal)
                continue;
            bool is_one =
                expr_is_integer(pool, graph_label(graph, nodes[i], users[k]), 1);
            if (!is_one)
                mpz_add_ui(cost->backward_one, cost->backward_one, 1);
            if (nodes[i] != from)
                continue;
            const struct tally *t = &sweep->tallies[users[k] - sweep->first];
            mpz_add(cost->paths_one, cost->paths_one, t->factors);
            mpz_sub(cost->paths_one, cost->paths_one, t->paths);
            mpz_add_ui(cost->paths_one, cost->paths_one, !is_one);
        }
        memory_free(users);
        users = NULL;
    }
    memory_free(nodes);
}

static int64_t parameter_count(const struct network *network)
{
    int64_t count = 0;
    const struct network_leaves *leaves = network_leaves(network);
    for (size_t i = 0; i < leaves->count; i++) {
        if (leaves->ranges[i].count < 1)
            continue;
        enum node_kind kind = network_kind(network, leaves->ranges[i].first);
        if (kind == NODE_WEIGHT || kind == NODE_BIAS || kind == NODE_PARAMETER)
            count += leaves->ranges[i].count;
    }
    return count - network_fixed_count(network);
}

static void sweep_init(struct sweep *sweep)
{
    sweep->first = first_defined(sweep->network);
    sweep->fixed = network_fixed_count(sweep->network);
    sweep->count = sweep->goal - sweep->first + 1;
    sweep->tallies = memory_array(NULL, (size_t)sweep->count, sizeof(struct tally));
    for (int64_t i = 0; i < sweep->count; i++)
        mpz_inits(sweep->tallies[i].paths, sweep->tallies[i].factors, NULL);
    sweep_all(sweep);
    sweep->cost->parameters = parameter_count(sweep->network);
}

static void sweep_clear(struct sweep *sweep)
{
    for (int64_t i = 0; i < sweep->count; i++)
        mpz_clears(sweep->tallies[i].paths, sweep->tallies[i].factors, NULL);
    memory_free(sweep->tallies);
}

void cost_count(struct cost *cost, struct graph *graph)
{
    struct sweep sweep = {
        .network = graph_network(graph), .goal = graph_to(graph), .cost = cost};
    sweep_init(&sweep);
    count_one(&sweep, graph);
    sweep_clear(&sweep);
}

void cost_count_all(struct cost *cost, struct network *network, node_id goal)
{
    struct sweep sweep = {.network = network, .goal = goal, .cost = cost};
    sweep_init(&sweep);
    sweep_clear(&sweep);
}
