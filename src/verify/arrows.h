/* Indices with an arrow between them: `w_{i \to j}`. */
#ifndef GRADTEX_VERIFY_ARROWS_H
#define GRADTEX_VERIFY_ARROWS_H

#include "verify/families.h"

/* Makes them `w_{i,j}`. Whether there are any: then the survey has to be made anew. */
bool arrows_resolve(struct reading *reading, const struct survey *survey);

#endif
