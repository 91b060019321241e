#include "expr/fold_parts.h"

#include "base/memory.h"
#include "expr/walk.h"

enum { ROUNDS = 64 };

static expr_id fold_node(struct pool *pool, enum expr_kind kind, const expr_id *parts,
                         size_t count)
{
    switch (kind) {
    case EXPR_SUM:
        return fold_sum(pool, parts, count);
    case EXPR_PRODUCT:
        return fold_product(pool, parts, count);
    case EXPR_NEGATE:
        return fold_negated(pool, parts[0]);
    case EXPR_POWER:
        return fold_power(pool, parts[0], parts[1]);
    case EXPR_APPLY:
        return expr_make(pool, kind, parts, count);
    default:
        return fold_quotient(pool, parts[0], parts[1]);
    }
}

static bool stays(const struct pool *pool, expr_id e)
{
    return expr_count(pool, e) == 0 || expr_kind(pool, e) == EXPR_DERIVATIVE ||
           expr_kind(pool, e) == EXPR_LOCAL;
}

static expr_id fold_once(struct pool *pool, expr_id e)
{
    expr_id *folded = memory_array(NULL, (size_t)e + 1, sizeof *folded), result;
    struct expr_list nodes, parts;

    expr_list_init(&nodes);
    expr_list_init(&parts);
    walk_nodes(pool, e, &nodes);
    for (size_t i = 0; i < nodes.count; i++) {
        expr_id node = nodes.items[i];
        parts.count = 0;
        for (size_t j = 0; j < expr_count(pool, node); j++)
            expr_list_push(&parts, folded[expr_part(pool, node, j)]);
        folded[node] = stays(pool, node) ? node
                                         : fold_node(pool, expr_kind(pool, node),
                                                     parts.items, parts.count);
    }
    result = folded[e];
    expr_list_clear(&parts);
    expr_list_clear(&nodes);
    memory_free(folded);
    return result;
}

/* What a round has collected can be folded again; a chain longer than ROUNDS is not
   known. */
expr_id fold(struct pool *pool, expr_id e)
{
    for (int i = 0; i < ROUNDS; i++) {
        expr_id next = fold_once(pool, e);
        if (next == e)
            break;
        e = next;
    }
    return e;
}
