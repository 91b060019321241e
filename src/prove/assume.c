#include "expr/diff.h"
#include "expr/substitute.h"
#include "prove/prover.h"

static expr_id put_assumed(void *context, expr_id symbol)
{
    expr_id value = lower_assumed(context, symbol);

    return value ? value : symbol;
}

/* Whether an expression hangs on a symbol, also through definitions. */
static bool hangs_on(struct prover *prover, expr_id e, expr_id symbol)
{
    struct expr_list symbols;
    bool hangs = false;

    expr_list_init(&symbols);
    walk_symbols_deep(prover->lowering.defs, e, &symbols);
    for (size_t i = 0; i < symbols.count; i++)
        hangs = hangs || symbols.items[i] == symbol;
    expr_list_clear(&symbols);
    return hangs;
}

/* difference = coefficient (symbol - value)? */
static bool is_solved(struct prover *prover, expr_id difference, expr_id coefficient,
                      expr_id symbol, expr_id value)
{
    struct pool *pool = prover->lowering.pool;
    expr_id linear = expr_multiply(pool, coefficient, expr_subtract(pool, symbol, value));
    struct proof proof;
    bool is;

    proof_init(&proof);
    is = prove_equal(prover, difference, linear, NULL, 0, &proof) == VERDICT_PROVED;
    proof_clear(&proof);
    return is;
}

/* What makes the difference 0 if it is put in for the symbol, or 0. */
static expr_id solve(struct prover *prover, expr_id difference, expr_id symbol)
{
    struct pool *pool = prover->lowering.pool;
    expr_id coefficient = diff_local(pool, difference, symbol), value;

    if (!coefficient)
        return 0;
    coefficient = fold(pool, coefficient);
    if (expr_kind(pool, coefficient) != EXPR_NUMBER ||
        expr_is_integer(pool, coefficient, 0))
        return 0;
    value = substitute_one(pool, difference, symbol, expr_integer(pool, 0));
    value = fold(pool, expr_negate(pool, expr_quotient(pool, value, coefficient)));
    if (hangs_on(prover, value, symbol) ||
        !is_solved(prover, difference, coefficient, symbol, value))
        return 0;
    return value;
}

/* Symbols that are solved for are put in first, so that no two go round. */
expr_id prove_assume(struct prover *prover, expr_id left, expr_id right)
{
    struct lowering *lowering = &prover->lowering;
    expr_id difference = expr_subtract(lowering->pool, left, right), symbol = 0,
            value = 0;
    struct expr_list symbols;

    for (expr_id before = 0; before != difference;) {
        before = difference;
        difference = substitute(lowering->pool, difference, put_assumed, lowering);
    }
    expr_list_init(&symbols);
    walk_symbols(lowering->pool, difference, &symbols);
    for (size_t i = symbols.count; i-- > 0 && !value;) {
        symbol = symbols.items[i];
        if (!defs_get(lowering->defs, symbol))
            value = solve(prover, difference, symbol);
    }
    expr_list_clear(&symbols);
    if (!value)
        return 0;
    lower_assume(lowering, symbol, value);
    return symbol;
}

expr_id prove_assumed(const struct prover *prover, expr_id symbol)
{
    return lower_assumed(&prover->lowering, symbol);
}
