#include "verify/judge.h"

#include "base/memory.h"
#include "expr/walk.h"
#include "verify/condition.h"
#include "verify/definitions.h"
#include "verify/local.h"
#include "verify/numbers.h"

#include <string.h>

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

enum verdict judge_pairs(struct section *section, struct prover *prover,
                         const struct judged *judged, struct proof *proof,
                         size_t *decided)
{
    enum verdict worst = VERDICT_PROVED;
    struct proof one;
    (void)section;
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

/* --- what a refutation does not hold against --- */

static bool is_undefined_derivative(struct section *section, expr_id e)
{
    struct pool *pool = section->scope->pool;
    if (section->scope->network || expr_kind(pool, e) != EXPR_DERIVATIVE ||
        expr_kind(pool, expr_part(pool, e, 0)) != EXPR_SYMBOL)
        return false;
    expr_id of = expr_part(pool, e, 0), by = expr_part(pool, e, 1);
    struct expr_list symbols;
    bool hangs = of == by;
    expr_list_init(&symbols);
    walk_symbols_deep(&section->defs, of, &symbols);
    for (size_t i = 0; i < symbols.count && !hangs; i++)
        hangs = symbols.items[i] == by;
    expr_list_clear(&symbols);
    return !hangs;
}

/* A symbol of which not enough is known, or a derivative for which the document shows no
   path; 0 if there is none. */
static expr_id find_doubt(struct section *section, expr_id e)
{
    struct expr_list list;
    expr_id doubt = 0;
    expr_list_init(&list);
    walk_nodes(section->scope->pool, e, &list);
    for (size_t i = 0; i < list.count && !doubt; i++)
        if (is_undefined_derivative(section, list.items[i]))
            doubt = list.items[i];
    list.count = 0;
    walk_symbols_deep(&section->defs, e, &list);
    for (size_t i = 0; i < list.count && !doubt; i++)
        if (scope_is_doubtful(section->scope, list.items[i]))
            doubt = list.items[i];
    expr_list_clear(&list);
    return doubt;
}

static void doubt(struct section *section, struct judged *judged, expr_id e)
{
    struct pool *pool = section->scope->pool;
    struct place place = {section->reading->claims->document, judged->step->claim->right};
    judged->verdict = VERDICT_UNDECIDED;
    if (expr_kind(pool, e) == EXPR_SYMBOL) {
        diag_at(&judged->diags, DIAG_VERIFY_DOUBT, place, expr_peek_name(pool, e),
                (char *)NULL);
        return;
    }
    judged->role = ROLE_UNREAD;
    diag_at(&judged->diags, DIAG_VERIFY_NO_PATH, place,
            expr_peek_name(pool, expr_part(pool, e, 0)),
            expr_peek_name(pool, expr_part(pool, e, 1)), (char *)NULL);
}

/* --- names that are introduced --- */

static bool is_used(struct section *section, expr_id e, expr_id symbol)
{
    struct expr_list symbols;
    bool found = false;
    expr_list_init(&symbols);
    walk_symbols(section->scope->pool, e, &symbols);
    for (size_t i = 0; i < symbols.count && !found; i++)
        found = symbols.items[i] == symbol;
    expr_list_clear(&symbols);
    return found;
}

/* Whether a symbol stands in no other chain. */
static bool is_only_here(struct section *section, const struct judged *judged,
                         expr_id symbol)
{
    uint32_t chain = judged->step->claim->chain;
    for (size_t i = section->first; i < section->end; i++) {
        const struct judged *other = &section->steps[i];
        for (size_t k = 0; k < other->pair_count; k++)
            if ((other->step->claim->chain != chain ||
                 other->pairs[k].base != judged->pairs[0].base) &&
                (is_used(section, other->pairs[k].base, symbol) ||
                 is_used(section, other->pairs[k].member, symbol)))
                return false;
    }
    return true;
}

/* `-\log L = …`, where L stands nowhere else, says what L is. */
static bool introduces(struct section *section, const struct judged *judged)
{
    struct pool *pool = section->scope->pool;
    expr_id base = judged->pairs[0].base;
    struct expr_list symbols;
    bool found = false;
    if (section->scope->network || section_holds_derivative(section, base))
        return false;
    expr_list_init(&symbols);
    walk_symbols(pool, base, &symbols);
    for (size_t i = 0; i < symbols.count && !found; i++)
        found = !section_definition(section, symbols.items[i]) &&
                is_only_here(section, judged, symbols.items[i]);
    expr_list_clear(&symbols);
    return found;
}

static void doubt_refutation(struct section *section, struct judged *judged)
{
    const struct pair *pair = &judged->pairs[judged->decided];
    expr_id found = find_doubt(section, pair->base);
    if (!found)
        found = find_doubt(section, pair->member);
    if (found)
        doubt(section, judged, found);
}

static void check_refutation(struct section *section, struct judged *judged)
{
    if (introduces(section, judged))
        judged->role = ROLE_NAMING;
    else
        doubt_refutation(section, judged);
}

/* --- one step --- */

static void note_reason(struct section *section, struct judged *judged)
{
    struct place place = {section->reading->claims->document, judged->step->claim->right};
    if (judged->verdict == VERDICT_UNDECIDED && judged->proof.reason)
        diag_at(&judged->diags, DIAG_VERIFY_UNDECIDED, place, judged->proof.reason,
                (char *)NULL);
}

static void judge_step(struct section *section, size_t i)
{
    struct judged *judged = &section->steps[i];
    if (judged->role == ROLE_UNREAD || judged->role == ROLE_NAMING)
        return;
    judged->verdict =
        judge_pairs(section, section->prover, judged, &judged->proof, &judged->decided);
    if (judged->verdict != VERDICT_PROVED && numbers_are_meant(section, judged)) {
        numbers_judge(section, judged);
        if (judged->verdict == VERDICT_REFUTED)
            doubt_refutation(section, judged);
        return;
    }
    if (judged->verdict == VERDICT_REFUTED)
        local_try(section, judged);
    if (judged->verdict == VERDICT_REFUTED)
        condition_try(section, judged);
    if (judged->verdict == VERDICT_REFUTED)
        check_refutation(section, judged);
    note_reason(section, judged);
    if (judged->verdict == VERDICT_PROVED && !judged->step->claim->continues &&
        definitions_name(section, judged->step))
        judged->role = ROLE_DEFINITION;
}

void judge_steps(struct section *section)
{
    for (size_t i = section->first; i < section->end; i++)
        judge_step(section, i);
}
