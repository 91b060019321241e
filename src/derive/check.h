/* Nothing is printed that was not checked: replay and proof of every step. */
#ifndef GRADTEX_DERIVE_CHECK_H
#define GRADTEX_DERIVE_CHECK_H

#include "base/budget.h"
#include "base/diag.h"
#include "derive/derivation.h"

/* Replays each step, proves that it keeps the value, and records the verdict. False with
   a diagnostic (70) at the first step that does not replay or is not proved. */
bool check_derivation(struct derivation *derivation, const struct budget *budget,
                      struct diags *diags);

#endif
