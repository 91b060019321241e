/* Functions, lowered: what they come down to by the column `meaning` of
   expr/function.def, and what their derivatives are. That table's column `derivative` is
   not read here: derivatives of a meaning are worked out, so that what derive takes from
   there is proved. */
#ifndef GRADTEX_PROVE_APPLICATION_H
#define GRADTEX_PROVE_APPLICATION_H

#include "prove/lower.h"

/* The gate of an application. */
gate_id application_value(struct lowering *lowering, expr_id e);
/* The tangent of a GATE_APPLY. */
gate_id application_tangent(struct lowering *lowering, gate_id of, uint32_t seed);

#endif
