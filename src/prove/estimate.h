/* How large the normal form of a circuit can get, before it is worked out. */
#ifndef GRADTEX_PROVE_ESTIMATE_H
#define GRADTEX_PROVE_ESTIMATE_H

#include "prove/circuit.h"

/* Upper bounds. No polynomial on the way has a greater total degree; the absolute values
   of the coefficients of the difference's numerator add up to at most 2^norm. */
struct estimate {
    double bytes; /* of all polynomials on the way */
    double degree, norm;
};

struct estimate estimate_circuit(const struct circuit *circuit);

#endif
