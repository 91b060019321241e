/* Functions that a document defines nowhere: `H(z)`. */
#ifndef GRADTEX_VERIFY_UNKNOWN_H
#define GRADTEX_VERIFY_UNKNOWN_H

#include "verify/section.h"

/* Whether one side of the pair that decides has a function that nothing defines and that
   stands in no other chain. */
bool unknown_has_function(const struct section *section, const struct judged *judged);

#endif
