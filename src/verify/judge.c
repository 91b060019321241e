#include "verify/judge.h"

#include "expr/walk.h"
#include "verify/condition.h"
#include "verify/definitions.h"
#include "verify/divisors.h"
#include "verify/doubts.h"
#include "verify/kinks.h"
#include "verify/local.h"
#include "verify/logistic.h"
#include "verify/nowhere.h"
#include "verify/numbers.h"

static void swap_proofs(struct proof *a, struct proof *b)
{
    struct proof other = *a;
    *a = *b;
    *b = other;
}

/* Less certain verdicts count more, a refutation most. */
static int weight(enum verdict verdict)
{
    static const int weights[] = {[VERDICT_PROVED] = 0,
                                  [VERDICT_PROBABLE] = 1,
                                  [VERDICT_UNDECIDED] = 2,
                                  [VERDICT_REFUTED] = 3};
    return weights[verdict];
}

enum verdict judge_pairs(struct prover *prover, const struct judged *judged,
                         struct proof *proof, size_t *decided)
{
    enum verdict worst = VERDICT_PROVED;
    struct proof one;
    proof_init(&one);
    for (size_t i = 0; i < judged->pair_count && worst != VERDICT_REFUTED; i++) {
        enum verdict verdict = prove_equal(prover, judged->pairs[i].base,
                                           judged->pairs[i].member, NULL, 0, &one);
        if (i > 0 && weight(verdict) <= weight(worst))
            continue;
        worst = verdict;
        *decided = i;
        swap_proofs(proof, &one);
    }
    proof_clear(&one);
    return worst;
}

static bool may_be_equal(struct prover *prover, expr_id left, expr_id right)
{
    const expr_id sides[] = {left, right};
    uint64_t values[2], prime;
    return !prove_values(prover, sides, 2, values, &prime) || values[0] == values[1];
}

bool judge_is_equal(struct prover *prover, expr_id left, expr_id right)
{
    struct proof proof;
    proof_init(&proof);
    bool equal = may_be_equal(prover, left, right) &&
                 prove_equal(prover, left, right, NULL, 0, &proof) == VERDICT_PROVED;
    proof_clear(&proof);
    return equal;
}

bool judge_holds(struct prover *prover, const struct judged *judged)
{
    for (size_t i = 0; i < judged->pair_count; i++)
        if (!judge_is_equal(prover, judged->pairs[i].base, judged->pairs[i].member))
            return false;
    return true;
}

size_t judge_find_nowhere(struct section *section, const struct judged *judged)
{
    size_t i = 0;
    while (i < judged->pair_count && !nowhere_holds(section, judged->pairs[i].base) &&
           !nowhere_holds(section, judged->pairs[i].member))
        i++;
    return i;
}

/* --- one step --- */

static void note_reason(struct section *section, struct judged *judged)
{
    struct place place = {section->reading->claims->document, judged->step->claim->right};
    if (judged->verdict == VERDICT_UNDECIDED && judged->proof.reason)
        diag_at(&judged->diags, DIAG_VERIFY_UNDECIDED, place, judged->proof.reason,
                (char *)NULL);
}

/* A proof may not need what has no value: a derivative without a path is 0. */
static void check_defined(struct section *section, struct judged *judged)
{
    size_t pair = judge_find_nowhere(section, judged);
    if (pair == judged->pair_count)
        return;
    judged->verdict = VERDICT_REFUTED;
    judged->decided = pair;
    judged->proof.has_left = !nowhere_holds(section, judged->pairs[pair].base);
    judged->proof.has_right = !nowhere_holds(section, judged->pairs[pair].member);
}

static void judge_step(struct section *section, size_t i)
{
    struct judged *judged = &section->steps[i];
    if (judged->role == ROLE_UNREAD || judged->role == ROLE_NAMING)
        return;
    judged->verdict =
        judge_pairs(section->prover, judged, &judged->proof, &judged->decided);
    if (judged->verdict != VERDICT_PROVED && numbers_are_meant(section, judged)) {
        numbers_judge(section, judged);
        if (judged->verdict == VERDICT_REFUTED)
            doubts_of_refutation(section, judged);
        return;
    }
    if (judged->verdict == VERDICT_REFUTED)
        local_try(section, judged);
    if (judged->verdict == VERDICT_REFUTED)
        condition_try(section, judged);
    if (judged->verdict == VERDICT_REFUTED)
        logistic_try(section, judged);
    if (judged->verdict == VERDICT_REFUTED)
        kinks_try(section, judged);
    if (judged->verdict == VERDICT_REFUTED)
        doubts_check(section, judged);
    else if (judged->verdict == VERDICT_PROVED && !judged->condition)
        doubts_of_zeros(section, judged);
    note_reason(section, judged);
    if (judged->verdict == VERDICT_PROVED && !judged->step->claim->continues &&
        definitions_name(section, judged->step))
        judged->role = ROLE_DEFINITION;
    if (judged->verdict == VERDICT_PROVED && judged->role == ROLE_CLAIM)
        check_defined(section, judged);
    if (judged->verdict == VERDICT_PROVED && judged->role == ROLE_CLAIM &&
        !judged->condition)
        divisors_note(section, judged);
}

void judge_steps(struct section *section)
{
    for (size_t i = section->first; i < section->end; i++)
        judge_step(section, i);
}
