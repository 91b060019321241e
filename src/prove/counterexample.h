/* The simplest values found for which two sides differ. */
#ifndef GRADTEX_PROVE_COUNTEREXAMPLE_H
#define GRADTEX_PROVE_COUNTEREXAMPLE_H

#include "prove/chance.h"
#include "prove/modular.h"
#include "prove/prove.h"

/* `modular` belongs to a circuit in which no definition is left out, and `point`, which
   is used up, is a point where both sides are defined and, if `must_differ`, differ.
   Fills the proof's witnesses and sides, exactly. False if the values would be too long
   to write. */
bool counterexample_find(struct modular *modular, struct chance *chance, mp_limb_t *point,
                         bool must_differ, struct proof *proof);

#endif
