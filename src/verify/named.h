/* Letters in scripts that are no indices but part of a name: the h and o of `w_h` and
   `w_o`, of `\delta^h_j` and `\delta^o_k`. */
#ifndef GRADTEX_VERIFY_NAMED_H
#define GRADTEX_VERIFY_NAMED_H

#include "verify/families.h"

/* Finds the labels, and separates them from indices beside them: `w_{jo}` becomes
   `w_{j,o}`. Whether any stands beside one: then the survey has to be made anew. */
bool named_find(struct families *families, struct reading *reading,
                const struct survey *survey);

#endif
