#include "expr/substitute.h"

#include "base/memory.h"
#include "expr/walk.h"

/* Puts the parts of `e`, as `put` has them by id, in their places. */
static expr_id rebuild(struct pool *pool, expr_id e, const expr_id *put)
{
    struct expr_list parts;

    expr_list_init(&parts);
    for (size_t i = 0; i < expr_count(pool, e); i++)
        expr_list_push(&parts, put[expr_part(pool, e, i)]);
    e = expr_make(pool, expr_kind(pool, e), parts.items, parts.count);
    expr_list_clear(&parts);
    return e;
}

expr_id substitute_nodes(struct pool *pool, expr_id e, substitute_node *put,
                         void *context)
{
    expr_id *after = memory_array(NULL, (size_t)e + 1, sizeof *after), result;
    struct expr_list nodes;

    expr_list_init(&nodes);
    walk_nodes(pool, e, &nodes);
    for (size_t i = 0; i < nodes.count; i++) {
        expr_id node = nodes.items[i], instead = put(context, node);
        bool is_kept = instead == node && expr_count(pool, node) > 0;
        after[node] = is_kept ? rebuild(pool, node, after) : instead;
    }
    result = after[e];
    expr_list_clear(&nodes);
    memory_free(after);
    return result;
}

struct symbols {
    struct pool *pool;
    substitute_symbol *put;
    void *context;
};

static expr_id put_symbol(void *context, expr_id node)
{
    const struct symbols *symbols = context;

    return expr_kind(symbols->pool, node) == EXPR_SYMBOL
               ? symbols->put(symbols->context, node)
               : node;
}

expr_id substitute(struct pool *pool, expr_id e, substitute_symbol *put, void *context)
{
    struct symbols symbols = {pool, put, context};

    return substitute_nodes(pool, e, put_symbol, &symbols);
}

struct replacement {
    expr_id symbol, value;
};

static expr_id put_one(void *context, expr_id symbol)
{
    const struct replacement *replacement = context;

    return symbol == replacement->symbol ? replacement->value : symbol;
}

expr_id substitute_one(struct pool *pool, expr_id e, expr_id symbol, expr_id value)
{
    struct replacement replacement = {symbol, value};

    return substitute(pool, e, put_one, &replacement);
}
