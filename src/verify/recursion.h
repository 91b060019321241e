/* Units that feed units, told once for all layers: `a_j = \sum_i w_{ji} z_i`, `z_j =
   h(a_j)`. */
#ifndef GRADTEX_VERIFY_RECURSION_H
#define GRADTEX_VERIFY_RECURSION_H

#include "verify/families.h"

/* Tells the z_i that feed from the z_j that are fed, by their letter. Whether any were:
   then the survey has to be made anew. */
bool recursion_resolve(const struct families *families, struct reading *reading,
                       const struct survey *survey);

#endif
