/* Brackets after names that are neither factors nor what a function is applied to: the
   time in `x(t-1)`, what `h_\theta(x)` depends on. */
#ifndef GRADTEX_VERIFY_ARGUMENTS_H
#define GRADTEX_VERIFY_ARGUMENTS_H

#include "verify/families.h"

/* Makes times superscripts, `x^{(t-1)}`, and takes away what a name with a subscript
   depends on wherever it stands; `f_j'(z)`, a function with an index, becomes a call,
   which is not read. Whether anything has changed: then the survey has to be made anew.
 */
bool arguments_resolve(struct reading *reading, const struct survey *survey);

#endif
