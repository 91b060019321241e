/* Iverson brackets: 1 where a condition holds, else 0. */
#include "tex/machine.h"

#include "expr/function.h"
#include "tex/index.h"
#include "tex/tree.h"

#include <string.h>

static bool is_sign(const struct parse_node *relation, const char *sign)
{
    return strcmp(relation->text, sign) == 0;
}

static bool compares(const struct parse_node *relation)
{
    return is_sign(relation, "<") || is_sign(relation, ">") ||
           is_sign(relation, "\\le") || is_sign(relation, "\\ge");
}

static bool holds(const struct parse_node *relation, long a, long b)
{
    if (is_sign(relation, "="))
        return a == b;
    if (is_sign(relation, "\\neq"))
        return a != b;
    if (is_sign(relation, "<"))
        return a < b;
    if (is_sign(relation, ">"))
        return a > b;
    return is_sign(relation, "\\le") ? a <= b : a >= b;
}

bool machine_open_condition(struct machine *m, const struct parse_node *condition)
{
    const struct bindings *bindings = m->context->bindings;
    const struct parse_node *relation = tree_inside((struct parse_node *)condition);
    long a, b;
    bool known =
        relation->kind == PARSE_RELATION && relation->count == 2 &&
        (compares(relation) || is_sign(relation, "=") || is_sign(relation, "\\neq"));
    if (!known)
        return machine_fail(m, DIAG_FORMULA_CONDITION, condition, NULL);
    if (index_integer(bindings, relation->parts[0], &a) &&
        index_integer(bindings, relation->parts[1], &b))
        return machine_push(m, expr_integer(m->pool, holds(relation, a, b)));
    if (!compares(relation))
        return machine_fail(m, DIAG_FORMULA_CONDITION_INDEX, relation, NULL);
    return machine_open(m, relation) != NULL;
}

static expr_id step(struct machine *m, expr_id above, expr_id below)
{
    return function_apply(m->pool, function_builtin(m->pool, FUNCTION_STEP),
                          expr_subtract(m->pool, above, below));
}

/* `a \ge b` is what `b > a` is not. */
expr_id machine_step(struct machine *m, const struct parse_node *relation,
                     const expr_id *sides)
{
    const struct scope *scope = m->context->scope;
    bool rises = is_sign(relation, ">") || is_sign(relation, "\\le");
    bool strict = is_sign(relation, ">") || is_sign(relation, "<");
    struct place place = {m->context->source, relation->span};
    if (scope->uses && !scope->uses(scope->context, FUNCTION_STEP, place))
        return 0;
    expr_id above = sides[!rises], below = sides[rises];
    if (expr_is_integer(m->pool, below, 0))
        below = 0;
    expr_id value =
        below ? step(m, above, below)
              : function_apply(m->pool, function_builtin(m->pool, FUNCTION_STEP), above);
    return strict ? value : expr_subtract(m->pool, expr_integer(m->pool, 1), value);
}
