/* Derivatives as difference quotients whose error is bounded, one number after the other:

       E'(w) = (E(w + h) - E(w - h))/2h - h^2 E'''(v)/6 for some v between w - h and w +
   h,

   and E'''/6 is enclosed as the third coefficient of E's power series around all of these
   points at once. */
#ifndef GRADTEX_EVAL_DIFFERENCE_H
#define GRADTEX_EVAL_DIFFERENCE_H

#include "eval/enclosure.h"
#include "eval/values.h"

struct difference;

/* Of a defined symbol of a network, through its definitions, at values that went forward.
 */
struct difference *difference_new(const struct values *values, node_id goal);
void difference_free(struct difference *difference);
/* The work of one quotient: how many parts the expression has. */
size_t difference_size(const struct difference *difference);
/* An enclosure of the derivative; the whole line where a kink lies between w - h and w +
   h, a function has no formula, or the precision does not reach. */
void difference_quotient(struct difference *difference, node_id node,
                         struct enclosure *quotient);

#endif
