/* Is a gate 0 for all values of the unknowns? */
#ifndef GRADTEX_PROVE_ZERO_H
#define GRADTEX_PROVE_ZERO_H

#include "prove/circuit.h"

/* By normal form, exactly; false also if that might take more than `max_bytes`. The gate
   is defined somewhere and holds no applications; the circuit's unknowns get new
   numbers, so it is not finished yet. */
bool zero_is_proved(const struct circuit *circuit, gate_id gate, size_t max_bytes);

#endif
