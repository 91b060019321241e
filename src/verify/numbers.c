#include "verify/numbers.h"

#include "base/memory.h"
#include "base/number.h"
#include "expr/walk.h"
#include "tex/tree.h"
#include "verify/decimals.h"
#include "verify/judge.h"
#include "verify/slope.h"

#include <string.h>

enum { SHOWN_DIGITS = 10 };

static bool has_name(const struct pool *pool, expr_id e)
{
    struct expr_list symbols;
    expr_list_init(&symbols);
    walk_symbols(pool, e, &symbols);
    bool found = symbols.count > 0;
    expr_list_clear(&symbols);
    return found;
}

/* Whether names stand on the right, or in what a step began with. */
static bool has_names(const struct section *section, const struct judged *judged,
                      bool is_base)
{
    for (size_t i = 0; i < judged->pair_count; i++)
        if (has_name(section->scope->pool,
                     is_base ? judged->pairs[i].base : judged->pairs[i].member))
            return true;
    return false;
}

static struct decimals decimals_of(const struct section *section,
                                   const struct judged *judged, bool skips_vague)
{
    bool is_approx = judged->step->claim->relation == CLAIM_APPROX;
    struct decimals decimals = {.pool = section->scope->pool,
                                .is_approx = is_approx,
                                .is_of_numbers =
                                    is_approx && !has_names(section, judged, true),
                                .skips_vague = skips_vague};
    decimals_take(&decimals, section->steps[judged->base].step->left);
    decimals_take(&decimals, judged->step->right);
    return decimals;
}

/* A decimal that is, or may be, a value of the network in the place of a name. */
static bool is_put_in(void *context, const struct parse_node *node)
{
    return node->kind == PARSE_NUMBER && strchr(node->text, '.') &&
           ((decimals_is_rounded(node->text) && !decimals_is_vague(node->text)) ||
            decimals_is_value(context, node->text));
}

static bool is_decimal(void *context, const struct parse_node *node)
{
    (void)context;
    return node->kind == PARSE_NUMBER && strchr(node->text, '.');
}

bool numbers_are_meant(const struct section *section, const struct judged *judged)
{
    struct network *network = section->scope->network;
    bool has_values = network && network_has_values(network);
    if (judged->step->claim->relation == CLAIM_APPROX)
        return true;
    if (has_names(section, judged, false))
        return has_values && tree_any(judged->step->right, is_put_in, network);
    return has_values || tree_any(judged->step->right, is_decimal, NULL);
}

/* A decimal near the middle of a ball. */
static void set_decimal(mpq_ptr decimal, arb_srcptr value)
{
    char *text = arb_get_str(value, SHOWN_DIGITS, ARB_STR_NO_RADIUS);
    if (number_read(decimal, text, strlen(text), true) != NUMBER_OK)
        mpq_set_ui(decimal, 0, 1);
    flint_free(text);
}

static void fill_proof(struct proof *proof, arb_srcptr left, arb_srcptr right)
{
    proof_clear(proof);
    proof_init(proof);
    set_decimal(proof->left, left);
    set_decimal(proof->right, right);
    mpq_set_ui(proof->left_error, 1, 1000000000);
    proof->has_left = proof->has_right = true;
}

/* What gives a value to a name cannot be held against another. */
static void lack(struct section *section, struct judged *judged, expr_id missing)
{
    const struct pool *pool = section->scope->pool;
    struct place place = {section->reading->claims->document, judged->step->claim->right};
    struct buf name;
    buf_init(&name);
    judged->verdict = VERDICT_UNDECIDED;
    if (slope_is(pool, missing))
        slope_write(pool, missing, &name);
    else
        buf_text(&name, expr_peek_name(pool, missing));
    if (judged->pairs[0].base == missing)
        diag_at(&judged->diags, DIAG_VERIFY_TELLS, place, (char *)NULL);
    else
        diag_at(&judged->diags, DIAG_VERIFY_NO_VALUE, place, buf_peek(&name),
                (char *)NULL);
    buf_clear(&name);
}

struct comparison {
    arb_t left, right;
    expr_id missing; /* what has no value, or 0 */
};

static void compare(struct comparison *comparison, struct section *section, expr_id left,
                    expr_id right, const struct decimals *decimals)
{
    arb_init(comparison->left);
    arb_init(comparison->right);
    comparison->missing =
        value_of(comparison->left, section, left, decimals->items, decimals->count);
    if (!comparison->missing)
        comparison->missing =
            value_of(comparison->right, section, right, decimals->items, decimals->count);
}

static void comparison_clear(struct comparison *comparison)
{
    arb_clear(comparison->right);
    arb_clear(comparison->left);
}

static bool is_near(struct section *section, expr_id left, expr_id right,
                    const struct decimals *decimals)
{
    struct comparison comparison;
    compare(&comparison, section, left, right, decimals);
    bool near = !comparison.missing && arb_overlaps(comparison.left, comparison.right);
    comparison_clear(&comparison);
    return near;
}

static void judge_pair(struct section *section, struct judged *judged, size_t i,
                       const struct decimals *decimals)
{
    struct comparison comparison;
    compare(&comparison, section, judged->pairs[i].base, judged->pairs[i].member,
            decimals);
    if (comparison.missing) {
        lack(section, judged, comparison.missing);
    } else if (!arb_overlaps(comparison.left, comparison.right)) {
        judged->verdict = VERDICT_REFUTED;
        judged->decided = i;
        fill_proof(&judged->proof, comparison.left, comparison.right);
    }
    comparison_clear(&comparison);
}

/* --- exactly --- */

static void assume_values(struct section *section, struct prover *prover, expr_id e)
{
    struct network *network = section->scope->network;
    struct expr_list symbols;
    expr_list_init(&symbols);
    walk_symbols_deep(&section->defs, e, &symbols);
    for (size_t i = 0; network && i < symbols.count; i++) {
        node_id node = network_node(network, symbols.items[i]);
        mpq_srcptr value = node >= 0 ? network_value(network, node) : NULL;
        if (value && !prove_assumed(prover, symbols.items[i]))
            prove_assume(prover, symbols.items[i],
                         expr_number(section->scope->pool, value));
    }
    expr_list_clear(&symbols);
}

/* Balls that overlap prove nothing of exact numbers: those are proved to be equal. */
static void judge_exactly(struct section *section, struct judged *judged)
{
    struct prover *prover = section_prover(section);
    for (size_t i = 0; i < judged->pair_count; i++) {
        assume_values(section, prover, judged->pairs[i].base);
        assume_values(section, prover, judged->pairs[i].member);
    }
    judged->verdict = judge_pairs(prover, judged, &judged->proof, &judged->decided);
    prover_free(prover);
}

static void judge_rounded(struct section *section, struct judged *judged,
                          const struct decimals *decimals)
{
    judged->verdict = VERDICT_PROVED;
    for (size_t i = 0; i < judged->pair_count && judged->verdict == VERDICT_PROVED; i++)
        judge_pair(section, judged, i, decimals);
}

static void leave(const struct section *section, struct judged *judged,
                  const char *reason)
{
    judged->verdict = VERDICT_UNDECIDED;
    diag_at(
        &judged->diags, DIAG_VERIFY_UNDECIDED,
        (struct place){section->reading->claims->document, judged->step->claim->right},
        reason, (char *)NULL);
}

/* Of a step that is true where all its decimals are rounded. */
static void judge_strictly(struct section *section, struct judged *judged)
{
    struct decimals decimals = decimals_of(section, judged, true);
    if (decimals.count == 0 && !decimals.is_approx)
        judge_exactly(section, judged);
    else
        judge_rounded(section, judged, &decimals);
    if (judged->verdict == VERDICT_REFUTED && decimals.has_vague)
        leave(section, judged, NC_("diagnostic", "a decimal of few digits may be exact"));
}

/* --- computed from the member before --- */

/* Whether the digits as written in the member before give this one: who computes with
   rounded numbers is off by more than a unit in the end. */
static bool is_computed(struct section *section, const struct judged *judged)
{
    const struct judged *before = judged - 1;
    struct decimals decimals = {.pool = section->scope->pool,
                                .is_approx =
                                    judged->step->claim->relation == CLAIM_APPROX};
    if (!judged->step->claim->continues || before->verdict != VERDICT_PROVED ||
        before->role == ROLE_UNREAD || before->pair_count != judged->pair_count)
        return false;
    decimals_take_result(&decimals, judged->step->right);
    for (size_t i = 0; i < judged->pair_count; i++) {
        expr_id from = before->pairs[i].member, to = judged->pairs[i].member;
        if (decimals.count > 0 ? !is_near(section, from, to, &decimals)
                               : !judge_is_equal(section->prover, from, to))
            return false;
    }
    return true;
}

/* Whether names have been replaced by values of two or three digits that make it true. */
static bool may_be_rounded(struct section *section, const struct judged *judged)
{
    struct decimals decimals = {.pool = section->scope->pool,
                                .rounded_for = section->scope->network};
    if (!has_names(section, judged, true))
        return false;
    decimals_take(&decimals, judged->step->right);
    for (size_t i = 0; i < judged->pair_count; i++)
        if (!is_near(section, judged->pairs[i].base, judged->pairs[i].member, &decimals))
            return false;
    return true;
}

void numbers_judge(struct section *section, struct judged *judged)
{
    struct decimals decimals = decimals_of(section, judged, false);
    judge_rounded(section, judged, &decimals);
    if (judged->verdict == VERDICT_REFUTED && decimals.is_full)
        leave(section, judged, NC_("diagnostic", "it has too many decimals"));
    else if (judged->verdict == VERDICT_REFUTED && is_computed(section, judged))
        judged->verdict = VERDICT_PROVED;
    else if (judged->verdict == VERDICT_REFUTED && may_be_rounded(section, judged))
        leave(section, judged,
              NC_("diagnostic", "true only if its decimals are rounded"));
    else if (judged->verdict == VERDICT_PROVED &&
             (decimals.has_vague || decimals.count == 0))
        judge_strictly(section, judged);
}

/* --- for blame --- */

static bool is_equal_exactly(struct section *section, expr_id left, expr_id right)
{
    struct prover *prover = section_prover(section);
    assume_values(section, prover, left);
    assume_values(section, prover, right);
    bool equal = judge_is_equal(prover, left, right);
    prover_free(prover);
    return equal;
}

/* As near as rounded decimals of the later step tell; equal if it has none. */
static bool agrees(struct section *section, expr_id left, expr_id right,
                   const struct decimals *decimals, bool is_exact)
{
    return is_exact ? is_equal_exactly(section, left, right)
                    : is_near(section, left, right, decimals);
}

bool numbers_hold(struct section *section, const struct judged *judged)
{
    struct decimals decimals = decimals_of(section, judged, false);
    bool holds = numbers_are_meant(section, judged);
    for (size_t i = 0; i < judged->pair_count && holds; i++)
        holds = agrees(section, judged->pairs[i].base, judged->pairs[i].member, &decimals,
                       decimals.count == 0);
    return holds;
}

bool numbers_repeat(struct section *section, const struct judged *before,
                    const struct judged *judged)
{
    struct decimals decimals = decimals_of(section, judged, false);
    bool is_exact = decimals.count == 0;
    bool same =
        before->pair_count == judged->pair_count && numbers_are_meant(section, judged);
    decimals.is_approx = before->step->claim->relation == CLAIM_APPROX;
    decimals_take(&decimals, before->step->right);
    for (size_t i = 0; i < judged->pair_count && same; i++)
        same = before->pairs[i].base == judged->pairs[i].base &&
               agrees(section, before->pairs[i].member, judged->pairs[i].member,
                      &decimals, is_exact);
    return same;
}
