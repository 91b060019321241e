/* What a derivation takes for granted: assumptions, and the derivative of relu at 0. */
#ifndef GRADTEX_TELL_TELL_GRANTED_H
#define GRADTEX_TELL_TELL_GRANTED_H

#include "expr/walk.h"
#include "tell/sentence.h"

/* The assumptions of the network. */
void tell_assumptions(struct sentence *sentence, struct network *network);
/* The convention at 0, if one of these nodes is defined by a function with a bend there;
   said in every derivation in which it matters that does not follow what says it. */
void tell_bends(struct sentence *sentence, struct network *network, const node_id *nodes,
                size_t count);
/* The same of what is applied in a list of expressions whose derivatives are written with
   brackets, and what those mean. */
void tell_bend_of(struct sentence *sentence, struct pool *pool,
                  const struct expr_list *parts);

#endif
