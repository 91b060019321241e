/* What stands beside an equation and is no part of it: its number, written by hand, the
   indices for which it holds, the sign that ends a proof. */
#ifndef GRADTEX_VERIFY_TAGS_H
#define GRADTEX_VERIFY_TAGS_H

#include "verify/claims.h"

/* Masks `\quad (2)`, `\eqno(2)`, `\forall j`, `\square` in a display whose commands have
   been masked. */
void tags_mask(struct claims *claims, struct span display);

#endif
