/* `\begin{cases}` on one side of an equation. */
#ifndef GRADTEX_VERIFY_BRANCHES_H
#define GRADTEX_VERIFY_BRANCHES_H

#include "verify/claims.h"

/* Writes each as `\=(value, condition, value, ...)`, which the parser reads; without a
   condition the value is for all else. What is no list of values and conditions is left
   as it is, and not read. */
void branches_mask(struct claims *claims, struct span display);

#endif
