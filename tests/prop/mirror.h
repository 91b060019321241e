/* For laws: an expression written in another way that is as true. */
#ifndef GRADTEX_TESTS_MIRROR_H
#define GRADTEX_TESTS_MIRROR_H

#include "mutant.h"

static inline bool is_sum_or_product(const struct pool *pool, expr_id e)
{
    return expr_kind(pool, e) == EXPR_SUM || expr_kind(pool, e) == EXPR_PRODUCT;
}

/* The parts in another order. */
static inline expr_id commute(struct network *network, expr_id e, bool in_derivative)
{
    struct pool *pool = network_pool(network);
    expr_id parts[MOST_PARTS];
    size_t count = expr_count(pool, e);
    if (in_derivative || !is_sum_or_product(pool, e))
        return 0;
    for (size_t i = 0; i < count; i++) {
        size_t k = below((unsigned)i + 1);
        parts[i] = parts[k];
        parts[k] = expr_part(pool, e, i);
    }
    return expr_make(pool, expr_kind(pool, e), parts, count);
}

/* The first of the factors that is a sum; their number: there is none. */
static inline size_t find_sum(const struct pool *pool, expr_id e)
{
    size_t i = 0;
    while (i < expr_count(pool, e) && expr_kind(pool, expr_part(pool, e, i)) != EXPR_SUM)
        i++;
    return i;
}

/* a(b + c) = a b + a c */
static inline expr_id distribute(struct network *network, expr_id e, bool in_derivative)
{
    struct pool *pool = network_pool(network);
    expr_id terms[MOST_PARTS], factors[MOST_PARTS];
    size_t count = expr_count(pool, e);
    size_t at = find_sum(pool, e);
    if (in_derivative || expr_kind(pool, e) != EXPR_PRODUCT || at == count)
        return 0;
    expr_id sum = expr_part(pool, e, at);
    for (size_t i = 0; i < expr_count(pool, sum); i++) {
        expr_id term = expr_part(pool, sum, i);
        bool is_negative = expr_kind(pool, term) == EXPR_NEGATE;
        for (size_t k = 0; k < count; k++)
            factors[k] = expr_part(pool, e, k);
        factors[at] = is_negative ? expr_part(pool, term, 0) : term;
        terms[i] = expr_product(pool, factors, count);
        if (is_negative)
            terms[i] = expr_negate(pool, terms[i]);
    }
    return expr_sum(pool, terms, expr_count(pool, sum));
}

/* The product without one factor, 0 if it has none such. */
static inline expr_id without_factor(struct pool *pool, expr_id e, expr_id factor)
{
    expr_id parts[MOST_PARTS];
    size_t count = 0;
    if (e == factor)
        return expr_integer(pool, 1);
    if (expr_kind(pool, e) == EXPR_NEGATE) {
        expr_id rest = without_factor(pool, expr_part(pool, e, 0), factor);
        return rest ? expr_negate(pool, rest) : 0;
    }
    if (expr_kind(pool, e) != EXPR_PRODUCT)
        return 0;
    for (size_t i = 0; i < expr_count(pool, e); i++)
        if (expr_part(pool, e, i) != factor || count < i)
            parts[count++] = expr_part(pool, e, i);
    return count < expr_count(pool, e) ? expr_product(pool, parts, count) : 0;
}

/* A factor of a term, or the term. */
static inline expr_id any_factor(const struct pool *pool, expr_id term)
{
    if (expr_kind(pool, term) == EXPR_NEGATE)
        term = expr_part(pool, term, 0);
    if (expr_kind(pool, term) != EXPR_PRODUCT)
        return term;
    return expr_part(pool, term, below((unsigned)expr_count(pool, term)));
}

/* a b + a c + d = a(b + c) + d */
static inline expr_id factor_out(struct network *network, expr_id e, bool in_derivative)
{
    struct pool *pool = network_pool(network);
    expr_id inside[MOST_PARTS], rest[MOST_PARTS];
    size_t count = expr_count(pool, e), inner = 0, outer = 0;
    if (in_derivative || expr_kind(pool, e) != EXPR_SUM)
        return 0;
    expr_id factor = any_factor(pool, expr_part(pool, e, below((unsigned)count)));
    for (size_t i = 0; i < count; i++) {
        expr_id term = expr_part(pool, e, i);
        expr_id divided = without_factor(pool, term, factor);
        if (divided)
            inside[inner++] = divided;
        else
            rest[outer++] = term;
    }
    if (inner < 2)
        return 0;
    rest[outer++] = expr_multiply(pool, factor, expr_sum(pool, inside, inner));
    return expr_sum(pool, rest, outer);
}

/* -(a - b) = b - a, and e = -(-e) elsewhere. */
static inline expr_id turn_sign(struct network *network, expr_id e, bool in_derivative)
{
    struct pool *pool = network_pool(network);
    expr_id terms[MOST_PARTS];
    size_t count = expr_count(pool, e);
    if (in_derivative)
        return 0;
    if (expr_kind(pool, e) != EXPR_SUM)
        return below(3) ? 0 : expr_negate(pool, expr_negate(pool, e));
    for (size_t i = 0; i < count; i++) {
        expr_id term = expr_part(pool, e, i);
        terms[i] = expr_kind(pool, term) == EXPR_NEGATE ? expr_part(pool, term, 0)
                                                        : expr_negate(pool, term);
    }
    return expr_negate(pool, expr_sum(pool, terms, count));
}

/* x^2 = x x, a/b = a (1/b), x x = x^2 */
static inline expr_id turn_power(struct network *network, expr_id e, bool in_derivative)
{
    struct pool *pool = network_pool(network);
    if (in_derivative)
        return 0;
    if (expr_kind(pool, e) == EXPR_POWER &&
        expr_is_integer(pool, expr_part(pool, e, 1), 2))
        return expr_multiply(pool, expr_part(pool, e, 0), expr_part(pool, e, 0));
    if (expr_kind(pool, e) == EXPR_QUOTIENT)
        return expr_multiply(
            pool, expr_part(pool, e, 0),
            expr_quotient(pool, expr_integer(pool, 1), expr_part(pool, e, 1)));
    return 0;
}

/* e + x - x, 1 e, e + e - e, 2e/2 */
static inline expr_id add_nothing(struct network *network, expr_id e, bool in_derivative)
{
    struct pool *pool = network_pool(network);
    expr_id x = any_symbol(network);
    if (in_derivative)
        return 0;
    switch (below(4)) {
    case 0:
        return expr_sum(pool, (expr_id[]){e, x, expr_negate(pool, x)}, 3);
    case 1:
        return expr_multiply(pool, expr_integer(pool, 1), e);
    case 2:
        return expr_sum(pool, (expr_id[]){e, e, expr_negate(pool, e)}, 3);
    default:
        return expr_quotient(pool, expr_multiply(pool, expr_integer(pool, 2), e),
                             expr_integer(pool, 2));
    }
}

static inline expr_id mirror_of(struct network *network, expr_id e)
{
    static change *const changes[] = {commute,    distribute,  factor_out, turn_sign,
                                      turn_power, add_nothing, commute,    distribute};
    expr_id mirror =
        change_somewhere(network, e, changes[below(sizeof changes / sizeof *changes)]);
    return is_wide(network_pool(network), mirror) ? e : mirror;
}

#endif
