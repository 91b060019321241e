/* Which gates of a circuit are above 0, or below, for all real values of the unknowns, as
   far as that is seen from sums, products and powers; all that hang on numbers alone. */
#ifndef GRADTEX_PROVE_SIGN_H
#define GRADTEX_PROVE_SIGN_H

#include "prove/circuit.h"

#include <flint/fmpq.h>

/* Kept up with a circuit that grows; it holds no applications but such that nothing hangs
   on. */
struct signs {
    const struct circuit *circuit;
    unsigned char *possible; /* by gate: a set of signs */
    fmpq *values;            /* by gate: of those that hang on numbers alone */
    size_t count, capacity;
};

void sign_init(struct signs *signs, const struct circuit *circuit);
void sign_clear(struct signs *signs);
bool sign_is_positive(struct signs *signs, gate_id gate);
bool sign_is_negative(struct signs *signs, gate_id gate);
bool sign_is_zero(struct signs *signs, gate_id gate);

#endif
