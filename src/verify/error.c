#include "verify/error.h"

#include "base/name.h"
#include "verify/signals.h"
#include "verify/slope.h"

#include <string.h>

/* Whether a step's left side is a derivative of a symbol: that symbol, or 0. */
static expr_id differentiated(const struct section *section, size_t step)
{
    const struct pool *pool = section->scope->pool;
    const struct judged *judged = &section->steps[step];
    if (judged->pair_count == 0)
        return 0;
    expr_id base = judged->pairs[0].base;
    if (expr_kind(pool, base) != EXPR_DERIVATIVE ||
        expr_kind(pool, expr_part(pool, base, 0)) != EXPR_SYMBOL)
        return 0;
    return expr_part(pool, base, 0);
}

/* Whether a step that was not read speaks of a name: it may be its definition. */
static bool may_be_defined(const struct section *section, expr_id symbol)
{
    const char *text = section->reading->claims->text.text;
    struct name name;
    bool found = false;
    if (!name_split(&name, expr_peek_name(section->scope->pool, symbol)))
        return false;
    for (size_t i = section->first; i < section->end && !found; i++) {
        const struct claim *claim = section->steps[i].step->claim;
        found = section->steps[i].role == ROLE_UNREAD &&
                memmem(text + claim->left.begin, claim->right.end - claim->left.begin,
                       name.head, name.head_length);
    }
    return found;
}

bool error_is_used(struct section *section, expr_id symbol)
{
    for (expr_id e = 1; e < section->value_count; e++)
        if (section->values[e].value &&
            section_hangs_on(section, section->values[e].value, symbol))
            return true;
    return false;
}

void error_variables(const struct section *section, expr_id of,
                     struct expr_list *variables)
{
    const struct pool *pool = section->scope->pool;
    for (expr_id e = 1; e <= pool_count(pool); e++)
        if (expr_kind(pool, e) == EXPR_DERIVATIVE && expr_part(pool, e, 0) == of &&
            expr_kind(pool, expr_part(pool, e, 1)) == EXPR_SYMBOL)
            expr_list_push(variables, expr_part(pool, e, 1));
}

/* Linear in what it is differentiated by last, with unknown coefficients and an unknown
   value at 0: enough for first derivatives. */
static void model_error(struct section *section, expr_id error)
{
    struct pool *pool = section->scope->pool;
    struct expr_list variables, terms;
    expr_list_init(&variables);
    expr_list_init(&terms);
    error_variables(section, error, &variables);
    for (size_t i = 0; i < variables.count; i++) {
        bool is_last = true;
        for (size_t k = 0; k < variables.count && is_last; k++)
            is_last = k == i ||
                      !section_hangs_on(section, variables.items[k], variables.items[i]);
        if (!is_last)
            continue;
        expr_id slope = slope_symbol(pool, error, variables.items[i]);
        expr_list_push(&terms, expr_multiply(pool, slope, variables.items[i]));
    }
    bool has_terms = terms.count > 0;
    expr_list_push(&terms, slope_symbol(pool, error, 0));
    if (has_terms)
        section_define(section, error, expr_sum(pool, terms.items, terms.count),
                       section->first);
    expr_list_clear(&terms);
    expr_list_clear(&variables);
}

/* Whether `error` is nearer to the end than `other`, or is differentiated more. */
static bool is_later(struct section *section, expr_id error, expr_id other)
{
    size_t counts[2] = {0, 0};
    if (!other || section_hangs_on(section, error, other) ||
        section_hangs_on(section, other, error))
        return !other || section_hangs_on(section, error, other);
    for (size_t i = section->first; i < section->end; i++) {
        counts[0] += differentiated(section, i) == error;
        counts[1] += differentiated(section, i) == other;
    }
    return counts[0] > counts[1];
}

expr_id error_find(struct section *section)
{
    expr_id error = 0, before = 0, unknown = scope_unknown_error(section->scope);
    for (size_t i = section->first; i < section->end; i++) {
        expr_id of = differentiated(section, i);
        if (of && of != unknown && of != before && of != error &&
            is_later(section, of, error))
            error = of;
        before = of;
    }
    return error;
}

void error_complete(struct section *section)
{
    if (section->scope->network)
        return;
    signals_complete(section);
    for (size_t i = section->first; i < section->end; i++) {
        expr_id of = differentiated(section, i);
        if (!of || section_definition(section, of) || error_is_used(section, of))
            continue;
        if (may_be_defined(section, of))
            scope_doubt(section->scope, of);
        model_error(section, of);
    }
    expr_id error = error_find(section);
    if (error)
        section->scope->error = error;
}

static bool is_some_derivative(struct section *section, expr_id value)
{
    struct pool *pool = section->scope->pool;
    struct proof proof;
    bool found = false;
    proof_init(&proof);
    for (expr_id symbol = 1; symbol < section->value_count && !found; symbol++) {
        if (!section->values[symbol].value || symbol == section->scope->error)
            continue;
        found = prove_equal(section->prover,
                            expr_derivative(pool, section->scope->error, symbol), value,
                            NULL, 0, &proof) == VERDICT_PROVED;
    }
    proof_clear(&proof);
    return found;
}

void error_check_signals(struct section *section)
{
    struct pool *pool = section->scope->pool;
    if (section->scope->network || !section->scope->error)
        return;
    for (expr_id symbol = 1; symbol < section->value_count; symbol++) {
        struct section_value *value = &section->values[symbol];
        if (!value->value || value->section != section->number ||
            expr_kind(pool, value->value) == EXPR_NUMBER ||
            strncmp(expr_peek_name(pool, symbol), "\\delta", 6) != 0)
            continue;
        if (!is_some_derivative(section, value->value))
            scope_doubt(section->scope, symbol);
    }
}
