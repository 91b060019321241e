/* Powers: whole ones, and `a^b` where b is a formula. */
#include "tex/machine.h"

#include "expr/function.h"
#include "tex/index.h"
#include "tex/tree.h"

#include <stdlib.h>
#include <string.h>

enum { LARGEST_EXPONENT = 1000 };

bool machine_is_transpose(const struct machine *m, const struct parse_node *exponent)
{
    return exponent->kind == PARSE_VECTOR ||
           (m->context->scope->by_hand && tree_is_bare(exponent, "T") &&
            !bindings_find(m->context->bindings, "T"));
}

/* A number, or a letter that has a value. */
static bool is_whole(const struct machine *m, const struct parse_node *node, long *value)
{
    return m->context->scope->by_hand ? index_limit(m->context, node, value)
                                      : index_integer(m->context->bindings, node, value);
}

static bool read_exponent(struct machine *m, const struct parse_node *node,
                          long *exponent)
{
    if (!is_whole(m, node, exponent))
        return machine_fail(m, DIAG_FORMULA_EXPONENT, node, NULL);
    if (labs(*exponent) > LARGEST_EXPONENT)
        return machine_fail(m, DIAG_FORMULA_LARGE_EXPONENT, node, NULL);
    return true;
}

/* `c^k` where the letter k is 1 just now is c; a 1 that was written stays. */
bool machine_raise(struct machine *m, const struct parse_node *exponent)
{
    const struct bindings none = {0};
    long value, written;
    if (!read_exponent(m, exponent, &value))
        return false;
    if (value == 1 && !index_integer(&none, exponent, &written))
        return true;
    expr_id base = m->values[--m->value_count];
    return machine_push(m, expr_power(m->pool, base, value));
}

/* `w^+`, `w^*` */
static bool is_mark(const struct parse_node *exponent)
{
    return tree_is_bare(exponent, "+") || tree_is_bare(exponent, "*");
}

/* `b1`, where a script has b and 1 side by side: a name or a product. */
static bool is_unclear(const struct parse_node *exponent)
{
    if (exponent->kind != PARSE_PRODUCT)
        return false;
    for (size_t i = 1; i < exponent->count; i++)
        if (exponent->parts[i]->kind == PARSE_NUMBER)
            return true;
    return false;
}

bool machine_open_power(struct machine *m, const struct parse_node *power)
{
    const struct parse_node *exponent = power->parts[1];
    long value;
    if (machine_is_transpose(m, exponent))
        return machine_fail(m, DIAG_FORMULA_VECTOR, exponent, NULL);
    bool whole = is_whole(m, exponent, &value);
    if (!whole &&
        (!m->context->scope->by_hand || is_mark(exponent) || is_unclear(exponent)))
        return machine_fail(m, DIAG_FORMULA_EXPONENT, exponent, NULL);
    machine_open(m, power)->is_general = !whole;
    return true;
}

bool machine_open_name_power(struct machine *m, const struct parse_node *name)
{
    struct parse_node *exponent = tree_script(name, PARSE_SUP)->parts[0];
    struct parse_node *base = tree_leaf(&m->arena, PARSE_NAME, name->span, name->text);
    for (size_t i = 0; i < name->count; i++)
        if (name->parts[i]->kind != PARSE_SUP)
            base = tree_with_script(&m->arena, base, name->parts[i]);
    return machine_open_power(m, tree_make(&m->arena, PARSE_POWER, name->span,
                                           (struct parse_node *[]){base, exponent}, 2));
}

/* Of `-3/2` the -3; 0 if the exponent is no number of halves. */
static long halves(struct pool *pool, expr_id e)
{
    enum { MOST_HALVES = 1000 };
    mpq_srcptr value =
        expr_kind(pool, e) == EXPR_NUMBER ? expr_peek_number(pool, e) : NULL;
    if (!value || mpz_cmp_ui(mpq_denref(value), 2) != 0 ||
        mpz_cmpabs_ui(mpq_numref(value), MOST_HALVES) > 0)
        return 0;
    return mpz_get_si(mpq_numref(value));
}

static expr_id apply(struct pool *pool, enum function_id id, expr_id argument)
{
    return function_apply(pool, function_builtin(pool, id), argument);
}

expr_id machine_general_power(struct machine *m, expr_id base, expr_id exponent)
{
    long count = halves(m->pool, exponent);
    if (count != 0) {
        expr_id root = apply(m->pool, FUNCTION_SQRT, base);
        return count == 1 ? root : expr_power(m->pool, root, count);
    }
    expr_id logarithm = apply(m->pool, FUNCTION_LN, base);
    return apply(m->pool, FUNCTION_EXP, expr_multiply(m->pool, exponent, logarithm));
}
