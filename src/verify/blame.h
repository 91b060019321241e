/* Which false steps are mistakes of their own, and which follow from an earlier one. */
#ifndef GRADTEX_VERIFY_BLAME_H
#define GRADTEX_VERIFY_BLAME_H

#include "verify/section.h"

/* With the section judged and open: sets `carried_from` of false steps that equal an
   earlier false one, or whose two sides agree when earlier ones are granted. */
void blame_steps(struct section *section);

#endif
