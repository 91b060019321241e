/* What the parts of lowering ask of each other. Gates are 0 while they are waited for;
   the task that asked is then taken up again from its beginning. */
#ifndef GRADTEX_PROVE_LOWER_PARTS_H
#define GRADTEX_PROVE_LOWER_PARTS_H

#include "prove/lower.h"

gate_id lower_value(struct lowering *lowering, expr_id e);
gate_id lower_tangent(struct lowering *lowering, gate_id of, uint32_t seed);
/* The tangent of the gate worked out from those of its parts. */
gate_id lower_differentiate(struct lowering *lowering, gate_id of, uint32_t seed);
/* The unknown that a lemma gives for the derivative of a symbol, or 0. */
gate_id lower_granted_derivative(struct lowering *lowering, expr_id symbol, expr_id by);
/* A lemma defines a symbol that nothing else does. */
expr_id lower_definition_of(struct lowering *lowering, expr_id symbol);
uint32_t lower_seed(struct lowering *lowering, expr_id by, bool is_local);
/* Ends the lowering with this reason; 0. */
gate_id lower_fail(struct lowering *lowering, const char *reason);
/* Whether something is waited for, or has failed. */
bool lower_is_stopped(const struct lowering *lowering);

#endif
