/* A circuit without functions: applications become unknowns, one for all that are equal,
   and what is known of exponentials, logarithms, roots and steps is put in. What is equal
   as a function of the unknowns is equal; what is not may be so all the same. */
#ifndef GRADTEX_PROVE_FUNCTIONS_H
#define GRADTEX_PROVE_FUNCTIONS_H

#include "prove/chance.h"
#include "prove/circuit.h"

/* Whether the sides or the conditions hang on an application. */
bool functions_occur(const struct circuit *circuit);
/* Replaces a finished circuit. The unknowns that it hung on are kept as `hidden`. No
   polynomial of an argument takes more than about `max_bytes`. */
void functions_eliminate(struct circuit *circuit, struct chance *chance,
                         size_t max_bytes);

#endif
