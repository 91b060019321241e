#include "derive/general.h"

#include "base/memory.h"
#include "derive/backward.h"
#include "prove/prove.h"

struct work {
    struct general *general;
    struct pool *pool;
    struct prover *prover;
    struct lemma *lemmas;
    size_t lemma_count;
    struct diags *diags;
};

static bool is_parameter(const struct network *network, node_id node)
{
    enum node_kind kind = network_kind(network, node);
    return kind == NODE_WEIGHT || kind == NODE_BIAS || kind == NODE_PARAMETER;
}

static expr_id derivative(struct work *work, node_id node)
{
    struct network *network = work->general->network;
    return expr_derivative(work->pool, network_symbol(network, work->general->goal),
                           network_symbol(network, node));
}

static expr_id signal_of(struct work *work, node_id node)
{
    struct network *network = work->general->network;
    expr_id symbol = is_parameter(network, node)
                         ? 0
                         : backward_name(network, work->general->goal, node);
    return symbol ? symbol : derivative(work, node);
}

static void hold(struct work *work, expr_id signal)
{
    work->lemmas = memory_array(work->lemmas, work->lemma_count + 1, sizeof(struct lemma));
    work->lemmas[work->lemma_count++] = (struct lemma){signal, signal};
}

/* sum over the edges that leave a node: factor * signal. */
static expr_id sum_of_edges(struct work *work, struct graph *graph, node_id node, bool fractions)
{
    struct network *network = work->general->network;
    node_id *users = NULL;
    size_t count = 0;
    struct expr_list terms;
    expr_list_init(&terms);
    graph_list_successors(graph, node, &users, &count);
    for (size_t i = 0; i < count; i++) {
        expr_id factor = fractions ? expr_local(work->pool, network_symbol(network, users[i]),
                                                network_symbol(network, node))
                                   : graph_label(graph, node, users[i]);
        if (users[i] == work->general->goal) {
            expr_list_push(&terms, factor);
            continue;
        }
        expr_id signal = signal_of(work, users[i]);
        hold(work, signal);
        bool is_one = expr_is_integer(work->pool, factor, 1);
        expr_list_push(&terms, is_one ? signal : expr_multiply(work->pool, factor, signal));
    }
    memory_free(users);
    expr_id sum = expr_sum(work->pool, terms.items, terms.count);
    expr_list_clear(&terms);
    return sum;
}

static bool is_proved(struct work *work, expr_id left, expr_id right)
{
    struct proof proof;
    proof_init(&proof);
    enum verdict verdict =
        prove_equal(work->prover, left, right, work->lemmas, work->lemma_count, &proof);
    proof_clear(&proof);
    return verdict == VERDICT_PROVED;
}

/* A tied parameter is met more than once. */
static bool is_known(const struct general *general, node_id node)
{
    for (size_t i = 0; i < general->count; i++)
        if (general->equations[i].node == node)
            return true;
    return false;
}

/* Adds the equation of a node that reaches the goal. */
static bool add_equation(struct work *work, node_id node, const struct layer *layer,
                         bool is_spokesman)
{
    struct general *general = work->general;
    if (is_known(general, node))
        return true;
    struct graph *graph = graph_new(general->network, node, general->goal);
    bool ok = true;
    if (mpz_sgn(graph_total(graph)) > 0) {
        struct general_equation equation = {node, layer, is_spokesman, signal_of(work, node), 0};
        work->lemma_count = 0;
        expr_id chain_rule = sum_of_edges(work, graph, node, true);
        equation.right = sum_of_edges(work, graph, node, false);
        ok = is_proved(work, chain_rule, equation.right) ||
             diag(work->diags, DIAG_INTERNAL, "an error signal is not proved", NULL);
        general->equations =
            memory_array(general->equations, general->count + 1, sizeof equation);
        general->equations[general->count++] = equation;
    }
    graph_free(graph);
    return ok;
}

static bool add_weight(struct work *work, const struct layer *layer, int64_t to, int64_t from,
                       bool is_spokesman)
{
    node_id weight = network_weight(work->general->network, layer, to, from);
    return weight < 0 || add_equation(work, weight, layer, is_spokesman);
}

/* Of a large regular layer the first unit, its first weight and its bias; else all of them. */
static bool add_layer(struct work *work, const struct layer *layer)
{
    enum { LISTED = 9 };
    struct network *network = work->general->network;
    bool speaks = network_layer_is_regular(network, layer) &&
                  layer->size * layer->fan_in > LISTED;
    int64_t units = speaks ? 1 : layer->size, weights = speaks ? 1 : layer->fan_in;
    bool ok = true;
    for (int64_t to = 0; ok && to < units; to++)
        ok = add_equation(work, layer->units.first + to, layer, speaks && layer->size > 1);
    for (int64_t to = 0; ok && to < units; to++)
        for (int64_t from = 0; ok && from < weights; from++)
            ok = add_weight(work, layer, to, from, speaks);
    for (int64_t to = 0; ok && layer->has_biases && to < units; to++) {
        node_id bias = network_bias(network, layer, to);
        ok = bias < 0 || add_equation(work, bias, layer, speaks && layer->size > 1);
    }
    return ok;
}

static bool add_parameters(struct work *work)
{
    const struct network_leaves *leaves = network_leaves(work->general->network);
    bool ok = true;
    for (size_t i = 0; ok && i < leaves->count; i++) {
        struct range range = leaves->ranges[i];
        if (!range.count ||
            network_kind(work->general->network, range.first) != NODE_PARAMETER)
            continue;
        for (int64_t k = 0; ok && k < range.count; k++)
            ok = add_equation(work, range.first + k, NULL, false);
    }
    return ok;
}

/* A symbol that stands for a number, like h_0 = 0, is a constant. */
static bool is_number(struct work *work, node_id node)
{
    struct network *network = work->general->network;
    expr_id value = defs_get(network_defs(network), network_symbol(network, node));
    return value && expr_kind(work->pool, value) == EXPR_NUMBER;
}

static bool add_all(struct work *work)
{
    struct network *network = work->general->network;
    bool ok = true;
    for (node_id node = work->general->goal - 1; ok && node >= 0;) {
        int64_t place;
        if (!network_is_defined(network, node))
            break;
        const struct layer *layer = network_layer_of(network, node, &place);
        if (layer)
            ok = add_layer(work, layer);
        else
            ok = is_number(work, node) || add_equation(work, node, NULL, false);
        node = layer ? layer->units.first - 1 : node - 1;
    }
    return ok && add_parameters(work);
}

bool general_derive(struct general *general, struct network *network, node_id goal,
                    const struct budget *budget, struct diags *diags)
{
    *general = (struct general){.network = network, .goal = goal};
    struct work work = {.general = general, .pool = network_pool(network), .diags = diags};
    work.prover = prover_new(network_defs(network), budget, 0);
    bool ok = add_all(&work);
    prover_free(work.prover);
    memory_free(work.lemmas);
    return ok;
}

void general_clear(struct general *general)
{
    memory_free(general->equations);
}
