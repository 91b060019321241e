#include "derive/general.h"

#include "base/memory.h"
#include "derive/alike.h"
#include "derive/backward.h"
#include "derive/checker.h"
#include "derive/derive.h"
#include "derive/signals.h"
#include "prove/prove.h"

struct work {
    struct general *general;
    struct pool *pool;
    struct prover *prover;
    struct alike alike;
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
    work->lemmas =
        memory_array(work->lemmas, work->lemma_count + 1, sizeof(struct lemma));
    work->lemmas[work->lemma_count++] = (struct lemma){signal, signal};
}

/* How a sum over edges is written. */
struct edges {
    struct graph *graph;
    bool fractions;
};

static expr_id edge_factor(struct work *work, const struct edges *edges, node_id node,
                           node_id user)
{
    struct network *network = work->general->network;
    if (edges->fractions)
        return expr_local(work->pool, network_symbol(network, user),
                          network_symbol(network, node));
    return graph_label(edges->graph, node, user);
}

static expr_id sum_of_edges(struct work *work, const struct edges *edges, node_id node);

/* factor * signal of what the edge leads to. A unit behind an activation has no signal of
   its own: the sum that it is stands there, and there is no such unit in it. */
static expr_id edge_term(struct work *work, const struct edges *edges, node_id node,
                         node_id user)
{
    expr_id factor = edge_factor(work, edges, node, user), signal;
    bool is_passed = backward_is_passed(work->general->network, user);
    if (user == work->general->goal)
        return factor;
    if (is_passed) {
        signal = sum_of_edges(work, edges, user);
    } else {
        signal = signal_of(work, user);
        hold(work, signal);
    }
    if (expr_is_integer(work->pool, factor, 1))
        return signal;
    bool is_output = is_passed && graph_has_edge(edges->graph, user, work->general->goal);
    return backward_product(work->pool, factor, signal, is_output);
}

/* sum over the edges that leave a node. */
static expr_id sum_of_edges(struct work *work, const struct edges *edges, node_id node)
{
    node_id *users = NULL;
    size_t count = 0;
    struct expr_list terms;
    expr_list_init(&terms);
    graph_list_successors(edges->graph, node, &users, &count);
    for (size_t i = 0; i < count; i++)
        expr_list_push(&terms, edge_term(work, edges, node, users[i]));
    memory_free(users);
    expr_id sum = expr_sum(work->pool, terms.items, terms.count);
    expr_list_clear(&terms);
    return sum;
}

/* Why it is not proved. */
static bool report(struct work *work, const struct proof *proof)
{
    if (proof->verdict == VERDICT_REFUTED && !(proof->has_left && proof->has_right))
        return diag(work->diags, DIAG_DERIVE_NOWHERE, NULL);
    if (proof->verdict == VERDICT_UNDECIDED)
        return diag(work->diags, DIAG_DERIVE_UNDECIDED, proof->reason, NULL);
    if (proof->verdict == VERDICT_PROBABLE)
        return diag(work->diags, DIAG_DERIVE_UNDECIDED,
                    NC_("diagnostic", "it is too large to be proved, and only probable"),
                    NULL);
    return diag(work->diags, DIAG_INTERNAL, "an error signal is not proved", NULL);
}

/* As a whole, or edge by edge where that is too large to be multiplied out. */
static bool is_proved(struct work *work, struct graph *graph, expr_id fractions,
                      expr_id labels)
{
    struct checker checker = {.pool = work->pool,
                              .prover = work->prover,
                              .lemmas = work->lemmas,
                              .lemma_count = work->lemma_count};
    struct proof proof;
    proof_init(&proof);
    bool ok = prove_equal(work->prover, fractions, labels, work->lemmas,
                          work->lemma_count, &proof) == VERDICT_PROVED ||
              piecewise_proved_labels(&checker, graph, fractions, labels) ||
              report(work, &proof);
    proof_clear(&proof);
    return ok;
}

/* A tied parameter is met more than once. */
static bool is_known(const struct general *general, node_id node)
{
    for (size_t i = 0; i < general->count; i++)
        if (general->equations[i].node == node)
            return true;
    return false;
}

/* Adds the equation of a node that reaches the goal; `like` says of which layer it is,
 * and for whom it speaks. */
static bool add_equation(struct work *work, node_id node,
                         const struct general_equation *like)
{
    struct general *general = work->general;
    if (node == general->goal || is_known(general, node))
        return true;
    struct graph *graph = graph_new(general->network, node, general->goal);
    bool ok = true;
    if (mpz_sgn(graph_total(graph)) > 0) {
        struct general_equation equation = *like;
        equation.node = node;
        equation.left = signal_of(work, node);
        work->lemma_count = 0;
        const struct edges fractions = {graph, true}, labels = {graph, false};
        expr_id chain_rule = sum_of_edges(work, &fractions, node);
        equation.right =
            signals_simplified(general->network, sum_of_edges(work, &labels, node));
        ok = is_proved(work, graph, chain_rule, equation.right);
        general->equations =
            memory_array(general->equations, general->count + 1, sizeof equation);
        general->equations[general->count++] = equation;
    }
    graph_free(graph);
    return ok;
}

/* Of units, weights or biases that are alike the first speaks for the others where there
 * are many. */
static struct general_equation speaker(const struct layer *layer, bool is_alike,
                                       int64_t count)
{
    enum { LISTED = 9 };
    bool is_large = layer->size * layer->fan_in > LISTED;
    return (struct general_equation){.layer = layer,
                                     .is_alike = is_alike,
                                     .is_spokesman = is_alike && is_large && count > 1};
}

static bool add_units(struct work *work, const struct layer *layer, bool is_free)
{
    struct general_equation like =
        speaker(layer, is_free && alike_units(&work->alike, layer), layer->size);
    int64_t count = like.is_spokesman ? 1 : layer->size;
    bool ok = true;
    for (int64_t to = 0; ok && to < count; to++)
        ok = add_equation(work, layer->sums.first + to, &like);
    return ok;
}

static bool add_weights(struct work *work, const struct layer *layer, bool is_free)
{
    struct network *network = work->general->network;
    struct general_equation like =
        speaker(layer, is_free && alike_weights(&work->alike, layer),
                layer->size * layer->fan_in);
    int64_t units = like.is_spokesman ? 1 : layer->size;
    int64_t weights = like.is_spokesman ? 1 : layer->fan_in;
    bool ok = true;
    for (int64_t to = 0; ok && to < units; to++) {
        for (int64_t from = 0; ok && from < weights; from++) {
            node_id weight = network_weight(network, layer, to, from);
            ok = weight < 0 || add_equation(work, weight, &like);
        }
    }
    return ok;
}

static bool add_biases(struct work *work, const struct layer *layer, bool is_free)
{
    struct general_equation like =
        speaker(layer, is_free && alike_biases(&work->alike, layer), layer->size);
    int64_t count = like.is_spokesman ? 1 : layer->size;
    bool ok = true;
    for (int64_t to = 0; ok && layer->has_biases && to < count; to++) {
        node_id bias = network_bias(work->general->network, layer, to);
        ok = bias < 0 || add_equation(work, bias, &like);
    }
    return ok;
}

static bool is_in(struct range range, node_id node)
{
    return node >= range.first && node < range.first + range.count;
}

/* A goal that is a unit sets its layer's units apart. */
static bool add_layer(struct work *work, const struct layer *layer)
{
    bool is_free = !is_in(layer->units, work->general->goal) &&
                   !is_in(layer->sums, work->general->goal);
    return add_units(work, layer, is_free) && add_weights(work, layer, is_free) &&
           add_biases(work, layer, is_free);
}

static bool add_parameters(struct work *work)
{
    const struct general_equation alone = {0};
    const struct network_leaves *leaves = network_leaves(work->general->network);
    bool ok = true;
    for (size_t i = 0; ok && i < leaves->count; i++) {
        struct range range = leaves->ranges[i];
        if (!range.count ||
            network_kind(work->general->network, range.first) != NODE_PARAMETER)
            continue;
        for (int64_t k = 0; ok && k < range.count; k++)
            ok = add_equation(work, range.first + k, &alone);
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
    const struct general_equation alone = {0};
    struct network *network = work->general->network;
    bool ok = true;
    for (node_id node = work->general->goal; ok && node >= 0;) {
        int64_t place;
        if (!network_is_defined(network, node))
            break;
        const struct layer *layer = network_layer_of(network, node, &place);
        if (!layer)
            ok = is_number(work, node) || add_equation(work, node, &alone);
        else if (layer_has_sum(layer, node))
            ok = add_layer(work, layer);
        node = !layer                       ? node - 1
               : layer_has_sum(layer, node) ? layer->sums.first - 1
                                            : layer->units.first - 1;
    }
    return ok && add_parameters(work);
}

bool general_derive(struct general *general, struct network *network, node_id goal,
                    const struct budget *budget, struct diags *diags)
{
    *general = (struct general){.network = network, .goal = goal};
    if (!derive_fits(network, budget, diags))
        return false;
    struct work work = {
        .general = general, .pool = network_pool(network), .diags = diags};
    work.prover = signals_prover(network, budget);
    alike_init(&work.alike, network);
    bool ok = add_all(&work);
    alike_clear(&work.alike);
    prover_free(work.prover);
    memory_free(work.lemmas);
    return ok;
}

void general_clear(struct general *general)
{
    memory_free(general->equations);
}
