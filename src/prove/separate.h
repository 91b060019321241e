/* A point at which two sides are certainly different, though they are not rational. */
#ifndef GRADTEX_PROVE_SEPARATE_H
#define GRADTEX_PROVE_SEPARATE_H

#include "prove/circuit.h"
#include "prove/prove.h"

/* The circuit, in which no definition is left out, holds applications. Fills the proof's
   witnesses and sides and returns true if such a point is found, of small rationals; if
   not `must_differ`, any point at which the sides are defined. Expressions are made in
   the pool for the values of arbitrary functions. */
bool separate(const struct circuit *circuit, struct pool *pool, bool must_differ,
              struct proof *proof);

#endif
