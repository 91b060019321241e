/* Backprop in FLINT's integer matrices, for networks that are layers and a named error
   alone. The referee of the path sum: it sees layers and numbers, never expressions or
   paths. */
#ifndef GRADTEX_EVAL_BACKPROP_H
#define GRADTEX_EVAL_BACKPROP_H

#include "net/network.h"

#include <gmp.h>
#include <stdbool.h>

/* Whether everything that is defined is a unit of a layer, and the error has a kind by
 * name. */
bool backprop_applies(const struct network *network);

struct backprop;

/* One forward and one backward pass of a network that it applies to. values[node] is read
   for every leaf, and for leaves only. */
struct backprop *backprop_new(const struct network *network, mpq_srcptr values);
void backprop_free(struct backprop *backprop);
/* dE/d(node), in lowest terms, for any node. */
void backprop_gradient(const struct backprop *backprop, node_id node, mpq_ptr gradient);

#endif
