/* The multiplications of the sum over paths and of backprop. */
#ifndef GRADTEX_TELL_TELL_COST_H
#define GRADTEX_TELL_TELL_COST_H

#include "derive/derivation.h"
#include "tell/sentence.h"

void tell_cost(struct sentence *sentence, struct block *block,
               const struct derivation *derivation);

#endif
