#include "expr/defs.h"

#include "base/memory.h"

static const expr_id NOT_ASKED = (expr_id)-1;

void defs_init(struct defs *defs, struct pool *pool, defs_maker *maker, void *context)
{
    *defs = (struct defs){.pool = pool, .maker = maker, .context = context};
}

void defs_clear(struct defs *defs)
{
    memory_free(defs->values);
    *defs = (struct defs){0};
}

static void reserve(struct defs *defs, expr_id symbol)
{
    size_t count = defs->count;

    if (symbol < count)
        return;
    defs->count = (size_t)symbol + symbol / 2 + 64;
    defs->values = memory_array(defs->values, defs->count, sizeof *defs->values);
    for (size_t i = count; i < defs->count; i++)
        defs->values[i] = NOT_ASKED;
}

void defs_set(struct defs *defs, expr_id symbol, expr_id value)
{
    reserve(defs, symbol);
    defs->values[symbol] = value;
}

expr_id defs_get(struct defs *defs, expr_id symbol)
{
    reserve(defs, symbol);
    if (defs->values[symbol] == NOT_ASKED) {
        expr_id value = defs->maker ? defs->maker(defs->context, symbol) : 0;
        /* The maker may have asked for others, and the array may have moved. */
        defs->values[symbol] = value;
    }
    return defs->values[symbol];
}
