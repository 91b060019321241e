/* Arithmetic as a table of operations, so that the same evaluation runs over rationals of
   GMP and of FLINT, and over any other kind of number. */
#ifndef GRADTEX_EVAL_ARITH_H
#define GRADTEX_EVAL_ARITH_H

#include "base/budget.h"

#include <gmp.h>
#include <stdbool.h>
#include <stddef.h>

/* Results may be their own operands. A number that was initialised is 0. */
struct arith {
    size_t size; /* of a number, in bytes */
    void (*init)(void *x);
    void (*clear)(void *x);
    void (*set)(void *x, const void *a);
    void (*set_rational)(void *x, mpq_srcptr value);
    void (*get_rational)(mpq_ptr value, const void *a);
    void (*add)(void *x, const void *a, const void *b);
    void (*multiply)(void *x, const void *a, const void *b);
    void (*negate)(void *x, const void *a);
    bool (*invert)(void *x, const void *a); /* false if a is 0 */
    size_t (*bits)(const void *a);          /* at most this many bits, within a word */
};

extern const struct arith arith_gmp;   /* mpq_t */
extern const struct arith arith_flint; /* fmpq_t */

enum arith_fault {
    ARITH_OK,
    ARITH_ZERO_DIVISOR,
    ARITH_EXPONENT, /* no whole number that was written out, or one that does not fit a
                       long */
    ARITH_TOO_LONG, /* more bits than the budget allows */
    ARITH_NO_VALUE  /* a symbol without value, or a derivative */
};

/* What one number may take: a 64th of the budget's bytes, since many are held at once. */
size_t arith_max_bytes(const struct budget *budget);

/* `count` numbers, all 0; the caller frees them with arith_free_array. */
void *arith_new_array(const struct arith *arith, size_t count);
void arith_free_array(const struct arith *arith, void *numbers, size_t count);
void *arith_at(const struct arith *arith, void *numbers, size_t i);

/* x = base^exponent; x is not base. The size of the result is estimated first. */
enum arith_fault arith_power(const struct arith *arith, void *x, const void *base,
                             long exponent, size_t max_bits);

#endif
