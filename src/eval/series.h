/* Power series with balls as coefficients, cut off: the functions of function.def on
 * them. */
#ifndef GRADTEX_EVAL_SERIES_H
#define GRADTEX_EVAL_SERIES_H

#include "eval/balls.h"
#include "expr/function.h"

#ifdef GTX_FLINT3
#include <flint/arb_poly.h>
#else
#include <arb_poly.h>
#endif

/* How many coefficients, and their precision. */
struct series_style {
    slong length, bits;
};

/* A series of which nothing is known: every coefficient is NaN. */
void series_unknown(arb_poly_t x, struct series_style style);
/* x = f(a), or of max f(a, b); with a prime its derivative. Unknown across a kink, and
   for what is not worked out here. x is no operand. */
void series_apply(arb_poly_t x, const struct function *function, const arb_poly_t a,
                  const arb_poly_t b, struct series_style style);
/* x = a^n. */
void series_power(arb_poly_t x, const arb_poly_t a, slong n, struct series_style style);

#endif
