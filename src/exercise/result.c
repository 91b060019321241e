#include "derive/form.h"
#include "exercise/parts.h"
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

static size_t count_leaves(const struct pool *pool, expr_id e)
{
    size_t leaves = expr_count(pool, e) == 0;
    for (size_t i = 0; i < expr_count(pool, e); i++)
        leaves += count_leaves(pool, expr_part(pool, e, i));
    return leaves;
}

static bool stands_in(const struct parts *parts, expr_id e)
{
    for (size_t i = 0; i < parts->count; i++)
        if (parts->items[i].e == e)
            return true;
    return false;
}

/* Whether there is a bracket as a factor that was none before. */
static bool has_new_bracket(const struct pool *pool, expr_id sum, expr_id result)
{
    struct parts before, after;
    bool found = false;
    parts_find(&before, pool, sum);
    parts_find(&after, pool, result);
    for (size_t i = 1; i < after.count; i++) {
        const struct part *part = &after.items[i];
        found = found || (expr_kind(pool, part->e) == EXPR_SUM &&
                          expr_kind(pool, part->whole) == EXPR_PRODUCT &&
                          !stands_in(&before, part->e));
    }
    parts_clear(&before);
    parts_clear(&after);
    return found;
}

static enum exercise_form form_of(const struct pool *pool, expr_id sum, expr_id result)
{
    if (count_leaves(pool, result) >= count_leaves(pool, sum))
        return FORM_SUM;
    return has_new_bracket(pool, sum, result) ? FORM_FACTORED : FORM_SHORTER;
}

/* The sum over paths first, then what became of it. */
static bool add_result(struct maker *maker, struct derivation *derivation,
                       struct exercise *exercise, expr_id result)
{
    bool is_sum = mpz_cmp_ui(graph_total(derivation->graph), 1) > 0;
    expr_id sum = is_sum ? form_sum(derivation, false) : result;
    if (expr_tree_size(maker->pool, sum) > MOST_SIZE ||
        (is_sum && !is_equal(maker, result, sum)))
        return false;
    exercise->form = form_of(maker->pool, sum, result);
    lines_push(&exercise->lines, sum);
    if (exercise->form != FORM_SUM)
        lines_push(&exercise->lines, result);
    return true;
}

bool make_result(struct maker *maker, node_id node, struct exercise *exercise)
{
    struct derivation *derivation = maker_derivation(maker, node);
    expr_id result = derivation ? maker_result(derivation) : 0;
    if (result == 0 || expr_tree_size(maker->pool, result) > MOST_SIZE ||
        !add_result(maker, derivation, exercise, result))
        return false;
    exercise->lines.left = derivation->left;
    add_granted(maker, derivation, exercise, result);
    mpz_set(exercise->path_count, graph_total(derivation->graph));
    return true;
}
