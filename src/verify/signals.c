#include "verify/signals.h"

#include "expr/substitute.h"
#include "expr/walk.h"
#include "tex/tree.h"
#include "verify/error.h"
#include "verify/judge.h"

/* --- the error --- */

/* The one name that is defined here and that no definition uses; 0 if there are more. */
static expr_id find_last(struct section *section)
{
    expr_id last = 0;
    for (expr_id e = 1; e < section->value_count; e++) {
        const struct section_value *value = &section->values[e];
        if (!value->value || value->section != section->number ||
            error_is_used(section, e))
            continue;
        if (last)
            return 0;
        last = e;
    }
    return last;
}

/* The error whose derivatives `\delta w` are; 0 if it is not known or there are none. By
   what they are is not the end. */
static expr_id find_error(struct section *section, expr_id unknown)
{
    struct expr_list variables;
    expr_list_init(&variables);
    error_variables(section, unknown, &variables);
    expr_id error = variables.count > 0 ? error_find(section) : 0;
    if (!error && variables.count > 0)
        error = find_last(section);
    for (size_t i = 0; i < variables.count; i++)
        if (variables.items[i] == error)
            error = 0;
    expr_list_clear(&variables);
    return error;
}

void signals_complete(struct section *section)
{
    struct pool *pool = section->scope->pool;
    expr_id unknown = scope_unknown_error(section->scope);
    expr_id error = find_error(section, unknown);
    section->scope->trusts_signals = error != 0;
    if (!error)
        return;
    section_define(section, unknown, error, section->first);
    for (size_t i = section->first; i < section->end; i++)
        for (size_t k = 0; k < section->steps[i].pair_count; k++) {
            struct pair *pair = &section->steps[i].pairs[k];
            pair->base = substitute_one(pool, pair->base, unknown, error);
            pair->member = substitute_one(pool, pair->member, unknown, error);
        }
}

/* --- whether they are its derivatives --- */

static bool is_signal(void *context, const struct parse_node *node)
{
    (void)context;
    return tree_is_signal(node);
}

static const struct parse_node *left_of(const struct section *section,
                                        const struct judged *judged)
{
    return section->steps[judged->base].step->left;
}

static bool has_left(const struct section *section, const struct judged *judged)
{
    return tree_any(left_of(section, judged), is_signal, NULL);
}

static bool has_right(const struct judged *judged)
{
    return tree_any(judged->step->right, is_signal, NULL);
}

/* The symbol by which a value is differentiated; 0 if it is no derivative by one. */
static expr_id variable_of(const struct pool *pool, expr_id e)
{
    bool is_derivative = expr_kind(pool, e) == EXPR_DERIVATIVE &&
                         expr_kind(pool, expr_part(pool, e, 1)) == EXPR_SYMBOL;
    return is_derivative ? expr_part(pool, e, 1) : 0;
}

/* `\delta y = x \delta w`, where y hangs on w: both are small changes. */
static bool is_of_changes(struct section *section, const struct judged *judged)
{
    const struct pool *pool = section->scope->pool;
    struct expr_list nodes;
    bool found = false;
    if (judged->pair_count == 0 || !has_left(section, judged) || !has_right(judged))
        return false;
    expr_id of = variable_of(pool, judged->pairs[0].base);
    expr_list_init(&nodes);
    walk_nodes(pool, judged->pairs[0].member, &nodes);
    for (size_t i = 0; i < nodes.count && !found && of; i++) {
        expr_id by = variable_of(pool, nodes.items[i]);
        found = by && by != of && section_hangs_on(section, of, by);
    }
    expr_list_clear(&nodes);
    return found;
}

static bool has_changes(struct section *section)
{
    for (size_t i = section->first; i < section->end; i++)
        if (is_of_changes(section, &section->steps[i]))
            return true;
    return false;
}

/* Whether the first step that holds signals against something else is true. */
static bool is_told(struct section *section)
{
    for (size_t i = section->first; i < section->end; i++) {
        const struct judged *judged = &section->steps[i];
        if (judged->pair_count > 0 && has_left(section, judged) != has_right(judged))
            return judge_holds(section->prover, judged);
    }
    return false;
}

void signals_check(struct section *section)
{
    struct verify_scope *scope = section->scope;
    if (scope->network)
        scope->trusts_signals = true;
    scope->trusts_signals =
        scope->trusts_signals && is_told(section) && !has_changes(section);
}

/* --- one step --- */

/* Whether a side hangs on a name that the error does not, as a rate of learning. */
static bool has_other_name(struct section *section, expr_id e, expr_id error)
{
    struct expr_list symbols;
    bool found = false;
    expr_list_init(&symbols);
    walk_symbols_deep(&section->defs, e, &symbols);
    for (size_t i = 0; i < symbols.count && !found; i++)
        found = symbols.items[i] != error &&
                !section_hangs_on(section, error, symbols.items[i]);
    expr_list_clear(&symbols);
    return found;
}

/* `\delta w = -\eta …`, by what is no unit, may be how w is changed. */
static bool may_be_descent(struct section *section, const struct judged *judged)
{
    struct pool *pool = section->scope->pool;
    struct pair pair = judged->pairs[judged->decided];
    expr_id by = variable_of(pool, pair.base);
    if (!tree_is_signal(left_of(section, judged)) || !by ||
        section_definition(section, by))
        return false;
    return has_other_name(section, pair.member, expr_part(pool, pair.base, 0)) ||
           judge_is_equal(section->prover, expr_negate(pool, pair.base), pair.member);
}

bool signals_are_doubtful(struct section *section, const struct judged *judged)
{
    if (!has_left(section, judged) && !has_right(judged))
        return false;
    return !section->scope->trusts_signals || may_be_descent(section, judged);
}
