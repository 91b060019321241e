/* Backprop in FLINT's integer matrices, for networks that are layers and a named error
   alone, where everything is rational. The referee of the path sum: it sees layers and
   numbers, never expressions or paths. */
#ifndef GRADTEX_EVAL_BACKPROP_H
#define GRADTEX_EVAL_BACKPROP_H

#include "eval/activation.h"
#include "net/network.h"

#include <gmp.h>
#include <stdbool.h>

/* Whether everything that is defined belongs to a layer whose activation is known, and
   the error has a kind by name. Then backprop_new or backprop_ball_new does it; arbitrary
   functions only the former, so everything else must be rational then. */
bool backprop_applies(const struct network *network);
/* Whether, besides, rational values make all gradients rational: identity, relu,
   leaky-relu and arbitrary functions, and errors by squares. */
bool backprop_is_rational(const struct network *network);

struct backprop;

/* One forward and one backward pass of a network that it applies to. values[node] is read
   for every leaf, and for leaves only; both are borrowed. `draws` (may be NULL) knows
   arbitrary functions. NULL if the network is not rational, or a function or its
   derivative has no value where it is asked for. */
struct backprop *backprop_new(const struct network *network, mpq_srcptr values,
                              const struct activation_draws *draws);
void backprop_free(struct backprop *backprop);
/* dE/d(node), in lowest terms, for any node. What only some nodes need is worked out when
   the first of them is asked for. */
void backprop_gradient(struct backprop *backprop, node_id node, mpq_ptr gradient);

#endif
