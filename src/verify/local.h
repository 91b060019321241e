/* Derivatives in chains that are local ones: `\frac{\partial h_2}{\partial w}` in
   `\frac{\partial h_2}{\partial w} + \frac{\partial h_2}{\partial h_1}
   \frac{\partial h_1}{\partial w}` holds h_1 fixed. */
#ifndef GRADTEX_VERIFY_LOCAL_H
#define GRADTEX_VERIFY_LOCAL_H

#include "verify/section.h"

/* A step that is false with total derivatives is true if it is with local ones: one
   reading for all derivatives of its right side, for all but those of the error, or for
   those by a parameter. */
void local_try(struct section *section, struct judged *judged);

#endif
