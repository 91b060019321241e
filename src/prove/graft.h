/* One gate put in the place of another. */
#ifndef GRADTEX_PROVE_GRAFT_H
#define GRADTEX_PROVE_GRAFT_H

#include "prove/circuit.h"

/* The gate `e` with `value` in the place of `unknown`; both belong to the circuit. Names
   whose values change fall away. */
gate_id graft(struct circuit *circuit, gate_id e, gate_id unknown, gate_id value);
/* A gate of the same kind as `gate`, which has parts, with these parts, in a circuit that
   may be another one. */
gate_id graft_like(struct circuit *circuit, const struct gate *gate,
                   const gate_id *parts);

#endif
