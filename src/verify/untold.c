#include "verify/untold.h"

#include "expr/walk.h"
#include "verify/slope.h"

bool untold_is_slope(struct section *section, expr_id e)
{
    const struct pool *pool = section->scope->pool;
    struct expr_list symbols;
    bool found = false;
    expr_list_init(&symbols);
    walk_symbols_deep(&section->defs, e, &symbols);
    for (size_t i = 0; i < symbols.count && !found; i++)
        found = slope_is(pool, symbols.items[i]);
    expr_list_clear(&symbols);
    return found;
}

static bool is_untold(struct section *section, expr_id e, expr_id by)
{
    const struct pool *pool = section->scope->pool;
    if (expr_kind(pool, e) != EXPR_DERIVATIVE || expr_part(pool, e, 1) != by)
        return false;
    expr_id of = expr_part(pool, e, 0);
    return expr_kind(pool, of) == EXPR_SYMBOL && of != by &&
           section_definition(section, of) && !section_hangs_on(section, of, by);
}

expr_id untold_path(struct section *section, const struct pair *pair)
{
    const struct pool *pool = section->scope->pool;
    if (section->scope->network || expr_kind(pool, pair->base) != EXPR_DERIVATIVE ||
        !untold_is_slope(section, pair->base))
        return 0;
    for (expr_id e = 1; e <= pool_count(pool); e++)
        if (is_untold(section, e, expr_part(pool, pair->base, 1)))
            return e;
    return 0;
}
