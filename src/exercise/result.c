#include "derive/form.h"
#include "exercise/passage.h"
#include "expr/substitute.h"
#include "prove/prove.h"

enum { MOST_SIZE = 160 };

static expr_id put_in_signal(void *context, expr_id symbol)
{
    const struct derivation *derivation = context;
    for (size_t i = 0; i < derivation->signal_count; i++)
        if (derivation->signals[i].symbol == symbol)
            return derivation->signals[i].value;
    return symbol;
}

static bool is_equal(struct maker *maker, expr_id left, expr_id right)
{
    struct prover *prover = prover_new(network_defs(maker->network),
                                       maker->request->budget, maker->request->seed | 1);
    struct proof proof;
    proof_init(&proof);
    for (size_t i = 0; i < network_assumption_count(maker->network); i++) {
        expr_id assumed, value;
        network_assumption(maker->network, i, &assumed, &value);
        prove_assume(prover, assumed, value);
    }
    bool equal = prove_equal(prover, left, right, NULL, 0, &proof) == VERDICT_PROVED;
    proof_clear(&proof);
    prover_free(prover);
    return equal;
}

/* What is left of the result where targets add up to 1, as in `p_1 - t_1`. */
static void add_granted(struct maker *maker, struct derivation *derivation,
                        struct exercise *exercise, expr_id result)
{
    if (network_assumption_count(maker->network) == 0 || !derivation->has_signals)
        return;
    expr_id granted = substitute(maker->pool, form_factored(derivation, true),
                                 put_in_signal, derivation);
    if (expr_tree_size(maker->pool, granted) < expr_tree_size(maker->pool, result) &&
        is_equal(maker, result, granted))
        lines_push(&exercise->lines, granted);
}

bool make_result(struct maker *maker, node_id node, struct exercise *exercise)
{
    struct derivation *derivation = maker_derivation(maker, node);
    expr_id result = derivation ? maker_result(derivation) : 0;
    if (result == 0 || expr_tree_size(maker->pool, result) > MOST_SIZE)
        return false;
    exercise->lines.left = derivation->left;
    lines_push(&exercise->lines, result);
    add_granted(maker, derivation, exercise, result);
    mpz_set(exercise->path_count, graph_total(derivation->graph));
    return true;
}
