/* Brackets around whole equations, which are looked through: \boxed{E = y}, (E = y),
   \left\{ … \right. around several rows. */
#ifndef GRADTEX_VERIFY_UNWRAP_H
#define GRADTEX_VERIFY_UNWRAP_H

#include "verify/claims.h"

/* Makes such brackets of a display blank, in a text that is masked. */
void unwrap_display(struct claims *claims, struct span display);

#endif
