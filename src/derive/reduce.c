#include "derive/reduce.h"

#include "base/memory.h"
#include "derive/term.h"
#include "expr/diff.h"
#include "expr/walk.h"

#include <stdlib.h>
#include <string.h>

enum { MONOMIALS = 64 };

/* A product as a fraction. */
struct fraction {
    struct term above, below;
};

static void fraction_init(struct fraction *fraction)
{
    term_init(&fraction->above);
    term_init(&fraction->below);
}

static void fraction_clear(struct fraction *fraction)
{
    term_clear(&fraction->above);
    term_clear(&fraction->below);
}

/* Multiplies by an expression; what is left of it in products is no quotient. */
static void fraction_multiply(struct fraction *fraction, const struct pool *pool,
                              expr_id e)
{
    struct term term;
    term_init(&term);
    term_multiply(&term, pool, e);
    mpq_mul(fraction->above.number, fraction->above.number, term.number);
    for (size_t i = 0; i < term.count; i++) {
        expr_id base = term.factors[i].base;
        bool is_quotient =
            expr_kind(pool, base) == EXPR_QUOTIENT && term.factors[i].exponent == 1;
        if (is_quotient) {
            term_multiply(&fraction->above, pool, expr_part(pool, base, 0));
            term_multiply(&fraction->below, pool, expr_part(pool, base, 1));
        } else {
            term_raise(&fraction->above, base, term.factors[i].exponent);
        }
    }
    term_clear(&term);
}

/* Takes common factors away; whether there were any. */
static bool fraction_cancel(struct fraction *fraction)
{
    struct term common;
    term_init(&common);
    term_common(&common, (struct term[]){fraction->above, fraction->below}, 2);
    mpq_set_ui(common.number, 1, 1);
    bool any = common.count > 0;
    term_divide(&fraction->above, &common);
    term_divide(&fraction->below, &common);
    term_clear(&common);
    return any;
}

static expr_id fraction_expression(const struct fraction *fraction, struct pool *pool)
{
    expr_id above = term_expression(&fraction->above, pool);
    expr_id below = term_expression(&fraction->below, pool);
    return expr_is_integer(pool, below, 1)
               ? above
               : fold(pool, expr_quotient(pool, above, below));
}

/* A product without sums of fractions; 0 if nothing cancels. */
static expr_id cancelled(struct pool *pool, expr_id product)
{
    struct fraction fraction;
    fraction_init(&fraction);
    fraction_multiply(&fraction, pool, product);
    bool any = fraction_cancel(&fraction);
    expr_id e = any ? fraction_expression(&fraction, pool) : 0;
    fraction_clear(&fraction);
    return e;
}

static bool is_negated_quotient(const struct pool *pool, expr_id e)
{
    if (expr_kind(pool, e) == EXPR_NEGATE)
        e = expr_part(pool, e, 0);
    return expr_kind(pool, e) == EXPR_QUOTIENT;
}

/* The factor that is a sum of which some terms are fractions; -1 if there is none. */
static int sum_of_fractions(const struct pool *pool, expr_id product)
{
    for (size_t i = 0; i < expr_count(pool, product); i++) {
        expr_id factor = expr_part(pool, product, i);
        bool is_sum = expr_kind(pool, factor) == EXPR_SUM;
        for (size_t k = 0; is_sum && k < expr_count(pool, factor); k++)
            if (is_negated_quotient(pool, expr_part(pool, factor, k)))
                return (int)i;
    }
    return -1;
}

/* The product with another factor at a place. */
static expr_id with_factor(struct pool *pool, expr_id product, size_t place,
                           expr_id factor)
{
    struct expr_list factors;
    expr_list_init(&factors);
    for (size_t i = 0; i < expr_count(pool, product); i++)
        expr_list_push(&factors, i == place ? factor : expr_part(pool, product, i));
    expr_id e = expr_product(pool, factors.items, factors.count);
    expr_list_clear(&factors);
    return e;
}

/* A sum of fractions times the rest, where all of its fractions cancel; else 0. */
static expr_id distributed(struct pool *pool, expr_id product, size_t place)
{
    expr_id sum = expr_part(pool, product, place), e;
    struct expr_list terms;
    bool all = true;
    expr_list_init(&terms);
    for (size_t k = 0; all && k < expr_count(pool, sum); k++) {
        expr_id term = expr_part(pool, sum, k);
        expr_id whole = with_factor(pool, product, place, term),
                less = cancelled(pool, whole);
        all = less || !is_negated_quotient(pool, term);
        expr_list_push(&terms, less ? less : whole);
    }
    e = all ? expr_sum(pool, terms.items, terms.count) : 0;
    expr_list_clear(&terms);
    return e;
}

static expr_id reduce_product(struct pool *pool, expr_id e)
{
    int place = expr_kind(pool, e) == EXPR_PRODUCT ? sum_of_fractions(pool, e) : -1;
    return place >= 0 ? distributed(pool, e, (size_t)place) : cancelled(pool, e);
}

/* The sum of the terms, some of them reduced; 0 if none was. */
static expr_id reduce_terms(struct pool *pool, expr_id sum)
{
    struct expr_list terms;
    bool any = false;
    expr_list_init(&terms);
    for (size_t i = 0; i < expr_count(pool, sum); i++) {
        expr_id term = expr_part(pool, sum, i), less = reduce_product(pool, term);
        any = any || less;
        expr_list_push(&terms, less ? less : term);
    }
    expr_id e = any ? expr_sum(pool, terms.items, terms.count) : 0;
    expr_list_clear(&terms);
    return e;
}

/* Within a product, the sums among the factors. */
static expr_id reduce_factors(struct pool *pool, expr_id product)
{
    struct expr_list factors;
    bool any = false;
    expr_list_init(&factors);
    for (size_t i = 0; i < expr_count(pool, product); i++) {
        expr_id factor = expr_part(pool, product, i);
        expr_id less =
            expr_kind(pool, factor) == EXPR_SUM ? reduce_terms(pool, factor) : 0;
        any = any || less;
        expr_list_push(&factors, less ? less : factor);
    }
    expr_id e = any ? expr_product(pool, factors.items, factors.count) : 0;
    expr_list_clear(&factors);
    return e;
}

expr_id reduce_fractions(struct pool *pool, expr_id e)
{
    expr_id less;
    if (expr_kind(pool, e) == EXPR_SUM)
        return reduce_terms(pool, e);
    if (expr_kind(pool, e) == EXPR_NEGATE &&
        expr_kind(pool, expr_part(pool, e, 0)) == EXPR_SUM) {
        less = reduce_terms(pool, expr_part(pool, e, 0));
        return less ? expr_negate(pool, less) : 0;
    }
    less = reduce_product(pool, e);
    return less || expr_kind(pool, e) != EXPR_PRODUCT ? less : reduce_factors(pool, e);
}

/* Monomials of a sum, collected. */
struct monomials {
    struct term *items;
    size_t count;
};

static void monomials_clear(struct monomials *monomials)
{
    for (size_t i = 0; i < monomials->count; i++)
        term_clear(&monomials->items[i]);
    memory_free(monomials->items);
}

static bool same_factors(const struct term *a, const struct term *b)
{
    struct term rest;
    bool same = a->count == b->count;
    term_init(&rest);
    term_copy(&rest, a);
    term_divide(&rest, b);
    same = same && rest.count == 0;
    term_clear(&rest);
    return same;
}

/* Adds a term, which is copied, to the first with the same factors. */
static void monomials_add(struct monomials *monomials, const struct term *term)
{
    for (size_t i = 0; i < monomials->count; i++)
        if (same_factors(&monomials->items[i], term) &&
            same_factors(term, &monomials->items[i])) {
            mpq_add(monomials->items[i].number, monomials->items[i].number, term->number);
            return;
        }
    monomials->items = memory_array(monomials->items, monomials->count + 1, sizeof *term);
    term_init(&monomials->items[monomials->count]);
    term_copy(&monomials->items[monomials->count++], term);
}

/* The first factor that is a sum, -1 if there is none. */
static int sum_among(const struct pool *pool, const struct term *term)
{
    for (size_t i = 0; i < term->count; i++)
        if (expr_kind(pool, term->factors[i].base) == EXPR_SUM &&
            term->factors[i].exponent == 1)
            return (int)i;
    return -1;
}

/* Products still to be multiplied out, the next one last. */
struct products {
    struct term items[MONOMIALS];
    size_t count;
};

static bool products_push(struct products *products, const struct term *term)
{
    if (products->count == MONOMIALS)
        return false;
    term_init(&products->items[products->count]);
    term_copy(&products->items[products->count++], term);
    return true;
}

/* The product with each term of one of its sums in turn, the first one last. */
static bool push_distributed(struct products *products, const struct pool *pool,
                             struct term *product, size_t place)
{
    expr_id sum = product->factors[place].base;
    struct term each;
    bool fits = true;
    memmove(product->factors + place, product->factors + place + 1,
            (--product->count - place) * sizeof *product->factors);
    for (size_t k = expr_count(pool, sum); fits && k-- > 0;) {
        term_init(&each);
        term_copy(&each, product);
        term_multiply(&each, pool, expr_part(pool, sum, k));
        fits = products_push(products, &each);
        term_clear(&each);
    }
    return fits;
}

static bool multiply_out(struct pool *pool, expr_id e, struct monomials *monomials)
{
    struct products products = {.count = 0};
    struct term first;
    bool fits = true;
    term_init(&first);
    term_multiply(&first, pool, e);
    products_push(&products, &first);
    term_clear(&first);
    while (products.count > 0) {
        struct term next = products.items[--products.count];
        int place = sum_among(pool, &next);
        if (place >= 0)
            fits = fits && push_distributed(&products, pool, &next, (size_t)place);
        else
            monomials_add(monomials, &next);
        fits = fits && monomials->count < MONOMIALS;
        term_clear(&next);
    }
    return fits;
}

/* How many monomials have the factor. */
static size_t frequency(const struct monomials *monomials, expr_id base)
{
    size_t count = 0;
    for (size_t i = 0; i < monomials->count; i++)
        for (size_t k = 0; k < monomials->items[i].count; k++)
            count += monomials->items[i].factors[k].base == base;
    return count;
}

/* How many monomials the most common factor is in; 1 where none share one. */
static size_t greatest_frequency(const struct monomials *monomials)
{
    size_t greatest = 1;
    for (size_t i = 0; i < monomials->count; i++)
        for (size_t k = 0; k < monomials->items[i].count; k++) {
            size_t count = frequency(monomials, monomials->items[i].factors[k].base);
            greatest = count > greatest ? count : greatest;
        }
    return greatest;
}

static bool has_factor(const struct term *term, expr_id base)
{
    for (size_t k = 0; k < term->count; k++)
        if (term->factors[k].base == base)
            return true;
    return false;
}

/* base * (those that have it) + the others; just all of them without a base. */
static expr_id collected(struct pool *pool, const struct monomials *monomials,
                         expr_id base)
{
    struct expr_list inside, outside;
    struct term term, divisor;
    expr_list_init(&inside);
    expr_list_init(&outside);
    expr_list_push(&outside, 0);
    term_init(&divisor);
    if (base)
        term_raise(&divisor, base, 1);
    for (size_t i = 0; i < monomials->count; i++) {
        bool has = base && has_factor(&monomials->items[i], base);
        term_init(&term);
        term_copy(&term, &monomials->items[i]);
        if (has)
            term_divide(&term, &divisor);
        expr_list_push(has ? &inside : &outside, term_expression(&term, pool));
        term_clear(&term);
    }
    outside.items[0] =
        base ? expr_multiply(pool, base, expr_sum(pool, inside.items, inside.count)) : 0;
    expr_id e = expr_sum(pool, outside.items + !base, outside.count - !base);
    term_clear(&divisor);
    expr_list_clear(&inside);
    expr_list_clear(&outside);
    return e;
}

/* Of the factors that most monomials share, the one that leaves the shortest sum. */
static expr_id collected_best(struct pool *pool, const struct monomials *monomials)
{
    size_t greatest = greatest_frequency(monomials);
    expr_id best = greatest > 1 ? 0 : collected(pool, monomials, 0);
    for (size_t i = 0; i < monomials->count && greatest > 1; i++)
        for (size_t k = 0; k < monomials->items[i].count; k++) {
            expr_id base = monomials->items[i].factors[k].base;
            if (frequency(monomials, base) < greatest)
                continue;
            expr_id e = collected(pool, monomials, base);
            if (best == 0 || expr_tree_size(pool, e) < expr_tree_size(pool, best))
                best = e;
        }
    return best;
}

static void drop_zeros(struct monomials *monomials)
{
    size_t kept = 0;
    for (size_t i = 0; i < monomials->count; i++) {
        if (mpq_sgn(monomials->items[i].number) == 0)
            term_clear(&monomials->items[i]);
        else
            monomials->items[kept++] = monomials->items[i];
    }
    monomials->count = kept;
}

static size_t term_count(const struct pool *pool, expr_id e)
{
    return expr_kind(pool, e) == EXPR_SUM ? expr_count(pool, e) : 1;
}

/* A negative term does not come first where another can. */
static expr_id positive_first(struct pool *pool, expr_id sum)
{
    struct expr_list terms;
    expr_list_init(&terms);
    for (int negative = 0; expr_kind(pool, sum) == EXPR_SUM && negative < 2; negative++)
        for (size_t i = 0; i < expr_count(pool, sum); i++)
            if ((expr_kind(pool, expr_part(pool, sum, i)) == EXPR_NEGATE) == negative)
                expr_list_push(&terms, expr_part(pool, sum, i));
    expr_id e = terms.count ? expr_sum(pool, terms.items, terms.count) : sum;
    expr_list_clear(&terms);
    return e;
}

/* The number that all monomials have but for the sign, which they lose; 1 if there is
 * none. */
static void take_number(struct monomials *monomials, mpq_t number)
{
    bool common = monomials->count > 0;
    mpq_set_ui(number, 1, 1);
    for (size_t i = 0; i < monomials->count; i++)
        common = common && term_same_number(&monomials->items[i], &monomials->items[0]);
    if (common)
        mpq_abs(number, monomials->items[0].number);
    for (size_t i = 0; i < monomials->count; i++)
        mpq_div(monomials->items[i].number, monomials->items[i].number, number);
}

/* With the common number in front; 0 if more terms than the most are left. */
static expr_id collected_terms(struct pool *pool, struct monomials *monomials,
                               size_t most)
{
    mpq_t number;
    mpq_init(number);
    drop_zeros(monomials);
    take_number(monomials, number);
    expr_id e = positive_first(pool, collected_best(pool, monomials));
    if (term_count(pool, e) > most)
        e = 0;
    else if (mpq_cmp_ui(number, 1, 1) != 0)
        e = expr_multiply(pool, expr_number(pool, number), e);
    mpq_clear(number);
    return e;
}

expr_id reduce_multiplied(struct pool *pool, expr_id e)
{
    struct monomials monomials = {0};
    expr_id result = 0;
    if (multiply_out(pool, e, &monomials))
        result = collected_terms(pool, &monomials, term_count(pool, e));
    monomials_clear(&monomials);
    return result;
}

static int compare_ids(const void *a, const void *b)
{
    expr_id first = *(const expr_id *)a, second = *(const expr_id *)b;
    return (first > second) - (first < second);
}

bool reduce_is_sum(const struct pool *pool, expr_id e, expr_id sum)
{
    size_t count = expr_count(pool, sum);
    bool same = expr_kind(pool, e) == EXPR_SUM && expr_kind(pool, sum) == EXPR_SUM &&
                expr_count(pool, e) == count;
    if (!same)
        return e == sum;
    expr_id *mine = memory_array(NULL, count, sizeof *mine);
    expr_id *other = memory_array(NULL, count, sizeof *other);
    memcpy(mine, expr_peek_parts(pool, e), count * sizeof *mine);
    memcpy(other, expr_peek_parts(pool, sum), count * sizeof *other);
    qsort(mine, count, sizeof *mine, compare_ids);
    qsort(other, count, sizeof *other, compare_ids);
    same = memcmp(mine, other, count * sizeof *mine) == 0;
    memory_free(mine);
    memory_free(other);
    return same;
}
