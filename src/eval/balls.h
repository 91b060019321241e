/* Where the balls of FLINT are: FLINT 2.9 has arb beside it, FLINT 3 inside. */
#ifndef GRADTEX_EVAL_BALLS_H
#define GRADTEX_EVAL_BALLS_H

#include "eval/enclosure.h"

#ifdef GTX_FLINT3
#include <flint/arb.h>
#else
#include <arb.h>
#endif

/* The ball as an interval with ends of so many bits: the whole line if it is not finite,
 * or holds a NaN. */
void ball_enclosure(struct enclosure *enclosure, const arb_t ball, slong bits);

#endif
