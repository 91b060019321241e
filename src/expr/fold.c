#include "expr/diff.h"

#include "base/memory.h"
#include "expr/walk.h"

#include <stdlib.h>

enum {
    POWER_BITS = 4096, /* longer powers of numbers stay written as powers */
    EXPONENT_LIMIT = 1 << 30,
    ROUNDS = 64
};

/* A term: coefficient times rest; a rest of 0 is the number 1. */
struct term {
    mpq_t coefficient;
    expr_id rest;
};

struct terms {
    struct term *items;
    size_t count, capacity;
};

static struct term *terms_push(struct terms *terms)
{
    if (terms->count == terms->capacity) {
        terms->capacity = terms->capacity * 2 + 8;
        terms->items = memory_array(terms->items, terms->capacity, sizeof *terms->items);
    }
    mpq_init(terms->items[terms->count].coefficient);
    return &terms->items[terms->count++];
}

static void terms_clear(struct terms *terms)
{
    for (size_t i = 0; i < terms->count; i++)
        mpq_clear(terms->items[i].coefficient);
    memory_free(terms->items);
}

/* Takes a folded expression apart into its coefficient and the rest. */
static void split(struct pool *pool, expr_id e, struct term *term)
{
    bool negative = expr_kind(pool, e) == EXPR_NEGATE;

    if (negative)
        e = expr_part(pool, e, 0);
    mpq_set_si(term->coefficient, 1, 1);
    term->rest = e;
    if (expr_kind(pool, e) == EXPR_NUMBER) {
        mpq_set(term->coefficient, expr_peek_number(pool, e));
        term->rest = 0;
    } else if (expr_kind(pool, e) == EXPR_PRODUCT &&
               expr_kind(pool, expr_part(pool, e, 0)) == EXPR_NUMBER) {
        mpq_set(term->coefficient, expr_peek_number(pool, expr_part(pool, e, 0)));
        term->rest =
            expr_product(pool, expr_peek_parts(pool, e) + 1, expr_count(pool, e) - 1);
    }
    if (negative)
        mpq_neg(term->coefficient, term->coefficient);
}

/* A two-term difference the other way round, positive term first, or 0. */
static expr_id flipped(struct pool *pool, expr_id e)
{
    expr_id a, b;

    if (expr_kind(pool, e) != EXPR_SUM || expr_count(pool, e) != 2)
        return 0;
    a = expr_part(pool, e, 0);
    b = expr_part(pool, e, 1);
    if ((expr_kind(pool, a) == EXPR_NEGATE) == (expr_kind(pool, b) == EXPR_NEGATE))
        return 0;
    if (expr_kind(pool, a) == EXPR_NEGATE)
        return expr_subtract(pool, expr_part(pool, a, 0), b);
    return expr_subtract(pool, expr_part(pool, b, 0), a);
}

/* `e` with part `i` replaced. */
static expr_id with_part(struct pool *pool, expr_id e, size_t i, expr_id part)
{
    struct expr_list parts;

    expr_list_init(&parts);
    for (size_t j = 0; j < expr_count(pool, e); j++)
        expr_list_push(&parts, j == i ? part : expr_part(pool, e, j));
    e = expr_make(pool, expr_kind(pool, e), parts.items, parts.count);
    expr_list_clear(&parts);
    return e;
}

/* A difference, or a product with one, that takes a sign in; or 0. */
static expr_id absorbed(struct pool *pool, expr_id e)
{
    expr_id part = flipped(pool, e);

    if (part || expr_kind(pool, e) != EXPR_PRODUCT)
        return part;
    for (size_t i = 0; i < expr_count(pool, e); i++) {
        part = flipped(pool, expr_part(pool, e, i));
        if (part)
            return with_part(pool, e, i, part);
    }
    return 0;
}

static expr_id number_negated(struct pool *pool, expr_id e)
{
    mpq_t q;

    mpq_init(q);
    mpq_neg(q, expr_peek_number(pool, e));
    e = expr_number(pool, q);
    mpq_clear(q);
    return e;
}

/* A term that takes a sign in, or 0. */
static expr_id term_absorbed(struct pool *pool, expr_id e)
{
    expr_id above;

    if (expr_kind(pool, e) != EXPR_QUOTIENT)
        return absorbed(pool, e);
    above = absorbed(pool, expr_part(pool, e, 0));
    return above ? with_part(pool, e, 0, above) : 0;
}

/* -(a + b) as a difference, where one of the two takes the sign in and the other cannot; else 0. */
static expr_id difference_of(struct pool *pool, expr_id sum)
{
    expr_id a = expr_part(pool, sum, 0), b = expr_part(pool, sum, 1), less_a, less_b;

    if (expr_count(pool, sum) != 2 || expr_kind(pool, a) == EXPR_NEGATE ||
        expr_kind(pool, b) == EXPR_NEGATE)
        return 0;
    less_a = term_absorbed(pool, a);
    less_b = term_absorbed(pool, b);
    if ((less_a == 0) == (less_b == 0))
        return 0;
    return less_a ? expr_subtract(pool, less_a, b) : expr_subtract(pool, less_b, a);
}

/* A product with such a sum, which takes the sign in; else 0. */
static expr_id sum_absorbed(struct pool *pool, expr_id e)
{
    expr_id part;

    if (expr_kind(pool, e) == EXPR_SUM)
        return difference_of(pool, e);
    for (size_t i = 0; expr_kind(pool, e) == EXPR_PRODUCT && i < expr_count(pool, e); i++) {
        part = expr_part(pool, e, i);
        part = expr_kind(pool, part) == EXPR_SUM ? difference_of(pool, part) : 0;
        if (part)
            return with_part(pool, e, i, part);
    }
    return 0;
}

/* The folded negative of a folded expression. */
static expr_id negated(struct pool *pool, expr_id e)
{
    expr_id result;

    switch (expr_kind(pool, e)) {
    case EXPR_NUMBER:
        return number_negated(pool, e);
    case EXPR_NEGATE:
        return expr_part(pool, e, 0);
    case EXPR_QUOTIENT:
        result = absorbed(pool, expr_part(pool, e, 0));
        return result ? with_part(pool, e, 0, result) : expr_negate(pool, e);
    default:
        result = absorbed(pool, e);
        result = result ? result : sum_absorbed(pool, e);
        return result ? result : expr_negate(pool, e);
    }
}

/* |coefficient| times rest. */
static expr_id magnitude(struct pool *pool, const struct term *term)
{
    struct expr_list parts;
    expr_id e, rest = term->rest;
    mpq_t q;

    mpq_init(q);
    mpq_abs(q, term->coefficient);
    if (rest && mpq_cmp_ui(q, 1, 1) == 0) {
        mpq_clear(q);
        return rest;
    }
    expr_list_init(&parts);
    expr_list_push(&parts, expr_number(pool, q));
    if (rest && expr_kind(pool, rest) == EXPR_PRODUCT) {
        for (size_t i = 0; i < expr_count(pool, rest); i++)
            expr_list_push(&parts, expr_part(pool, rest, i));
    } else if (rest) {
        expr_list_push(&parts, rest);
    }
    e = expr_product(pool, parts.items, parts.count);
    expr_list_clear(&parts);
    mpq_clear(q);
    return e;
}

static expr_id join(struct pool *pool, const struct term *term)
{
    expr_id e = magnitude(pool, term);

    return mpq_sgn(term->coefficient) < 0 ? negated(pool, e) : e;
}

/* Where something stands, for collecting equals. */
struct place {
    expr_id key;
    size_t index;
};

static int compare_places(const void *first, const void *second)
{
    const struct place *a = first, *b = second;

    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* For each of the keys, the index of the first equal one. The caller frees. */
static size_t *first_equals(const expr_id *keys, size_t count)
{
    struct place *places = memory_array(NULL, count + 1, sizeof *places);
    size_t *firsts = memory_array(NULL, count + 1, sizeof *firsts);

    for (size_t i = 0; i < count; i++)
        places[i] = (struct place){keys[i], i};
    qsort(places, count, sizeof *places, compare_places);
    for (size_t i = 0; i < count; i++) {
        bool same = i > 0 && places[i].key == places[i - 1].key;
        firsts[places[i].index] = same ? firsts[places[i - 1].index] : places[i].index;
    }
    memory_free(places);
    return firsts;
}

/* Adds the terms of one folded part of a sum. */
static void push_terms(struct pool *pool, struct terms *terms, expr_id part)
{
    bool negative = expr_kind(pool, part) == EXPR_NEGATE;
    expr_id inner = negative ? expr_part(pool, part, 0) : part;

    if (expr_kind(pool, inner) != EXPR_SUM) {
        split(pool, part, terms_push(terms));
        return;
    }
    for (size_t i = 0; i < expr_count(pool, inner); i++) {
        struct term *term = terms_push(terms);
        split(pool, expr_part(pool, inner, i), term);
        if (negative)
            mpq_neg(term->coefficient, term->coefficient);
    }
}

/* Adds each term to the first one with the same rest; what was added becomes 0. */
static void collect_terms(struct terms *terms)
{
    expr_id *keys = memory_array(NULL, terms->count + 1, sizeof *keys);
    size_t *firsts;

    for (size_t i = 0; i < terms->count; i++)
        keys[i] = terms->items[i].rest;
    firsts = first_equals(keys, terms->count);
    for (size_t i = 0; i < terms->count; i++) {
        struct term *first = &terms->items[firsts[i]], *term = &terms->items[i];
        if (first == term)
            continue;
        mpq_add(first->coefficient, first->coefficient, term->coefficient);
        mpq_set_ui(term->coefficient, 0, 1);
    }
    memory_free(firsts);
    memory_free(keys);
}

/* The sum of terms that are not 0, with a common minus taken out. */
static expr_id sum_of(struct pool *pool, const struct terms *terms)
{
    struct expr_list parts;
    bool negative = true;
    expr_id e;

    expr_list_init(&parts);
    for (size_t i = 0; i < terms->count; i++) {
        const struct term *term = &terms->items[i];
        if (mpq_sgn(term->coefficient) == 0)
            continue;
        e = term->rest || mpq_sgn(term->coefficient) > 0
                ? join(pool, term)
                : expr_negate(pool, magnitude(pool, term));
        negative = negative && expr_kind(pool, e) == EXPR_NEGATE;
        expr_list_push(&parts, e);
    }
    negative = negative && parts.count > 0;
    for (size_t i = 0; negative && i < parts.count; i++)
        parts.items[i] = expr_part(pool, parts.items[i], 0);
    e = expr_sum(pool, parts.items, parts.count);
    expr_list_clear(&parts);
    return negative ? negated(pool, e) : e;
}

static expr_id fold_sum(struct pool *pool, const expr_id *parts, size_t count)
{
    struct terms terms = {0};
    expr_id e;

    for (size_t i = 0; i < count; i++)
        push_terms(pool, &terms, parts[i]);
    collect_terms(&terms);
    e = sum_of(pool, &terms);
    terms_clear(&terms);
    return e;
}

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
    firsts = first_equals(bases, count);
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
        struct term *term = terms_push(&terms);
        split(pool, expr_part(pool, sum, i), term);
        before = before && is_integer(term->coefficient);
        mpq_mul(term->coefficient, term->coefficient, q);
        all = is_integer(term->coefficient);
    }
    e = all && !before ? sum_of(pool, &terms) : 0;
    terms_clear(&terms);
    return e;
}

/* The greatest common divisor of the coefficients of a sum, if all are integers and it is not 1; else 0. */
static bool content(struct pool *pool, expr_id sum, mpz_ptr divisor)
{
    struct term term;
    bool all = true;

    mpz_set_ui(divisor, 0);
    mpq_init(term.coefficient);
    for (size_t i = 0; all && i < expr_count(pool, sum); i++) {
        split(pool, expr_part(pool, sum, i), &term);
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
            struct term *term = terms_push(&terms);
            split(pool, expr_part(pool, sum, i), term);
            mpz_divexact(mpq_numref(term->coefficient), mpq_numref(term->coefficient), divisor);
        }
        mpq_set_z(factor, divisor);
        mpq_mul(q, q, factor);
        e = sum_of(pool, &terms);
        terms_clear(&terms);
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
    split(pool, factor, &term);
    mpq_mul(q, q, term.coefficient);
    mpq_clear(term.coefficient);
    if (term.rest && expr_kind(pool, term.rest) == EXPR_PRODUCT) {
        for (size_t i = 0; i < expr_count(pool, term.rest); i++)
            expr_list_push(factors, expr_part(pool, term.rest, i));
    } else if (term.rest) {
        expr_list_push(factors, term.rest);
    }
}

static expr_id fold_product(struct pool *pool, const expr_id *parts, size_t count)
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
    e = mpq_sgn(product.coefficient) == 0 ? expr_integer(pool, 0) : join(pool, &product);
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
    below = magnitude(pool, denominator);
    e = expr_quotient(pool, magnitude(pool, numerator), below);
    return negative ? negated(pool, e) : e;
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
    inner = expr_kind(pool, product) == EXPR_QUOTIENT ? product : expr_part(pool, product, at);
    above = inner == product ? expr_part(pool, inner, 0)
                             : with_part(pool, product, at, expr_part(pool, inner, 0));
    below = expr_multiply(pool, expr_part(pool, inner, 1), below);
    result = expr_quotient(pool, above, below);
    return is_negated ? expr_negate(pool, result) : result;
}

static expr_id fold_quotient(struct pool *pool, expr_id a, expr_id b)
{
    struct term above, below;
    expr_id e;

    mpq_init(above.coefficient);
    mpq_init(below.coefficient);
    split(pool, a, &above);
    split(pool, b, &below);
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

static expr_id fold_power(struct pool *pool, expr_id base, expr_id exponent)
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
        e = n % 2 ? negated(pool, e) : e;
    } else if (n > 1) {
        base = split_power(pool, base, &inner);
        e = inner > 1 && n * inner < EXPONENT_LIMIT ? expr_power(pool, base, n * inner)
                                                    : 0;
    }
    return e ? e : plain;
}

static expr_id fold_node(struct pool *pool, enum expr_kind kind, const expr_id *parts,
                         size_t count)
{
    switch (kind) {
    case EXPR_SUM:
        return fold_sum(pool, parts, count);
    case EXPR_PRODUCT:
        return fold_product(pool, parts, count);
    case EXPR_NEGATE:
        return negated(pool, parts[0]);
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
