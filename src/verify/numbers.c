#include "verify/numbers.h"

#include "base/memory.h"
#include "base/number.h"
#include "expr/walk.h"
#include "tex/tree.h"
#include "verify/judge.h"
#include "verify/value.h"

#include <math.h>
#include <string.h>

enum {
    MOST_DECIMALS = 64,
    PLACES = 4,       /* that a rounded decimal has at least */
    MOST_PLACES = 40, /* and at most: balls see no more */
    SHOWN_DIGITS = 10
};

struct decimals {
    struct pool *pool;
    bool all; /* after `\approx` every decimal is rounded */
    struct value_interval items[MOST_DECIMALS];
    size_t count;
    bool is_vague; /* one of them may as well be exact */
};

static size_t places_of(const char *text)
{
    const char *point = strchr(text, '.');
    return point ? strlen(point + 1) : 0;
}

static bool is_rounded(const char *text)
{
    return places_of(text) >= PLACES && places_of(text) <= MOST_PLACES;
}

/* `0.0001`, which has a single digit. */
static bool is_vague(const char *text)
{
    return strlen(text + strspn(text, "0.")) <= 1;
}

static void add_decimal(struct decimals *decimals, const char *text)
{
    size_t places = places_of(text);
    mpq_t value;
    if (places == 0 || !(decimals->all || is_rounded(text)) ||
        decimals->count == MOST_DECIMALS)
        return;
    mpq_init(value);
    if (number_read(value, text, strlen(text), false) == NUMBER_OK)
        decimals->items[decimals->count++] = (struct value_interval){
            expr_number(decimals->pool, value), pow(10, -(double)places)};
    decimals->is_vague |= !decimals->all && is_vague(text);
    mpq_clear(value);
}

static bool take_number(void *context, const struct parse_node *node)
{
    if (node->kind == PARSE_NUMBER)
        add_decimal(context, node->text);
    return false;
}

static bool has_name(const struct pool *pool, expr_id e)
{
    struct expr_list symbols;
    expr_list_init(&symbols);
    walk_symbols(pool, e, &symbols);
    bool found = symbols.count > 0;
    expr_list_clear(&symbols);
    return found;
}

static bool is_value(struct network *network, const char *text)
{
    mpq_t value;
    bool found = false;
    mpq_init(value);
    bool is_read = number_read(value, text, strlen(text), false) == NUMBER_OK;
    for (node_id node = 0; is_read && !found && node < network_count(network); node++) {
        mpq_srcptr given = network_value(network, node);
        found = given && mpq_equal(given, value);
    }
    mpq_clear(value);
    return found;
}

/* A decimal that is, or may be, a value of the network in the place of a name. */
static bool is_put_in(void *context, const struct parse_node *node)
{
    return node->kind == PARSE_NUMBER && strchr(node->text, '.') &&
           ((is_rounded(node->text) && !is_vague(node->text)) ||
            is_value(context, node->text));
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
    bool is_named = false;
    for (size_t i = 0; i < judged->pair_count && !is_named; i++)
        is_named = has_name(section->scope->pool, judged->pairs[i].member);
    if (judged->step->claim->relation == CLAIM_APPROX)
        return true;
    if (is_named)
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

static void lack(struct section *section, struct judged *judged, expr_id missing)
{
    judged->verdict = VERDICT_UNDECIDED;
    diag_at(
        &judged->diags, DIAG_VERIFY_NO_VALUE,
        (struct place){section->reading->claims->document, judged->step->claim->right},
        expr_peek_name(section->scope->pool, missing), (char *)NULL);
}

static void judge_pair(struct section *section, struct judged *judged, size_t i,
                       const struct decimals *decimals)
{
    arb_t left, right;
    arb_init(left);
    arb_init(right);
    expr_id missing =
        value_of(left, section, judged->pairs[i].base, decimals->items, decimals->count);
    if (!missing)
        missing = value_of(right, section, judged->pairs[i].member, decimals->items,
                           decimals->count);
    if (missing) {
        lack(section, judged, missing);
    } else if (!arb_overlaps(left, right)) {
        judged->verdict = VERDICT_REFUTED;
        judged->decided = i;
        fill_proof(&judged->proof, left, right);
    }
    arb_clear(right);
    arb_clear(left);
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
    struct prover *prover = prover_new(&section->defs, section->budget, section->seed);
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

/* True if it is rounded, but not if it is exact. */
static void leave_vague(const struct section *section, struct judged *judged)
{
    judged->verdict = VERDICT_UNDECIDED;
    diag_at(
        &judged->diags, DIAG_VERIFY_UNDECIDED,
        (struct place){section->reading->claims->document, judged->step->claim->right},
        "a decimal of one digit may be exact", (char *)NULL);
}

void numbers_judge(struct section *section, struct judged *judged)
{
    struct decimals decimals = {.pool = section->scope->pool,
                                .all = judged->step->claim->relation == CLAIM_APPROX};
    tree_any(section->steps[judged->base].step->left, take_number, &decimals);
    tree_any(judged->step->right, take_number, &decimals);
    judge_rounded(section, judged, &decimals);
    bool is_exact = decimals.count == 0 && !decimals.all;
    if (judged->verdict != VERDICT_PROVED || !(is_exact || decimals.is_vague))
        return;
    judge_exactly(section, judged);
    if (judged->verdict == VERDICT_REFUTED && !is_exact)
        leave_vague(section, judged);
}
