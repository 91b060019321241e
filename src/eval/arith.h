/* Arithmetic as a table of operations, so that the same evaluation runs over numbers of
   GMP and MPFI, and over those of FLINT and its balls.

   A number is an exact rational as long as it can be one. Where a function leaves the
   rationals it becomes an enclosure: an interval whose ends are rounded outward, so that
   the number is certainly in it. An enclosure may have infinite ends, never a NaN. */
#ifndef GRADTEX_EVAL_ARITH_H
#define GRADTEX_EVAL_ARITH_H

#include "base/budget.h"
#include "eval/enclosure.h"
#include "expr/function.h"

#include <gmp.h>
#include <stdbool.h>
#include <stddef.h>

enum arith_fault {
    ARITH_OK,
    ARITH_ZERO_DIVISOR,
    ARITH_EXPONENT,   /* no whole number that was written out, or one that does not fit a
                         long */
    ARITH_TOO_LONG,   /* more bits than the budget allows */
    ARITH_NO_VALUE,   /* a symbol without value, or a derivative */
    ARITH_IRRATIONAL, /* no rational, where only these are wanted */
    ARITH_DOMAIN,     /* ln or sqrt of what is negative, ln of 0 */
    ARITH_KINK,       /* the step at 0, where it is undefined */
    ARITH_LETTER,     /* an arbitrary function, where no values are drawn */
    ARITH_LETTER_WIDE /* the same where the argument is not known well enough */
};

/* A function of function.def, or its derivative by one of its arguments (from 0). */
struct arith_call {
    enum function_id function;
    bool is_derivative;
    size_t argument;
    mpq_srcptr parameter;    /* of leaky-relu */
    mpq_srcptr step_at_zero; /* NULL if it is undefined */
};

/* Results may be their own operands. A number that was initialised is 0. */
struct arith {
    long bits;   /* precision of enclosures; 0: there are none */
    size_t size; /* of a number, in bytes */
    void (*init)(void *x, long bits);
    void (*clear)(void *x);
    void (*set)(void *x, const void *a);
    void (*set_rational)(void *x, mpq_srcptr value);
    bool (*is_exact)(const void *a);
    void (*get_rational)(mpq_ptr value, const void *a); /* of an exact number */
    void (*get_enclosure)(struct enclosure *value, const void *a);
    void (*set_enclosure)(void *x, const struct enclosure *value);
    void (*add)(void *x, const void *a, const void *b);
    void (*multiply)(void *x, const void *a, const void *b);
    void (*negate)(void *x, const void *a);
    bool (*invert)(void *x, const void *a); /* false if a is 0 */
    enum arith_fault (*apply)(void *x, const struct arith_call *call,
                              const void *const *arguments);
    size_t (*bits_of)(
        const void *a); /* of an exact number, at most, within a word; else 1 */
};

/* Without enclosures. */
extern const struct arith arith_gmp;   /* mpq_t, mpfi_t */
extern const struct arith arith_flint; /* fmpq_t, arb_t */

/* The same with enclosures of so many bits. */
struct arith arith_enclosing(const struct arith *arith, long bits);

/* What one number may take: a 64th of the budget's bytes, since many are held at once. */
size_t arith_max_bytes(const struct budget *budget);

/* `count` numbers, all 0; the caller frees them with arith_free_array. */
void *arith_new_array(const struct arith *arith, size_t count);
void arith_free_array(const struct arith *arith, void *numbers, size_t count);
void *arith_at(const struct arith *arith, void *numbers, size_t i);

void arith_set_integer(const struct arith *arith, void *x, long n);

/* x = base^exponent; x is not base. The size of the result is estimated first. */
enum arith_fault arith_power(const struct arith *arith, void *x, const void *base,
                             long exponent, size_t max_bits);

#endif
