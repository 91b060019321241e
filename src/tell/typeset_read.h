/* Formulas that `verify` gives as LaTeX, set as the sheet sets its own. */
#ifndef GRADTEX_TELL_TYPESET_READ_H
#define GRADTEX_TELL_TYPESET_READ_H

#include "tell/typeset.h"

/* A formula, or a piece of one: `w_1`, `+ y_1 w_2`, `-`. NULL if it is not read, or holds
   something that has no form here, such as a vector. */
struct formula *typeset_read(const struct typeset *typeset, const char *latex);

#endif
