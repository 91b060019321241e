/* The functions of function.def where they stay within the rationals (GMP), and enclosed
 * (MPFI). */
#ifndef GRADTEX_EVAL_FUNCTIONS_GMP_H
#define GRADTEX_EVAL_FUNCTIONS_GMP_H

#include "eval/arith.h"

#include <mpfi.h>

/* Whether x is an exact value at an exact argument: x is set, and may be the argument.
   ARITH_IRRATIONAL if it is none, else what is wrong. Of one argument only. */
enum arith_fault gmp_function(mpq_ptr x, const struct arith_call *call, mpq_srcptr z);

/* An enclosure of the values on an interval, for the functions that are smooth (sigmoid,
   tanh, softplus, exp, ln, sqrt) and their derivatives. ARITH_DOMAIN if no number of the
   interval has a value; where some have none, x is the whole line. x is not the argument.
 */
enum arith_fault mpfi_function(mpfi_ptr x, const struct arith_call *call, mpfi_srcptr z);

#endif
