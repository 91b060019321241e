/* Braces, and \left with \right: each is closed within its display. */
#ifndef GRADTEX_VERIFY_BALANCE_H
#define GRADTEX_VERIFY_BALANCE_H

#include "verify/claims.h"

/* False with a diagnostic at what is never closed, closes nothing, or is nested too deep.
 */
bool balance_check(const struct claims *claims, struct span display, bool has_comments,
                   struct diags *diags);

#endif
