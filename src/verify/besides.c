#include "verify/besides.h"

#include "base/memory.h"
#include "expr/substitute.h"
#include "expr/walk.h"
#include "verify/judge.h"

struct besides {
    struct verify_scope *scope;
    struct defs defs; /* none: symbols are compared as they stand */
    struct prover *prover;
    bool *is_entered;
};

static bool holds_symbol(const struct expr_list *symbols, expr_id symbol)
{
    for (size_t i = 0; i < symbols->count; i++)
        if (symbols->items[i] == symbol)
            return true;
    return false;
}

static bool has_same_symbols(const struct pool *pool, expr_id a, expr_id b)
{
    struct expr_list in_a, in_b;
    expr_list_init(&in_a);
    expr_list_init(&in_b);
    walk_symbols(pool, a, &in_a);
    walk_symbols(pool, b, &in_b);
    bool same = in_a.count == in_b.count;
    for (size_t i = 0; i < in_a.count && same; i++)
        same = holds_symbol(&in_b, in_a.items[i]);
    expr_list_clear(&in_b);
    expr_list_clear(&in_a);
    return same;
}

/* The symbol of the network that a formula defines, or the formula. */
static expr_id find_defined(struct besides *besides, expr_id formula)
{
    struct network *network = besides->scope->network;
    if (expr_kind(besides->scope->pool, formula) == EXPR_SYMBOL)
        return formula;
    for (node_id node = 0; node < network_count(network); node++) {
        expr_id definition =
            defs_get(network_defs(network), network_symbol(network, node));
        if (definition && has_same_symbols(besides->scope->pool, definition, formula) &&
            judge_is_equal(besides->prover, definition, formula))
            return network_symbol(network, node);
    }
    return formula;
}

static expr_id put_meaning(void *context, expr_id symbol)
{
    expr_id meaning = scope_meaning(context, symbol);
    return meaning ? meaning : symbol;
}

static bool has_derivative_by_formula(const struct pool *pool, expr_id e)
{
    struct expr_list nodes;
    bool found = false;
    expr_list_init(&nodes);
    walk_nodes(pool, e, &nodes);
    for (size_t i = 0; i < nodes.count && !found; i++)
        found = expr_kind(pool, nodes.items[i]) == EXPR_DERIVATIVE &&
                expr_kind(pool, expr_part(pool, nodes.items[i], 1)) != EXPR_SYMBOL;
    expr_list_clear(&nodes);
    return found;
}

static void enter(struct besides *besides, expr_id symbol, expr_id right)
{
    struct verify_scope *scope = besides->scope;
    expr_id formula = substitute(scope->pool, right, put_meaning, scope);
    if (has_derivative_by_formula(scope->pool, formula)) {
        scope_set_meaning(scope, symbol, symbol);
        scope_doubt(scope, symbol);
        return;
    }
    scope_set_meaning(scope, symbol, find_defined(besides, formula));
}

/* Whether all names beside the network that stand in a formula are entered. */
static bool is_ready(const struct besides *besides, expr_id right)
{
    const struct verify_scope *scope = besides->scope;
    struct expr_list symbols;
    bool ready = true;
    expr_list_init(&symbols);
    walk_symbols(scope->pool, right, &symbols);
    for (size_t i = 0; i < network_beside_count(scope->network) && ready; i++) {
        expr_id unused;
        const char *canonical = network_beside(scope->network, i, &unused);
        ready = besides->is_entered[i] ||
                !holds_symbol(&symbols, expr_find_symbol(scope->pool, canonical));
    }
    expr_list_clear(&symbols);
    return ready;
}

/* The network has refused circles, so every pass enters some of those that are left. */
static bool enter_ready(struct besides *besides)
{
    bool is_one_entered = false;
    for (size_t i = 0; i < network_beside_count(besides->scope->network); i++) {
        expr_id right;
        const char *canonical = network_beside(besides->scope->network, i, &right);
        if (besides->is_entered[i] || !is_ready(besides, right))
            continue;
        enter(besides, expr_symbol(besides->scope->pool, canonical), right);
        besides->is_entered[i] = is_one_entered = true;
    }
    return is_one_entered;
}

void besides_enter(struct verify_scope *scope, const struct budget *budget)
{
    size_t count = network_beside_count(scope->network);
    struct besides besides = {.scope = scope};
    if (count == 0)
        return;
    besides.is_entered = memory_zeroed(count, sizeof *besides.is_entered);
    defs_init(&besides.defs, scope->pool, NULL, NULL);
    besides.prover = prover_new(&besides.defs, budget, 1);
    while (enter_ready(&besides))
        ;
    prover_free(besides.prover);
    defs_clear(&besides.defs);
    memory_free(besides.is_entered);
}
