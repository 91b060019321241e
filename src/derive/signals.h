/* The error signals of the outputs, and where they come from. */
#ifndef GRADTEX_DERIVE_SIGNALS_H
#define GRADTEX_DERIVE_SIGNALS_H

#include "derive/builder.h"

/* Gives each of the derivation's `signals` its value. Where it belongs to a
   pre-activation, a chain tells how it comes about: the sum over the outputs that hang on
   it. Of many that are alike only the first and the last get chains. */
void signals_derive(struct builder *builder);

/* Fractions cancelled and multiplied out as in those chains; the expression itself if
 * there are none. */
expr_id signals_simplified(struct network *network, expr_id e);
/* The expression with the derivatives of activations written by the values of their
   units, where something that is divided by cancels then; else 0. */
expr_id signals_valued(struct network *network, expr_id e);
/* A prover to which the assumptions of the network are granted. */
struct prover *signals_prover(struct network *network, const struct budget *budget);
/* The expression with what the network assumes of sums of symbols in their places,
   folded; 0 if there is nothing of the kind in it. */
expr_id signals_assumed(struct network *network, expr_id e);

#endif
