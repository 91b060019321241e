/* Plain text: a formula is a line and the indented lines that continue it; in a line may
   stand several equations, wide apart, and behind them a number. */
#ifndef GRADTEX_VERIFY_PLAIN_H
#define GRADTEX_VERIFY_PLAIN_H

#include "verify/claims.h"

/* The end of the formula whose first line begins at `begin`. */
uint32_t plain_end(const struct source *source, uint32_t begin);
/* Makes the words before a formula and the number behind it blank, and a comma of what
   is between equations. */
void plain_mask(struct claims *claims, struct span formula);

#endif
