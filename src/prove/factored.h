/* How large the polynomials of prove/normal.h get, before they are worked out. */
#ifndef GRADTEX_PROVE_FACTORED_H
#define GRADTEX_PROVE_FACTORED_H

#include "prove/circuit.h"

/* An upper bound on the bytes of all polynomials on the way. */
double factored_bytes(const struct circuit *circuit);

#endif
