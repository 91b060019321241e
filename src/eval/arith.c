#include "eval/arith.h"

#include "base/memory.h"

struct arith arith_enclosing(const struct arith *arith, long bits)
{
    struct arith copy = *arith;
    copy.bits = bits;
    return copy;
}

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
        arith->init(arith_at(arith, numbers, i), arith->bits);
    return numbers;
}

void arith_free_array(const struct arith *arith, void *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        arith->clear(arith_at(arith, numbers, i));
    memory_free(numbers);
}

void arith_set_integer(const struct arith *arith, void *x, long n)
{
    mpq_t value;
    mpq_init(value);
    mpq_set_si(value, n, 1);
    arith->set_rational(x, value);
    mpq_clear(value);
}

enum arith_fault arith_power(const struct arith *arith, void *x, const void *base,
                             long exponent, size_t max_bits)
{
    unsigned long left =
        exponent < 0 ? 0UL - (unsigned long)exponent : (unsigned long)exponent;
    /* 0 and ±1 have two bits and stay that small; enclosures stay as they are. */
    size_t bits = arith->bits_of(base);
    if (bits > 2 && left > max_bits / bits)
        return ARITH_TOO_LONG;
    void *square = arith_new_array(arith, 1);
    arith->set(square, base);
    arith_set_integer(arith, x, 1);
    for (; left > 0; left >>= 1) {
        if (left & 1)
            arith->multiply(x, x, square);
        if (left > 1)
            arith->multiply(square, square, square);
    }
    arith_free_array(arith, square, 1);
    return exponent < 0 && !arith->invert(x, x) ? ARITH_ZERO_DIVISOR : ARITH_OK;
}
