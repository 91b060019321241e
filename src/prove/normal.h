/* The normal form of a circuit: fractions of polynomials with integer coefficients,
   multiplied out. */
#ifndef GRADTEX_PROVE_NORMAL_H
#define GRADTEX_PROVE_NORMAL_H

#include "prove/circuit.h"

enum normal_sign { NORMAL_ZERO, NORMAL_CONSTANT, NORMAL_VARIES };

/* Works everything out; the caller has estimated that it fits. `conditions[i]` tells of
   the i-th condition of the circuit, which has room for that. If one is zero, the sides
   are defined nowhere and the answer means nothing. */
enum normal_sign normal_difference(const struct circuit *circuit,
                                   enum normal_sign *conditions);

#endif
