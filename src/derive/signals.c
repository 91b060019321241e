#include "derive/signals.h"

#include "derive/backward.h"
#include "derive/reduce.h"
#include "expr/diff.h"

expr_id signals_simplified(struct network *network, expr_id e)
{
    struct pool *pool = network_pool(network);
    expr_id less = reduce_fractions(pool, e);
    expr_id multiplied = less ? reduce_multiplied(pool, less) : 0;
    return less ? fold(pool, multiplied ? multiplied : less) : e;
}

/* What is divided by cancels; the rest is multiplied out and collected where that is no longer. */
static void simplify(struct builder *builder)
{
    if (builder_apply_at_root(builder, RULE_REDUCE)) {
        builder_apply_at_root(builder, RULE_MULTIPLY_OUT);
        builder_apply_at_root(builder, RULE_ASSUME);
    }
    builder_apply_at_root(builder, RULE_TIDY);
    builder_apply_at_root(builder, RULE_COMMON_FACTOR);
}

/* dE/dz = sum over the outputs of dE/dy dy/dz. */
static expr_id derive_signal(struct builder *builder, const struct signal *signal)
{
    struct network *network = builder->derivation->network;
    expr_id start = expr_derivative(builder->pool, network_symbol(network, builder->derivation->to),
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
}
