#include "verify/nowhere.h"

#include "base/memory.h"
#include "verify/judge.h"

#include <string.h>

void nowhere_clear(struct nowhere *nowhere)
{
    memory_free(nowhere->is_seen);
    expr_list_clear(&nowhere->zeros);
    *nowhere = (struct nowhere){0};
}

static bool is_negative(const struct pool *pool, expr_id e)
{
    return expr_kind(pool, e) == EXPR_NUMBER && mpq_sgn(expr_peek_number(pool, e)) < 0;
}

/* What a node divides by, 0 if by nothing but a number. */
static expr_id divisor_of(const struct pool *pool, expr_id node)
{
    expr_id divisor = 0;
    if (expr_kind(pool, node) == EXPR_QUOTIENT)
        divisor = expr_part(pool, node, 1);
    else if (expr_kind(pool, node) == EXPR_POWER &&
             is_negative(pool, expr_part(pool, node, 1)))
        divisor = expr_part(pool, node, 0);
    return divisor && expr_kind(pool, divisor) != EXPR_NUMBER ? divisor : 0;
}

/* False if the node was seen before. */
static bool see(struct nowhere *seen, const struct pool *pool, expr_id node)
{
    if (node >= seen->size) {
        size_t size = 2 * (size_t)pool_count(pool) + 1;
        seen->is_seen = memory_array(seen->is_seen, size, sizeof *seen->is_seen);
        memset(seen->is_seen + seen->size, 0, size - seen->size);
        seen->size = size;
    }
    if (seen->is_seen[node])
        return false;
    return seen->is_seen[node] = true;
}

/* The divisors of an expression and of all that it hangs on, but for what was seen. */
static void list_divisors(struct section *section, struct nowhere *seen, expr_id e,
                          struct expr_list *divisors)
{
    const struct pool *pool = section->scope->pool;
    struct expr_list stack;
    expr_list_init(&stack);
    expr_list_push(&stack, e);
    while (stack.count > 0) {
        expr_id node = stack.items[--stack.count];
        if (node == 0 || !see(seen, pool, node))
            continue;
        if (expr_kind(pool, node) == EXPR_SYMBOL)
            expr_list_push(&stack, defs_get(&section->defs, node));
        for (size_t i = 0; i < expr_count(pool, node); i++)
            expr_list_push(&stack, expr_part(pool, node, i));
        expr_id divisor = divisor_of(pool, node);
        if (divisor)
            expr_list_push(divisors, divisor);
    }
    expr_list_clear(&stack);
}

static void add_zeros(struct section *section, const struct expr_list *divisors)
{
    uint64_t *values = memory_array(NULL, divisors->count, sizeof *values), prime;
    expr_id zero = expr_integer(section->scope->pool, 0);
    if (prove_values(section->prover, divisors->items, divisors->count, values, &prime))
        for (size_t i = 0; i < divisors->count; i++)
            if (values[i] == 0 && judge_is_equal(section->prover, divisors->items[i], zero))
                expr_list_push(&section->nowhere.zeros, divisors->items[i]);
    memory_free(values);
}

static bool has_zero(struct section *section, expr_id e)
{
    const struct expr_list *zeros = &section->nowhere.zeros;
    struct nowhere seen = {0};
    struct expr_list divisors;
    bool found = false;
    expr_list_init(&divisors);
    list_divisors(section, &seen, e, &divisors);
    for (size_t i = 0; i < divisors.count; i++)
        for (size_t k = 0; k < zeros->count && !found; k++)
            found = divisors.items[i] == zeros->items[k];
    expr_list_clear(&divisors);
    nowhere_clear(&seen);
    return found;
}

bool nowhere_holds(struct section *section, expr_id e)
{
    struct expr_list divisors;
    expr_list_init(&divisors);
    list_divisors(section, &section->nowhere, e, &divisors);
    if (divisors.count > 0)
        add_zeros(section, &divisors);
    expr_list_clear(&divisors);
    return section->nowhere.zeros.count > 0 && has_zero(section, e);
}
