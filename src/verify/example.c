#include "verify/example.h"

#include "expr/walk.h"
#include "tex/tree.h"
#include "verify/judge.h"

#include <ctype.h>
#include <string.h>

static bool is_a_name(void *context, const struct parse_node *node)
{
    (void)context;
    return node->kind == PARSE_NAME;
}

/* --- values that are given --- */

/* `x = 2` */
static bool gives_value(const struct reading_step *step)
{
    return step->left && step->right && step->left->kind == PARSE_NAME &&
           !tree_any(step->right, is_a_name, NULL);
}

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t\n\r");
}

/* `$t = 5$`, which is no step: t may be an index. */
static bool is_in_text(const char *text)
{
    for (const char *at = text; (at = strchr(at, '$')) != NULL;) {
        at = skip_blanks(at + 1);
        if (!isalpha((unsigned char)*at))
            continue;
        const char *sign = skip_blanks(at + 1);
        if (*sign != '=')
            continue;
        const char *digits = skip_blanks(sign + 1);
        digits += *digits == '-';
        const char *end = skip_blanks(digits + strspn(digits, "0123456789."));
        if (isdigit((unsigned char)*digits) && (*end == '$' || *end == ','))
            return true;
    }
    return false;
}

static bool has_values(struct section *section)
{
    const struct reading *reading = section->reading;
    if (section->example == EXAMPLE_UNKNOWN) {
        section->example =
            is_in_text(reading->claims->document->text) ? EXAMPLE_GIVEN : EXAMPLE_NONE;
        for (size_t i = 0; i < reading->count; i++)
            if (gives_value(&reading->steps[i]))
                section->example = EXAMPLE_GIVEN;
    }
    return section->example == EXAMPLE_GIVEN;
}

static bool is_number(const struct pool *pool, expr_id e)
{
    struct expr_list symbols;
    expr_list_init(&symbols);
    walk_symbols(pool, e, &symbols);
    bool is = symbols.count == 0;
    expr_list_clear(&symbols);
    return is;
}

/* Takes the values that the document gives its names so far. A name with two of them is
   in `several`. */
static void assume_values(struct section *section, struct prover *prover,
                          struct expr_list *several)
{
    const struct pool *pool = section->scope->pool;
    for (size_t i = 0; i < section->end; i++)
        for (size_t k = 0; k < section->steps[i].pair_count; k++) {
            struct pair pair = section->steps[i].pairs[k];
            if (expr_kind(pool, pair.base) != EXPR_SYMBOL ||
                section_definition(section, pair.base) || !is_number(pool, pair.member))
                continue;
            expr_id before = prove_assumed(prover, pair.base);
            if (!before)
                prove_assume(prover, pair.base, pair.member);
            else if (!judge_is_equal(section->prover, before, pair.member))
                expr_list_push(several, pair.base);
        }
}

/* --- names with numbers in their place --- */

/* Whether some name that `e` hangs on, and that `other` does not, has no value, or more
   than one. */
static bool lacks_value(struct section *section, const struct prover *prover,
                        const struct expr_list *several, struct pair pair)
{
    struct expr_list symbols;
    bool lacks = false;
    expr_list_init(&symbols);
    walk_symbols_deep(&section->defs, pair.base, &symbols);
    for (size_t i = 0; i < symbols.count && !lacks; i++) {
        expr_id symbol = symbols.items[i];
        lacks = !section_definition(section, symbol) && !prove_assumed(prover, symbol) &&
                !section_hangs_on(section, pair.member, symbol);
        for (size_t k = 0; k < several->count && !lacks; k++)
            lacks = several->items[k] == symbol;
    }
    expr_list_clear(&symbols);
    return lacks;
}

/* A number that general formulas rarely have. */
static bool is_of_example(void *context, const struct parse_node *node)
{
    (void)context;
    return node->kind == PARSE_NUMBER && strcmp(node->text, "0") != 0 &&
           strcmp(node->text, "1") != 0 && strcmp(node->text, "2") != 0;
}

/* `(6-5) x`: true with the values given, or some of them are not. */
static bool may_hold(struct section *section, const struct judged *judged)
{
    struct prover *prover = section_prover(section);
    struct expr_list several;
    expr_list_init(&several);
    assume_values(section, prover, &several);
    bool may = judge_holds(prover, judged) ||
               (tree_any(judged->step->right, is_of_example, NULL) &&
                lacks_value(section, prover, &several, judged->pairs[judged->decided]));
    expr_list_clear(&several);
    prover_free(prover);
    return may;
}

/* --- numbers alone --- */

static bool is_computed(const struct parse_node *node)
{
    return node->kind == PARSE_SUM || node->kind == PARSE_PRODUCT ||
           node->kind == PARSE_POWER;
}

static bool has_names(const struct judged *judged)
{
    return !judged->step->right || tree_any(judged->step->right, is_a_name, NULL);
}

/* `(6-5)\cdot 2`, and a number that such a chain comes to. */
static bool is_put_in(const struct section *section, const struct judged *judged)
{
    const struct judged *first = section->steps + section->first;
    while (!has_names(judged) && !is_computed(judged->step->right) &&
           judged->step->claim->continues && judged > first)
        judged--;
    return !has_names(judged) && is_computed(judged->step->right);
}

/* Whether the left side is the same number for all values. */
static bool is_constant(struct section *section, const struct judged *judged)
{
    const struct proof *proof = &judged->proof;
    struct pool *pool = section->scope->pool;
    return !proof->has_left ||
           (mpq_sgn(proof->left_error) == 0 &&
            judge_is_equal(section->prover, judged->pairs[judged->decided].base,
                           expr_number(pool, proof->left)));
}

bool example_is_meant(struct section *section, const struct judged *judged)
{
    const struct network *network = section->scope->network;
    if (network && network_has_values(network))
        return false;
    if (has_names(judged))
        return has_values(section) && may_hold(section, judged);
    return (has_values(section) || is_put_in(section, judged)) &&
           !is_constant(section, judged);
}
