/* What a derivation takes for granted: assumptions, and the derivative of relu at 0. */
#ifndef GRADTEX_TELL_TELL_GRANTED_H
#define GRADTEX_TELL_TELL_GRANTED_H

#include "tell/sentence.h"

/* The assumptions of the network. */
void tell_assumptions(struct sentence *sentence, struct network *network);
/* The convention at 0, if one of these nodes is defined by a function with a bend there;
   said in every derivation in which it matters. */
void tell_bends(struct sentence *sentence, struct network *network, const node_id *nodes,
                size_t count);

#endif
