/* Two letters side by side that are a product: the `wx` of a document that has a w. */
#ifndef GRADTEX_VERIFY_PAIRS_H
#define GRADTEX_VERIFY_PAIRS_H

#include "verify/families.h"

/* Makes products of them. Whether there are any: then the survey has to be made anew. */
bool pairs_resolve(struct reading *reading, const struct survey *survey);

#endif
