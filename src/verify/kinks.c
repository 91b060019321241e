#include "verify/kinks.h"

#include "expr/function.h"
#include "verify/judge.h"

static bool has_kink(enum function_id id)
{
    return id == FUNCTION_RELU || id == FUNCTION_LEAKY_RELU || id == FUNCTION_ABS ||
           id == FUNCTION_MAX || id == FUNCTION_STEP || id == FUNCTION_SIGN;
}

static bool has_kinks(const struct pool *pool)
{
    for (expr_id e = 1; e <= pool_count(pool); e++)
        if (expr_kind(pool, e) == EXPR_FUNCTION &&
            has_kink(expr_peek_function(pool, e)->id))
            return true;
    return false;
}

void kinks_try(struct section *section, struct judged *judged)
{
    struct pool *pool = section->scope->pool;
    if (section->scope->network || !has_kinks(pool))
        return;
    struct pool_style *style = pool_style(pool);
    bool has_value = style->has_step_at_zero;
    style->has_step_at_zero = false;
    struct prover *prover = section_prover(section);
    judged->verdict = judge_pairs(prover, judged, &judged->proof, &judged->decided);
    prover_free(prover);
    style->has_step_at_zero = has_value;
    if (judged->verdict == VERDICT_REFUTED)
        return;
    judged->verdict = VERDICT_UNDECIDED;
    judged->proof.reason = NULL;
    diag_at(
        &judged->diags, DIAG_VERIFY_KINK,
        (struct place){section->reading->claims->document, judged->step->claim->right},
        (char *)NULL);
}
