/* Circuits evaluated modulo a prime of 62 bits. */
#ifndef GRADTEX_PROVE_MODULAR_H
#define GRADTEX_PROVE_MODULAR_H

#include "prove/circuit.h"

#include <flint/flint.h>
#include <flint/nmod_vec.h>

struct modular {
    const struct circuit *circuit;
    nmod_t mod;
    mp_limb_t *values; /* by gate */
    bool has_numbers;  /* each number of the circuit has a value: the prime divides no
                          denominator */
    gate_id zero;      /* what was divided by and is 0 at the last point, or 0 */
};

/* The circuit is borrowed and finished. */
void modular_init(struct modular *modular, const struct circuit *circuit,
                  mp_limb_t prime);
void modular_clear(struct modular *modular);
/* Fills the values for one value of each unknown. False if something is divided by 0 or a
   condition fails there; then `zero` is the first gate at fault, and what it hangs on has
   values. */
bool modular_evaluate(struct modular *modular, const mp_limb_t *point);
/* The same for one gate, which is no application, when its parts have values. */
bool modular_evaluate_gate(struct modular *modular, gate_id gate, const mp_limb_t *point);

#endif
