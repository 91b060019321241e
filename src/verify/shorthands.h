/* A document's own commands for derivatives: `\newcommand{\pd}[2]{\frac{\partial
 * #1}{…}}`.
 */
#ifndef GRADTEX_VERIFY_SHORTHANDS_H
#define GRADTEX_VERIFY_SHORTHANDS_H

#include "verify/claims.h"

/* Puts `\@`, which the parser reads as a derivative, for those in the claims' text, and
   what it does not read for commands that the document gives another meaning. */
void shorthands_mask(struct claims *claims);

#endif
