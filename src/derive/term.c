#include "derive/term.h"

#include "base/memory.h"
#include "expr/diff.h"
#include "expr/walk.h"

#include <string.h>

void term_init(struct term *term)
{
    memset(term, 0, sizeof *term);
    mpq_init(term->number);
    mpq_set_ui(term->number, 1, 1);
}

void term_clear(struct term *term)
{
    mpq_clear(term->number);
    memory_free(term->factors);
}

void term_copy(struct term *term, const struct term *from)
{
    mpq_set(term->number, from->number);
    term->factors = memory_array(term->factors, from->count, sizeof(struct factor));
    if (from->count)
        memcpy(term->factors, from->factors, from->count * sizeof(struct factor));
    term->count = term->capacity = from->count;
}

static struct factor *term_find(const struct term *term, expr_id base)
{
    for (size_t i = 0; i < term->count; i++)
        if (term->factors[i].base == base)
            return &term->factors[i];
    return NULL;
}

void term_raise(struct term *term, expr_id base, long exponent)
{
    struct factor *known = term_find(term, base);
    if (known) {
        known->exponent += exponent;
        return;
    }
    if (term->count == term->capacity) {
        term->capacity = term->capacity ? 2 * term->capacity : 8;
        term->factors =
            memory_array(term->factors, term->capacity, sizeof(struct factor));
    }
    term->factors[term->count++] = (struct factor){base, exponent};
}

/* A power with a small positive integer exponent; else 0. */
static long positive_exponent(const struct pool *pool, expr_id e)
{
    if (expr_kind(pool, e) != EXPR_POWER ||
        expr_kind(pool, expr_part(pool, e, 1)) != EXPR_NUMBER)
        return 0;
    mpq_srcptr q = expr_peek_number(pool, expr_part(pool, e, 1));
    if (mpz_cmp_ui(mpq_denref(q), 1) != 0 || mpq_sgn(q) <= 0 ||
        !mpz_fits_sint_p(mpq_numref(q)))
        return 0;
    return mpz_get_si(mpq_numref(q));
}

void term_multiply(struct term *term, const struct pool *pool, expr_id e)
{
    struct expr_list todo;
    expr_list_init(&todo);
    expr_list_push(&todo, e);
    while (todo.count) {
        expr_id part = todo.items[--todo.count];
        long exponent = positive_exponent(pool, part);
        switch (expr_kind(pool, part)) {
        case EXPR_PRODUCT:
            for (size_t i = expr_count(pool, part); i-- > 0;)
                expr_list_push(&todo, expr_part(pool, part, i));
            break;
        case EXPR_NEGATE:
            mpq_neg(term->number, term->number);
            expr_list_push(&todo, expr_part(pool, part, 0));
            break;
        case EXPR_NUMBER:
            mpq_mul(term->number, term->number, expr_peek_number(pool, part));
            break;
        default:
            if (exponent)
                term_raise(term, expr_part(pool, part, 0), exponent);
            else
                term_raise(term, part, 1);
        }
    }
    expr_list_clear(&todo);
}

static void keep_common(struct term *common, const struct term *other)
{
    size_t kept = 0;
    for (size_t i = 0; i < common->count; i++) {
        struct factor factor = common->factors[i];
        const struct factor *known = term_find(other, factor.base);
        if (!known)
            continue;
        if (known->exponent < factor.exponent)
            factor.exponent = known->exponent;
        common->factors[kept++] = factor;
    }
    common->count = kept;
}

bool term_same_number(const struct term *a, const struct term *b)
{
    return mpz_cmpabs(mpq_numref(a->number), mpq_numref(b->number)) == 0 &&
           mpz_cmp(mpq_denref(a->number), mpq_denref(b->number)) == 0;
}

void term_common(struct term *common, const struct term *terms, size_t count)
{
    if (!count)
        return;
    bool same_numbers = true;
    term_copy(common, &terms[0]);
    for (size_t i = 1; i < count; i++) {
        same_numbers = same_numbers && term_same_number(&terms[0], &terms[i]);
        if (mpq_sgn(terms[0].number) != mpq_sgn(terms[i].number))
            mpq_abs(common->number, terms[0].number);
        keep_common(common, &terms[i]);
    }
    if (!same_numbers)
        mpq_set_ui(common->number, 1, 1);
}

void term_divide(struct term *term, const struct term *by)
{
    mpq_div(term->number, term->number, by->number);
    size_t kept = 0;
    for (size_t i = 0; i < term->count; i++) {
        struct factor factor = term->factors[i];
        const struct factor *known = term_find(by, factor.base);
        if (known)
            factor.exponent -= known->exponent;
        if (factor.exponent > 0)
            term->factors[kept++] = factor;
    }
    term->count = kept;
}

void term_last_first(struct term *term, const struct pool *pool)
{
    if (term->count < 2 ||
        expr_kind(pool, term->factors[term->count - 1].base) != EXPR_SYMBOL)
        return;
    struct factor last = term->factors[term->count - 1];
    memmove(term->factors + 1, term->factors, (term->count - 1) * sizeof last);
    term->factors[0] = last;
}

expr_id term_expression(const struct term *term, struct pool *pool)
{
    struct expr_list factors;
    expr_list_init(&factors);
    if (mpq_cmp_ui(term->number, 1, 1) != 0 || !term->count)
        expr_list_push(&factors, expr_number(pool, term->number));
    for (size_t i = 0; i < term->count; i++) {
        struct factor factor = term->factors[i];
        expr_list_push(&factors, factor.exponent == 1
                                     ? factor.base
                                     : expr_power(pool, factor.base, factor.exponent));
    }
    expr_id product = fold(pool, expr_product(pool, factors.items, factors.count));
    expr_list_clear(&factors);
    return product;
}
