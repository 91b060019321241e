/* Where the balls of FLINT are: FLINT 2.9 has arb beside it, FLINT 3 inside. */
#ifndef GRADTEX_EVAL_BALLS_H
#define GRADTEX_EVAL_BALLS_H

#include <mpfr.h>

#ifdef GTX_FLINT3
#include <flint/arb.h>
#else
#include <arb.h>
#endif

#endif
