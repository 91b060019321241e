/* Which gates of a circuit are above 0 for all real values of the unknowns, as far as
   that is seen from sums, products and powers. */
#ifndef GRADTEX_PROVE_POSITIVE_H
#define GRADTEX_PROVE_POSITIVE_H

#include "prove/circuit.h"

/* Kept up with a circuit that grows. */
struct positive {
    const struct circuit *circuit;
    unsigned char *signs; /* by gate */
    size_t count, capacity;
};

void positive_init(struct positive *positive, const struct circuit *circuit);
void positive_clear(struct positive *positive);
/* The circuit holds no applications. */
bool positive_is(struct positive *positive, gate_id gate);

#endif
