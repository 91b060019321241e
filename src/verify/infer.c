#include "verify/infer.h"

#include "expr/substitute.h"
#include "expr/walk.h"

/* The one symbol of `e` that nothing defines and that nothing is differentiated by; 0 if
   there is none or more than one. */
static expr_id find_unknown(struct section *section, expr_id e)
{
    struct pool *pool = section->scope->pool;
    struct expr_list symbols;
    expr_id found = 0;
    size_t count = 0;
    expr_list_init(&symbols);
    walk_symbols(pool, e, &symbols);
    for (size_t i = 0; i < symbols.count; i++)
        if (!section_definition(section, symbols.items[i]) &&
            !section_differentiates_by(section, symbols.items[i])) {
            found = symbols.items[i];
            count++;
        }
    expr_list_clear(&symbols);
    return count == 1 ? found : 0;
}

/* The value of `unknown` for which X is A: X is a product with it, a quotient by it or a
   sum; 0 if none of these fits. */
static expr_id solve(struct section *section, expr_id a, expr_id x, expr_id unknown)
{
    struct pool *pool = section->scope->pool;
    expr_id at_one = substitute_one(pool, x, unknown, expr_integer(pool, 1));
    expr_id at_zero = substitute_one(pool, x, unknown, expr_integer(pool, 0));
    const expr_id values[] = {expr_quotient(pool, at_one, a),
                              expr_quotient(pool, a, at_one),
                              expr_subtract(pool, a, at_zero)};
    for (size_t i = 0; i < 3; i++)
        if (section_proves(section, a, substitute_one(pool, x, unknown, values[i])))
            return values[i];
    return 0;
}

static void infer(struct section *section, size_t step, expr_id a, expr_id x)
{
    struct pool *pool = section->scope->pool;
    if (!section_definition(section, a)) {
        if (expr_kind(pool, x) != EXPR_SYMBOL && !section_hangs_on(section, x, a))
            section_define(section, a, x, step);
        return;
    }
    expr_id unknown = find_unknown(section, x);
    if (!unknown || section_proves(section, a, x))
        return;
    expr_id value = solve(section, a, x, unknown);
    if (value)
        section_define(section, unknown, value, step);
    else
        scope_doubt(section->scope, unknown);
}

/* `o = f(z) = f(w x)`, where nothing else says what z is. */
static void infer_argument(struct section *section, size_t step, expr_id o,
                           expr_id member)
{
    const struct pool *pool = section->scope->pool;
    expr_id value =
        expr_kind(pool, o) == EXPR_SYMBOL ? section_definition(section, o) : 0;
    if (!value || expr_kind(pool, value) != EXPR_APPLY || expr_count(pool, value) != 2 ||
        expr_kind(pool, member) != EXPR_APPLY || expr_count(pool, member) != 2 ||
        expr_part(pool, value, 0) != expr_part(pool, member, 0))
        return;
    expr_id z = expr_part(pool, value, 1), argument = expr_part(pool, member, 1);
    if (expr_kind(pool, z) == EXPR_SYMBOL && !section_definition(section, z) &&
        expr_kind(pool, argument) != EXPR_NUMBER &&
        !section_hangs_on(section, argument, z))
        section_define(section, z, argument, step);
}

static void infer_arguments(struct section *section, size_t step)
{
    const struct judged *judged = &section->steps[step];
    bool follows = judged->step->claim->continues && step > section->first &&
                   section->steps[step - 1].role == ROLE_DEFINITION;
    for (size_t i = 0; i < judged->pair_count && follows; i++)
        infer_argument(section, step, judged->pairs[i].base, judged->pairs[i].member);
}

void infer_definitions(struct section *section)
{
    const struct pool *pool = section->scope->pool;
    for (size_t i = section->first; i < section->end && !section->scope->network; i++) {
        const struct judged *judged = &section->steps[i];
        if (judged->pair_count == 0)
            continue;
        infer_arguments(section, i);
        expr_id base = judged->pairs[0].base, member = judged->pairs[0].member;
        if (expr_kind(pool, base) == EXPR_DERIVATIVE &&
            expr_kind(pool, member) == EXPR_DERIVATIVE &&
            expr_part(pool, base, 1) == expr_part(pool, member, 1) &&
            expr_kind(pool, expr_part(pool, base, 0)) == EXPR_SYMBOL)
            infer(section, i, expr_part(pool, base, 0), expr_part(pool, member, 0));
    }
}
