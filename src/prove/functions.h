/* A circuit without functions: applications become unknowns, one for all that are the
   same. */
#ifndef GRADTEX_PROVE_FUNCTIONS_H
#define GRADTEX_PROVE_FUNCTIONS_H

#include "prove/circuit.h"

/* Whether the sides or the conditions hang on an application. */
bool functions_occur(const struct circuit *circuit);
/* Replaces a finished circuit. The unknowns that it hung on are kept as `hidden`. */
void functions_eliminate(struct circuit *circuit);

#endif
