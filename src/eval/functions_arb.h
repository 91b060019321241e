/* The functions of function.def where they stay within the rationals (FLINT), and
 * enclosed (arb). */
#ifndef GRADTEX_EVAL_FUNCTIONS_ARB_H
#define GRADTEX_EVAL_FUNCTIONS_ARB_H

#include "eval/arith.h"
#include "eval/balls.h"

#include <flint/fmpq.h>

/* Sets x to an exact value at an exact argument: ARITH_IRRATIONAL if it is none, else
   what is wrong. x is not the argument. Of one argument only. */
enum arith_fault fmpq_function(fmpq_t x, const struct arith_call *call, const fmpq_t z);

/* A ball around the values on a ball. ARITH_DOMAIN if no number of it has a value,
   ARITH_NO_VALUE for a function that is not worked out here; where some numbers have no
   value, x is the whole line. x is not the argument. */
enum arith_fault arb_function(arb_t x, const struct arith_call *call, const arb_t z,
                              slong bits);

#endif
