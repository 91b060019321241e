#include "verify/scope_paths.h"

#include "base/memory.h"
#include "expr/diff.h"
#include "expr/walk.h"
#include "verify/scope.h"

/* Symbols that hang on one symbol, found from the arguments up. */
struct way {
    struct pool *pool;
    struct defs *defs;
    struct expr_list symbols; /* arguments before what is defined by them */
    bool *is_on;              /* by symbol id */
};

static void way_init(struct way *way, struct verify_scope *scope, expr_id from,
                     expr_id to)
{
    *way = (struct way){.pool = scope->pool, .defs = scope->defs};
    expr_list_init(&way->symbols);
    walk_symbols_deep(way->defs, to, &way->symbols);
    way->is_on = memory_zeroed((size_t)pool_count(way->pool) + 1, sizeof *way->is_on);
    way->is_on[from] = true;
}

static void way_clear(struct way *way)
{
    memory_free(way->is_on);
    expr_list_clear(&way->symbols);
}

/* Marks a symbol if it hangs on the first one. False if a local derivative on the way to
   it is no symbol. */
static bool visit(struct way *way, expr_id symbol)
{
    struct expr_list arguments;
    expr_id definition = defs_get(way->defs, symbol);
    bool ok = true;
    if (!definition || way->is_on[symbol])
        return true;
    expr_list_init(&arguments);
    walk_symbols(way->pool, definition, &arguments);
    for (size_t i = 0; i < arguments.count && ok; i++) {
        if (!way->is_on[arguments.items[i]])
            continue;
        expr_id label = diff_local(way->pool, definition, arguments.items[i]);
        way->is_on[symbol] = true;
        ok = label && expr_kind(way->pool, label) == EXPR_SYMBOL;
    }
    expr_list_clear(&arguments);
    return ok;
}

static bool has_only_weights(struct verify_scope *scope, expr_id from, expr_id to)
{
    struct way way;
    bool ok = true;
    way_init(&way, scope, from, to);
    for (size_t i = 0; i < way.symbols.count && ok; i++)
        ok = visit(&way, way.symbols.items[i]);
    way_clear(&way);
    return ok;
}

expr_id scope_paths(void *context, expr_id from, expr_id to, bool weights,
                    struct place place, struct diags *diags)
{
    struct verify_scope *scope = context;
    const struct pool *pool = scope->pool;
    bool are_symbols =
        expr_kind(pool, from) == EXPR_SYMBOL && expr_kind(pool, to) == EXPR_SYMBOL;
    if (are_symbols && (!weights || has_only_weights(scope, from, to)))
        return expr_derivative(scope->pool, to, from);
    diag_at(diags, are_symbols ? DIAG_VERIFY_WEIGHTS : DIAG_VERIFY_ENDS, place,
            (char *)NULL);
    return 0;
}
