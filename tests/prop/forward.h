/* For laws: derivatives by forward mode in MPFR, with functions worked out here and
   nowhere else: a number and its partial derivatives for each part of an expression, then
   slopes. */
#ifndef GRADTEX_TESTS_FORWARD_H
#define GRADTEX_TESTS_FORWARD_H

#include "eval/values.h"

#include <mpfr.h>

struct forward;

/* A network at values of its leaves, which are borrowed; numbers are not enclosed. */
struct forward *forward_new(const struct values *values, mpfr_prec_t bits);
void forward_free(struct forward *forward);
/* d(goal)/d(by), for any nodes: NaN where it has none. False if numbers went beyond
   what MPFR can hold, or one that rounding made 0 was divided by. */
bool forward_slope(struct forward *forward, node_id goal, node_id by, mpfr_ptr slope);
/* The largest term that this took, borrowed: of a slope that is much smaller, digits were
 * lost. */
mpfr_srcptr forward_scale(const struct forward *forward);

#endif
