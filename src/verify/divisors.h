/* What must not be 0 for a step to be true: `x/x = 1` where x is not 0. */
#ifndef GRADTEX_VERIFY_DIVISORS_H
#define GRADTEX_VERIFY_DIVISORS_H

#include "verify/section.h"

/* Gives a proved step the condition that its divisors are not 0, if there are some by
   which one side is divided and that may be 0 where the other side is defined. Steps with
   derivatives get none. */
void divisors_note(struct section *section, struct judged *judged);

#endif
