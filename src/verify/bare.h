/* Functions without their argument: `\sigma' = \sigma(1-\sigma)`, `\frac{df}{dz}`. */
#ifndef GRADTEX_VERIFY_BARE_H
#define GRADTEX_VERIFY_BARE_H

#include "verify/families.h"

/* Puts in the argument that goes without saying. Whether any was: then the survey has to
   be made anew. */
bool bare_resolve(struct reading *reading, const struct survey *survey);

#endif
