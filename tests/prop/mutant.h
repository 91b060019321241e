/* For laws: an expression with one thing changed that a hand would get wrong, or that
   hides from a careless check. */
#ifndef GRADTEX_TESTS_MUTANT_H
#define GRADTEX_TESTS_MUTANT_H

#include "base/name.h"
#include "occurrence.h"

#include <string.h>

static inline bool is_related(const char *a, const char *b)
{
    struct name left, right;
    return strcmp(a, b) != 0 && name_split(&left, a) && name_split(&right, b) &&
           left.head_length == right.head_length &&
           strncmp(left.head, right.head, left.head_length) == 0;
}

static inline expr_id any_symbol(struct network *network)
{
    return network_symbol(network, (node_id)below((unsigned)network_count(network)));
}

static inline expr_id swap_index(struct network *network, expr_id e, bool in_derivative)
{
    struct pool *pool = network_pool(network);
    (void)in_derivative;
    for (int tries = 0; expr_kind(pool, e) == EXPR_SYMBOL && tries < 40; tries++) {
        expr_id other = any_symbol(network);
        if (is_related(expr_peek_name(pool, e), expr_peek_name(pool, other)))
            return other;
    }
    return 0;
}

static inline expr_id flip_sign(struct network *network, expr_id e, bool in_derivative)
{
    struct pool *pool = network_pool(network);
    if (in_derivative)
        return 0;
    return expr_kind(pool, e) == EXPR_NEGATE ? expr_part(pool, e, 0)
                                             : expr_negate(pool, e);
}

static inline expr_id drop_part(struct network *network, expr_id e, bool in_derivative)
{
    struct pool *pool = network_pool(network);
    enum expr_kind kind = expr_kind(pool, e);
    expr_id parts[MOST_PARTS];
    size_t count = expr_count(pool, e), kept = 0;
    if (in_derivative || (kind != EXPR_SUM && kind != EXPR_PRODUCT))
        return 0;
    size_t lost = below((unsigned)count);
    for (size_t i = 0; i < count; i++)
        if (i != lost)
            parts[kept++] = expr_part(pool, e, i);
    return kind == EXPR_SUM ? expr_sum(pool, parts, kept)
                            : expr_product(pool, parts, kept);
}

static inline expr_id add_part(struct network *network, expr_id e, bool in_derivative)
{
    struct pool *pool = network_pool(network);
    expr_id more = any_symbol(network);
    if (in_derivative)
        return 0;
    return below(2) ? expr_add(pool, e, more) : expr_multiply(pool, e, more);
}

static inline expr_id change_prime(struct network *network, expr_id e, bool in_derivative)
{
    struct pool *pool = network_pool(network);
    if (in_derivative || expr_kind(pool, e) != EXPR_APPLY)
        return 0;
    struct function function = *function_peek(pool, e);
    const struct function_row *row = function_row(function.id);
    if (row->name && !row->is_primed)
        return 0;
    if (function.primes > 0)
        function.primes--;
    else
        function.primes++;
    return function_apply(pool, function_make(pool, &function), expr_part(pool, e, 1));
}

static inline expr_id change_exponent(struct network *network, expr_id e,
                                      bool in_derivative)
{
    struct pool *pool = network_pool(network);
    if (in_derivative)
        return 0;
    if (expr_kind(pool, e) != EXPR_POWER)
        return expr_power(pool, e, 2 + (long)below(2));
    mpq_srcptr number = expr_peek_number(pool, expr_part(pool, e, 1));
    long exponent = mpz_get_si(mpq_numref(number));
    return expr_power(pool, expr_part(pool, e, 0), exponent + (below(2) ? 1 : -1));
}

static inline expr_id number_of(struct pool *pool, const char *text)
{
    mpq_t value;
    mpq_init(value);
    mpq_set_str(value, text, 10);
    expr_id number = expr_number(pool, value);
    mpq_clear(value);
    return number;
}

static inline expr_id multiply_by_prime(struct network *network, expr_id e,
                                        bool in_derivative)
{
    static const char *const primes[] = {"65537",
                                         "2147483647",
                                         "2305843009213693951",
                                         "9223372036854775783",
                                         "18446744073709551557",
                                         "170141183460469231731687303715884105727"};
    struct pool *pool = network_pool(network);
    expr_id prime = number_of(pool, choose(primes, 6));
    if (in_derivative)
        return 0;
    if (below(2))
        return expr_multiply(pool, prime, e);
    return expr_add(pool, e, expr_multiply(pool, prime, any_symbol(network)));
}

static inline expr_id tiny_number(struct pool *pool)
{
    mpq_t value;
    mpq_init(value);
    mpq_set_ui(value, 1, 1);
    mpz_ui_pow_ui(mpq_denref(value), 10, 400);
    expr_id number = expr_number(pool, value);
    mpq_clear(value);
    return number;
}

static inline expr_id add_tiny(struct network *network, expr_id e, bool in_derivative)
{
    struct pool *pool = network_pool(network);
    if (in_derivative)
        return 0;
    return expr_add(pool, e, expr_multiply(pool, tiny_number(pool), any_symbol(network)));
}

static inline expr_id mutant_of(struct network *network, expr_id e)
{
    static change *const changes[] = {flip_sign,       swap_index,        drop_part,
                                      add_part,        change_prime,      drop_part,
                                      change_exponent, multiply_by_prime, add_tiny};
    expr_id mutant = e;
    for (int tries = 0; mutant == e && tries < 20; tries++)
        mutant = change_somewhere(network, e,
                                  changes[below(sizeof changes / sizeof *changes)]);
    return mutant;
}

#endif
