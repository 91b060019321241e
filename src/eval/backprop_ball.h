/* Backprop in FLINT's balls: the same passes as eval/backprop where activations and
   errors leave the rationals. Every number is an enclosure of the exact one. */
#ifndef GRADTEX_EVAL_BACKPROP_BALL_H
#define GRADTEX_EVAL_BACKPROP_BALL_H

#include "eval/activation.h"
#include "net/network.h"

#include <gmp.h>

struct backprop_ball;

/* One forward and one backward pass at `bits` of precision, of a network that
   backprop_applies to and that has no arbitrary functions. values[node] is read for every
   leaf, and for leaves only; both are borrowed. */
struct backprop_ball *backprop_ball_new(const struct network *network, mpq_srcptr values,
                                        slong bits);
void backprop_ball_free(struct backprop_ball *backprop);
/* An enclosure of dE/d(node), for any node. What only some nodes need is worked out when
   the first of them is asked for. NaN or infinitely wide where it has no value,
   or none that this precision can tell. */
void backprop_ball_gradient(struct backprop_ball *backprop, node_id node, arb_t gradient);

#endif
