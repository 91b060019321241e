#include "expr/fold_parts.h"

#include "base/memory.h"
#include "expr/walk.h"

#include <stdlib.h>

struct term *fold_push_term(struct terms *terms)
{
    if (terms->count == terms->capacity) {
        terms->capacity = terms->capacity * 2 + 8;
        terms->items = memory_array(terms->items, terms->capacity, sizeof *terms->items);
    }
    mpq_init(terms->items[terms->count].coefficient);
    return &terms->items[terms->count++];
}

void fold_clear_terms(struct terms *terms)
{
    for (size_t i = 0; i < terms->count; i++)
        mpq_clear(terms->items[i].coefficient);
    memory_free(terms->items);
}

/* Takes a folded expression apart into its coefficient and the rest. */
void fold_split(struct pool *pool, expr_id e, struct term *term)
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
expr_id fold_with_part(struct pool *pool, expr_id e, size_t i, expr_id part)
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
            return fold_with_part(pool, e, i, part);
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
    return above ? fold_with_part(pool, e, 0, above) : 0;
}

/* -(a + b) as a difference, where one of the two takes the sign in and the other cannot;
 * else 0. */
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
    for (size_t i = 0; expr_kind(pool, e) == EXPR_PRODUCT && i < expr_count(pool, e);
         i++) {
        part = expr_part(pool, e, i);
        part = expr_kind(pool, part) == EXPR_SUM ? difference_of(pool, part) : 0;
        if (part)
            return fold_with_part(pool, e, i, part);
    }
    return 0;
}

/* The folded negative of a folded expression. */
expr_id fold_negated(struct pool *pool, expr_id e)
{
    expr_id result;

    switch (expr_kind(pool, e)) {
    case EXPR_NUMBER:
        return number_negated(pool, e);
    case EXPR_NEGATE:
        return expr_part(pool, e, 0);
    case EXPR_QUOTIENT:
        result = absorbed(pool, expr_part(pool, e, 0));
        return result ? fold_with_part(pool, e, 0, result) : expr_negate(pool, e);
    default:
        result = absorbed(pool, e);
        result = result ? result : sum_absorbed(pool, e);
        return result ? result : expr_negate(pool, e);
    }
}

/* |coefficient| times rest. */
expr_id fold_magnitude(struct pool *pool, const struct term *term)
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

expr_id fold_join(struct pool *pool, const struct term *term)
{
    expr_id e = fold_magnitude(pool, term);

    return mpq_sgn(term->coefficient) < 0 ? fold_negated(pool, e) : e;
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
size_t *fold_first_equals(const expr_id *keys, size_t count)
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
        fold_split(pool, part, fold_push_term(terms));
        return;
    }
    for (size_t i = 0; i < expr_count(pool, inner); i++) {
        struct term *term = fold_push_term(terms);
        fold_split(pool, expr_part(pool, inner, i), term);
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
    firsts = fold_first_equals(keys, terms->count);
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
expr_id fold_sum_of(struct pool *pool, const struct terms *terms)
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
                ? fold_join(pool, term)
                : expr_negate(pool, fold_magnitude(pool, term));
        negative = negative && expr_kind(pool, e) == EXPR_NEGATE;
        expr_list_push(&parts, e);
    }
    negative = negative && parts.count > 0;
    for (size_t i = 0; negative && i < parts.count; i++)
        parts.items[i] = expr_part(pool, parts.items[i], 0);
    e = expr_sum(pool, parts.items, parts.count);
    expr_list_clear(&parts);
    return negative ? fold_negated(pool, e) : e;
}

expr_id fold_sum(struct pool *pool, const expr_id *parts, size_t count)
{
    struct terms terms = {0};
    expr_id e;

    for (size_t i = 0; i < count; i++)
        push_terms(pool, &terms, parts[i]);
    collect_terms(&terms);
    e = fold_sum_of(pool, &terms);
    fold_clear_terms(&terms);
    return e;
}
