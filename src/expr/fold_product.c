#include "expr/fold_parts.h"

#include "base/memory.h"
#include "expr/walk.h"

enum {
    POWER_BITS = 4096, /* longer powers of numbers stay written as powers */
    EXPONENT_LIMIT = 1 << 30
};

/* A factor as base and exponent. */
static expr_id split_power(const struct pool *pool, expr_id factor, long *exponent)
{
    *exponent = 1;
    if (expr_kind(pool, factor) == EXPR_POWER) {
        expr_id number = expr_part(pool, factor, 1);
        mpq_srcptr q =
            expr_kind(pool, number) == EXPR_NUMBER ? expr_peek_number(pool, number) : 0;
        if (q && mpz_cmp_ui(mpq_denref(q), 1) == 0 && mpq_sgn(q) > 0 &&
            mpz_cmp_ui(mpq_numref(q), EXPONENT_LIMIT) < 0) {
            *exponent = mpz_get_si(mpq_numref(q));
            return expr_part(pool, factor, 0);
        }
    }
    return factor;
}

/* Joins equal factors into powers, each where it stands first. */
static void collect_factors(struct pool *pool, struct expr_list *factors)
{
    expr_id *bases = memory_array(NULL, factors->count + 1, sizeof *bases);
    long *exponents = memory_array(NULL, factors->count + 1, sizeof *exponents);
    size_t *firsts, count = factors->count;

    for (size_t i = 0; i < count; i++)
        bases[i] = split_power(pool, factors->items[i], &exponents[i]);
    firsts = fold_first_equals(bases, count);
    factors->count = 0;
    for (size_t i = 0; i < count; i++) {
        if (firsts[i] != i && exponents[firsts[i]] + exponents[i] < EXPONENT_LIMIT) {
            exponents[firsts[i]] += exponents[i];
            exponents[i] = 0;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (exponents[i])
            expr_list_push(factors, exponents[i] == 1
                                        ? bases[i]
                                        : expr_power(pool, bases[i], exponents[i]));
    }
    memory_free(firsts);
    memory_free(exponents);
    memory_free(bases);
}

static bool is_integer(mpq_srcptr q)
{
    return mpz_cmp_ui(mpq_denref(q), 1) == 0;
}

/* `q` times a sum, if that makes integers of coefficients that are not all integers; else
   0. */
static expr_id cancelled(struct pool *pool, mpq_srcptr q, expr_id sum)
{
    struct terms terms = {0};
    bool all = true, before = is_integer(q);
    expr_id e;

    for (size_t i = 0; all && i < expr_count(pool, sum); i++) {
        struct term *term = fold_push_term(&terms);
        fold_split(pool, expr_part(pool, sum, i), term);
        before = before && is_integer(term->coefficient);
        mpq_mul(term->coefficient, term->coefficient, q);
        all = is_integer(term->coefficient);
    }
    e = all && !before ? fold_sum_of(pool, &terms) : 0;
    fold_clear_terms(&terms);
    return e;
}

/* The greatest common divisor of the coefficients of a sum, if all are integers and it is
 * not 1; else 0. */
static bool content(struct pool *pool, expr_id sum, mpz_ptr divisor)
{
    struct term term;
    bool all = true;

    mpz_set_ui(divisor, 0);
    mpq_init(term.coefficient);
    for (size_t i = 0; all && i < expr_count(pool, sum); i++) {
        fold_split(pool, expr_part(pool, sum, i), &term);
        all = is_integer(term.coefficient);
        mpz_gcd(divisor, divisor, mpq_numref(term.coefficient));
    }
    mpq_clear(term.coefficient);
    return all && mpz_cmp_ui(divisor, 1) > 0;
}

/* q (2 a + 2 b) = 2 q (a + b) for a fraction q; 0 if the sum has no such factor. */
static expr_id without_content(struct pool *pool, mpq_ptr q, expr_id sum)
{
    expr_id e = 0;
    mpz_t divisor;
    mpq_t factor;

    mpz_init(divisor);
    mpq_init(factor);
    if (!is_integer(q) && content(pool, sum, divisor)) {
        struct terms terms = {0};
        for (size_t i = 0; i < expr_count(pool, sum); i++) {
            struct term *term = fold_push_term(&terms);
            fold_split(pool, expr_part(pool, sum, i), term);
            mpz_divexact(mpq_numref(term->coefficient), mpq_numref(term->coefficient),
                         divisor);
        }
        mpq_set_z(factor, divisor);
        mpq_mul(q, q, factor);
        e = fold_sum_of(pool, &terms);
        fold_clear_terms(&terms);
    }
    mpq_clear(factor);
    mpz_clear(divisor);
    return e;
}

/* Puts the coefficient into the first sum where that cancels. */
static void cancel(struct pool *pool, mpq_ptr q, struct expr_list *factors)
{
    for (size_t i = 0; i < factors->count; i++) {
        expr_id sum = factors->items[i];
        if (expr_kind(pool, sum) != EXPR_SUM)
            continue;
        sum = cancelled(pool, q, sum);
        if (sum) {
            factors->items[i] = sum;
            mpq_set_ui(q, 1, 1);
            return;
        }
        sum = without_content(pool, q, factors->items[i]);
        factors->items[i] = sum ? sum : factors->items[i];
    }
}

/* Takes a folded factor into the coefficient and the list. */
static void push_factors(struct pool *pool, mpq_ptr q, struct expr_list *factors,
                         expr_id factor)
{
    struct term term;

    mpq_init(term.coefficient);
    fold_split(pool, factor, &term);
    mpq_mul(q, q, term.coefficient);
    mpq_clear(term.coefficient);
    if (term.rest && expr_kind(pool, term.rest) == EXPR_PRODUCT) {
        for (size_t i = 0; i < expr_count(pool, term.rest); i++)
            expr_list_push(factors, expr_part(pool, term.rest, i));
    } else if (term.rest) {
        expr_list_push(factors, term.rest);
    }
}

expr_id fold_product(struct pool *pool, const expr_id *parts, size_t count)
{
    struct expr_list factors;
    struct term product;
    expr_id e;

    expr_list_init(&factors);
    mpq_init(product.coefficient);
    mpq_set_ui(product.coefficient, 1, 1);
    for (size_t i = 0; i < count; i++)
        push_factors(pool, product.coefficient, &factors, parts[i]);
    collect_factors(pool, &factors);
    cancel(pool, product.coefficient, &factors);
    product.rest = factors.count ? expr_product(pool, factors.items, factors.count) : 0;
    e = mpq_sgn(product.coefficient) == 0 ? expr_integer(pool, 0)
                                          : fold_join(pool, &product);
    mpq_clear(product.coefficient);
    expr_list_clear(&factors);
    return e;
}

/* numerator / denominator for a denominator that is no number: the numbers of both in
   lowest terms, the sign in front. */
static expr_id quotient_of(struct pool *pool, struct term *numerator,
                           struct term *denominator)
{
    expr_id e, below;
    bool negative;
    mpq_t q;

    mpq_init(q);
    mpq_div(q, numerator->coefficient, denominator->coefficient);
    negative = mpq_sgn(q) < 0;
    mpq_set_z(numerator->coefficient, mpq_numref(q));
    mpq_set_z(denominator->coefficient, mpq_denref(q));
    mpq_clear(q);
    below = fold_magnitude(pool, denominator);
    e = expr_quotient(pool, fold_magnitude(pool, numerator), below);
    return negative ? fold_negated(pool, e) : e;
}

/* The first factor of a product that is a quotient; SIZE_MAX if there is none. */
static size_t find_quotient(const struct pool *pool, expr_id product)
{
    for (size_t i = 0; i < expr_count(pool, product); i++)
        if (expr_kind(pool, expr_part(pool, product, i)) == EXPR_QUOTIENT)
            return i;
    return SIZE_MAX;
}

/* (a (b/c)) / d = (a b) / (c d); 0 if the numerator is not such a product. */
static expr_id unnested(struct pool *pool, expr_id above, expr_id below)
{
    bool is_negated = expr_kind(pool, above) == EXPR_NEGATE;
    expr_id product = is_negated ? expr_part(pool, above, 0) : above, inner, result;
    size_t at = expr_kind(pool, product) == EXPR_PRODUCT    ? find_quotient(pool, product)
                : expr_kind(pool, product) == EXPR_QUOTIENT ? 0
                                                            : SIZE_MAX;

    if (at == SIZE_MAX)
        return 0;
    inner = expr_kind(pool, product) == EXPR_QUOTIENT ? product
                                                      : expr_part(pool, product, at);
    above = inner == product
                ? expr_part(pool, inner, 0)
                : fold_with_part(pool, product, at, expr_part(pool, inner, 0));
    below = expr_multiply(pool, expr_part(pool, inner, 1), below);
    result = expr_quotient(pool, above, below);
    return is_negated ? expr_negate(pool, result) : result;
}

expr_id fold_quotient(struct pool *pool, expr_id a, expr_id b)
{
    struct term above, below;
    expr_id e;

    mpq_init(above.coefficient);
    mpq_init(below.coefficient);
    fold_split(pool, a, &above);
    fold_split(pool, b, &below);
    if (mpq_sgn(below.coefficient) == 0) {
        e = expr_quotient(pool, a, b);
    } else if (mpq_sgn(above.coefficient) == 0) {
        e = a;
    } else if (below.rest && (e = unnested(pool, a, b)) != 0) {
        /* the next round folds its parts */
    } else if (below.rest) {
        e = quotient_of(pool, &above, &below);
    } else {
        mpq_inv(below.coefficient, below.coefficient);
        b = expr_number(pool, below.coefficient);
        e = fold_product(pool, (expr_id[]){b, a}, 2);
    }
    mpq_clear(above.coefficient);
    mpq_clear(below.coefficient);
    return e;
}

/* A number to a power, if the result is short; else 0. */
static expr_id number_power(struct pool *pool, expr_id base, long exponent)
{
    mpq_srcptr value = expr_peek_number(pool, base);
    size_t bits =
        mpz_sizeinbase(mpq_numref(value), 2) + mpz_sizeinbase(mpq_denref(value), 2);
    unsigned long n =
        exponent < 0 ? 0UL - (unsigned long)exponent : (unsigned long)exponent;
    expr_id e;
    mpq_t q;

    if ((mpq_sgn(value) == 0 && exponent < 0) || (n > 1 && n > POWER_BITS / bits))
        return 0;
    mpq_init(q);
    mpz_pow_ui(mpq_numref(q), mpq_numref(value), n);
    mpz_pow_ui(mpq_denref(q), mpq_denref(value), n);
    if (exponent < 0)
        mpq_inv(q, q);
    e = expr_number(pool, q);
    mpq_clear(q);
    return e;
}

expr_id fold_power(struct pool *pool, expr_id base, expr_id exponent)
{
    expr_id plain = expr_make(pool, EXPR_POWER, (expr_id[]){base, exponent}, 2), e = 0;
    mpq_srcptr q;
    long n, inner;

    if (expr_kind(pool, exponent) != EXPR_NUMBER)
        return plain;
    q = expr_peek_number(pool, exponent);
    if (!is_integer(q) || mpz_cmpabs_ui(mpq_numref(q), EXPONENT_LIMIT) >= 0)
        return plain;
    n = mpz_get_si(mpq_numref(q));
    if (n == 0)
        return expr_integer(pool, 1);
    if (n == 1)
        return base;
    if (expr_kind(pool, base) == EXPR_NUMBER) {
        e = number_power(pool, base, n);
    } else if (expr_kind(pool, base) == EXPR_NEGATE) {
        e = fold_power(pool, expr_part(pool, base, 0), exponent);
        e = n % 2 ? fold_negated(pool, e) : e;
    } else if (n > 1) {
        base = split_power(pool, base, &inner);
        e = inner > 1 && n * inner < EXPONENT_LIMIT ? expr_power(pool, base, n * inner)
                                                    : 0;
    }
    return e ? e : plain;
}
