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

#endif
