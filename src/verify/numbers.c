#include "verify/numbers.h"

#include "base/memory.h"
#include "base/number.h"
#include "expr/walk.h"
#include "tex/tree.h"
#include "verify/value.h"

#include <math.h>
#include <string.h>

enum { MOST_DECIMALS = 64, PLACES = 4, SHOWN_DIGITS = 10 };

struct decimals {
    struct pool *pool;
    bool all; /* after `\approx` every decimal is rounded */
    struct value_interval items[MOST_DECIMALS];
    size_t count;
};

static void add_decimal(struct decimals *decimals, const char *text)
{
    const char *point = strchr(text, '.');
    size_t places = point ? strlen(point + 1) : 0;
    mpq_t value;
    if (places == 0 || (places < PLACES && !decimals->all) ||
        decimals->count == MOST_DECIMALS)
        return;
    mpq_init(value);
    if (number_read(value, text, strlen(text), false) == NUMBER_OK)
        decimals->items[decimals->count++] = (struct value_interval){
            expr_number(decimals->pool, value), pow(10, -(double)places)};
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
    if (judged->step->claim->relation == CLAIM_APPROX || (has_values && !is_named))
        return true;
    return (has_values || !is_named) && tree_any(judged->step->right, is_decimal, NULL);
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

void numbers_judge(struct section *section, struct judged *judged)
{
    struct decimals decimals = {.pool = section->scope->pool,
                                .all = judged->step->claim->relation == CLAIM_APPROX};
    tree_any(section->steps[judged->base].step->left, take_number, &decimals);
    tree_any(judged->step->right, take_number, &decimals);
    judged->verdict = VERDICT_PROVED;
    for (size_t i = 0; i < judged->pair_count && judged->verdict == VERDICT_PROVED; i++)
        judge_pair(section, judged, i, &decimals);
}
