#include "eval/arith.h"

#include "base/memory.h"

#include <flint/fmpq.h>

static void gmp_init(void *x)
{
    mpq_init(x);
}

static void gmp_clear(void *x)
{
    mpq_clear(x);
}

static void gmp_set(void *x, const void *a)
{
    mpq_set(x, a);
}

static void gmp_set_rational(void *x, mpq_srcptr value)
{
    mpq_set(x, value);
}

static void gmp_get_rational(mpq_ptr value, const void *a)
{
    mpq_set(value, a);
}

static void gmp_add(void *x, const void *a, const void *b)
{
    mpq_add(x, a, b);
}

static void gmp_multiply(void *x, const void *a, const void *b)
{
    mpq_mul(x, a, b);
}

static void gmp_negate(void *x, const void *a)
{
    mpq_neg(x, a);
}

static bool gmp_invert(void *x, const void *a)
{
    if (mpq_sgn((mpq_srcptr)a) == 0)
        return false;
    mpq_inv(x, a);
    return true;
}

static size_t gmp_bits(const void *a)
{
    return mpz_sizeinbase(mpq_numref((mpq_srcptr)a), 2) +
           mpz_sizeinbase(mpq_denref((mpq_srcptr)a), 2);
}

const struct arith arith_gmp = {
    .size = sizeof(mpq_t),
    .init = gmp_init,
    .clear = gmp_clear,
    .set = gmp_set,
    .set_rational = gmp_set_rational,
    .get_rational = gmp_get_rational,
    .add = gmp_add,
    .multiply = gmp_multiply,
    .negate = gmp_negate,
    .invert = gmp_invert,
    .bits = gmp_bits,
};

static void flint_init(void *x)
{
    fmpq_init(x);
}

static void flint_clear(void *x)
{
    fmpq_clear(x);
}

static void flint_set(void *x, const void *a)
{
    fmpq_set(x, a);
}

static void flint_set_rational(void *x, mpq_srcptr value)
{
    fmpq_set_mpq(x, value);
}

static void flint_get_rational(mpq_ptr value, const void *a)
{
    fmpq_get_mpq(value, a);
}

static void flint_add(void *x, const void *a, const void *b)
{
    fmpq_add(x, a, b);
}

static void flint_multiply(void *x, const void *a, const void *b)
{
    fmpq_mul(x, a, b);
}

static void flint_negate(void *x, const void *a)
{
    fmpq_neg(x, a);
}

static bool flint_invert(void *x, const void *a)
{
    if (fmpq_is_zero(a))
        return false;
    fmpq_inv(x, a);
    return true;
}

static size_t flint_bits(const void *a)
{
    const fmpq *number = a;
    return fmpz_sizeinbase(&number->num, 2) + fmpz_sizeinbase(&number->den, 2);
}

const struct arith arith_flint = {
    .size = sizeof(fmpq_t),
    .init = flint_init,
    .clear = flint_clear,
    .set = flint_set,
    .set_rational = flint_set_rational,
    .get_rational = flint_get_rational,
    .add = flint_add,
    .multiply = flint_multiply,
    .negate = flint_negate,
    .invert = flint_invert,
    .bits = flint_bits,
};

size_t arith_max_bytes(const struct budget *budget)
{
    return budget->max_bytes / 64;
}

void *arith_at(const struct arith *arith, void *numbers, size_t i)
{
    return (char *)numbers + i * arith->size;
}

void *arith_new_array(const struct arith *arith, size_t count)
{
    void *numbers = memory_array(NULL, count, arith->size);
    for (size_t i = 0; i < count; i++)
        arith->init(arith_at(arith, numbers, i));
    return numbers;
}

void arith_free_array(const struct arith *arith, void *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        arith->clear(arith_at(arith, numbers, i));
    memory_free(numbers);
}

static void set_one(const struct arith *arith, void *x)
{
    mpq_t one;
    mpq_init(one);
    mpq_set_ui(one, 1, 1);
    arith->set_rational(x, one);
    mpq_clear(one);
}

enum arith_fault arith_power(const struct arith *arith, void *x, const void *base,
                             long exponent, size_t max_bits)
{
    unsigned long left =
        exponent < 0 ? 0UL - (unsigned long)exponent : (unsigned long)exponent;
    /* 0 and ±1 have two bits and stay that small. */
    size_t bits = arith->bits(base);
    if (bits > 2 && left > max_bits / bits)
        return ARITH_TOO_LONG;
    void *square = arith_new_array(arith, 1);
    arith->set(square, base);
    set_one(arith, x);
    for (; left > 0; left >>= 1) {
        if (left & 1)
            arith->multiply(x, x, square);
        if (left > 1)
            arith->multiply(square, square, square);
    }
    arith_free_array(arith, square, 1);
    return exponent < 0 && !arith->invert(x, x) ? ARITH_ZERO_DIVISOR : ARITH_OK;
}
