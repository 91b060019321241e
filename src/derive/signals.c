#include "derive/signals.h"

#include "derive/backward.h"
#include "derive/reduce.h"
#include "expr/diff.h"
#include "expr/function.h"
#include "expr/walk.h"

/* A sum of symbols: the prover can solve for one of them. */
static bool is_plain_sum(const struct pool *pool, expr_id e)
{
    bool plain = expr_kind(pool, e) == EXPR_SUM;
    for (size_t i = 0; plain && i < expr_count(pool, e); i++)
        plain = expr_kind(pool, expr_part(pool, e, i)) == EXPR_SYMBOL;
    return plain;
}

/* What an assumption says that the expression is; 0 if none does. */
static expr_id granted(const struct network *network, const struct pool *pool, expr_id e)
{
    for (size_t i = 0; i < network_assumption_count(network); i++) {
        expr_id left, right;
        network_assumption(network, i, &left, &right);
        if (is_plain_sum(pool, left) && reduce_is_sum(pool, e, left))
            return right;
    }
    return 0;
}

static bool is_granted(void *context, const struct pool *pool, expr_id part)
{
    return granted(context, pool, part) != 0;
}

static expr_id put_granted(void *context, expr_id part)
{
    struct network *network = context;
    return granted(network, network_pool(network), part);
}

struct prover *signals_prover(struct network *network, const struct budget *budget)
{
    struct prover *prover = prover_new(network_defs(network), budget, 0);
    for (size_t i = 0; i < network_assumption_count(network); i++) {
        expr_id left, right;
        network_assumption(network, i, &left, &right);
        prove_assume(prover, left, right);
    }
    return prover;
}

expr_id signals_assumed(struct network *network, expr_id e)
{
    struct pool *pool = network_pool(network);
    struct sites sites;
    expr_id after = 0;
    sites_init(&sites);
    sites_find(&sites, pool, e, is_granted, network);
    if (sites.count)
        after = fold(pool, sites_rewrite(pool, e, &sites, put_granted, network));
    sites_clear(&sites);
    return after;
}

/* The unit where the expression is the derivative f'(z) of its activation, one of
   function.def; -1 if it is none. */
static node_id unit_of_slope(struct network *network, const struct pool *pool, expr_id e)
{
    int64_t place;
    if (expr_kind(pool, e) != EXPR_APPLY)
        return -1;
    const struct function *function = function_peek(pool, e);
    node_id sum = network_node(network, expr_part(pool, e, 1));
    if (function->primes != 1 || !function_row(function->id)->name || sum < 0)
        return -1;
    const struct layer *layer = network_layer_of(network, sum, &place);
    return layer && layer_has_sum(layer, sum) ? layer->units.first + place : -1;
}

static bool is_slope(void *context, const struct pool *pool, expr_id part)
{
    return unit_of_slope(context, pool, part) >= 0;
}

static expr_id put_value(void *context, expr_id part)
{
    struct network *network = context;
    struct pool *pool = network_pool(network);
    expr_id unit = network_symbol(network, unit_of_slope(network, pool, part));
    function_write_values(pool, true);
    expr_id value =
        function_derivative(pool, defs_get(network_defs(network), unit), 0, unit);
    function_write_values(pool, false);
    return value;
}

expr_id signals_valued(struct network *network, expr_id e)
{
    struct pool *pool = network_pool(network);
    struct sites sites;
    expr_id valued = 0;
    sites_init(&sites);
    sites_find(&sites, pool, e, is_slope, network);
    if (sites.count)
        valued = sites_rewrite(pool, e, &sites, put_value, network);
    sites_clear(&sites);
    return valued && reduce_fractions(pool, valued) ? valued : 0;
}

expr_id signals_simplified(struct network *network, expr_id e)
{
    struct pool *pool = network_pool(network);
    expr_id valued = signals_valued(network, e), multiplied, assumed;
    expr_id less = reduce_fractions(pool, valued ? valued : e);
    if (!less)
        return e;
    multiplied = reduce_multiplied(pool, less);
    less = multiplied ? multiplied : less;
    assumed = signals_assumed(network, less);
    return assumed ? assumed : fold(pool, less);
}

/* What is divided by cancels, perhaps with what the derivatives of activations are; the
 * rest is multiplied out and collected where that is no longer. */
static void simplify(struct builder *builder)
{
    builder_apply_at_root(builder, RULE_VALUE_FORM);
    if (builder_apply_at_root(builder, RULE_REDUCE)) {
        builder_apply_at_root(builder, RULE_MULTIPLY_OUT);
        builder_apply_at_root(builder, RULE_ASSUME);
    }
    builder_apply_at_root(builder, RULE_TIDY);
    builder_apply_at_root(builder, RULE_COMMON_FACTOR);
}

/* The sum of the targets of the signal's sample; 0 if there are fewer than two. */
static expr_id sum_of_targets(struct network *network, const struct signal *signal)
{
    struct pool *pool = network_pool(network);
    struct expr_list targets;
    node_id target;
    expr_list_init(&targets);
    for (int64_t i = 0; (target = network_target(network, i)) >= 0; i++)
        if (network_sample(network, target) == network_sample(network, signal->node))
            expr_list_push(&targets, network_symbol(network, target));
    expr_id sum = targets.count > 1 ? expr_sum(pool, targets.items, targets.count) : 0;
    expr_list_clear(&targets);
    return sum;
}

static bool is_sum_of_targets(void *context, const struct pool *pool, expr_id part)
{
    const struct derivation *derivation = context;
    return reduce_is_sum(pool, part, derivation->sum_of_targets);
}

static expr_id put_one(void *context, expr_id part)
{
    struct derivation *derivation = context;
    (void)part;
    return expr_integer(network_pool(derivation->network), 1);
}

static void find_sum(struct derivation *derivation)
{
    struct pool *pool = network_pool(derivation->network);
    struct sites sites;
    if (derivation->signal_count)
        derivation->sum_of_targets =
            sum_of_targets(derivation->network, &derivation->signals[0]);
    if (!derivation->sum_of_targets)
        return;
    sites_init(&sites);
    sites_find(&sites, pool, derivation->signals[0].value, is_sum_of_targets, derivation);
    if (sites.count)
        derivation->signal_if_one =
            fold(pool, sites_rewrite(pool, derivation->signals[0].value, &sites, put_one,
                                     derivation));
    sites_clear(&sites);
}

/* dE/dz = sum over the outputs of dE/dy dy/dz. */
static expr_id derive_signal(struct builder *builder, const struct signal *signal)
{
    struct network *network = builder->derivation->network;
    expr_id start =
        expr_derivative(builder->pool, network_symbol(network, builder->derivation->to),
                        network_symbol(network, signal->node));
    builder_begin(builder, CHAIN_SIGNAL, signal->symbol, start)->output = signal->node;
    builder_apply_at_root(builder, RULE_CHAIN_RULE);
    builder_apply_where(builder, RULE_LOCAL, builder_is_local);
    simplify(builder);
    return chain_end(builder->chain);
}

static bool is_output(const struct derivation *derivation, node_id node)
{
    for (size_t i = 0; i < derivation->output_count; i++)
        if (derivation->outputs[i] == node)
            return true;
    return false;
}

void signals_derive(struct builder *builder)
{
    struct derivation *derivation = builder->derivation;
    for (size_t i = 0; i < derivation->signal_count; i++) {
        struct signal *signal = &derivation->signals[i];
        expr_id value = is_output(derivation, signal->node)
                            ? graph_label(derivation->graph, signal->node, derivation->to)
                            : derive_signal(builder, signal);
        backward_set_value(derivation, signal, value);
    }
    find_sum(derivation);
}
