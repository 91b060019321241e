/* Equations that claim nothing. */
#ifndef GRADTEX_VERIFY_NOSTEP_H
#define GRADTEX_VERIFY_NOSTEP_H

#include "base/source.h"

/* `w = w - …`: the left side is an addend on the right. */
bool nostep_is_update(const char *text, struct span left, struct span right);
/* `k = 1, 2`, `j = 1, \ldots, n`: what an index runs through. */
bool nostep_is_range(const char *text, struct span left, struct span right);
/* `i = j`, `i \neq j`: two letters compared. */
bool nostep_is_condition(const char *text, struct span span);
/* Whether an equals sign stands in the argument of a command, as in `\mathbf{E = y}`, or
   in cases; it is none of a script, of a remark or of prose. */
bool nostep_hides(const char *text, struct span span, struct span *sign);

#endif
