/* The derivation of d(to)/d(from): built by rules, and proved step by step before anybody
 * sees it. */
#ifndef GRADTEX_DERIVE_DERIVE_H
#define GRADTEX_DERIVE_DERIVE_H

#include "base/budget.h"
#include "base/diag.h"
#include "derive/derivation.h"

/* Fills the derivation; false with a diagnostic if a limit is in the way (6) or a step
   could not be proved (70). The caller clears it in both cases. */
bool derive(struct derivation *derivation, struct network *network, node_id from,
            node_id to, const struct budget *budget, struct diags *diags);

/* Whether the expression nodes that a derivation would need, by the sizes of the layers,
   are within the budget; false with a diagnostic (6). */
bool derive_fits(const struct network *network, const struct budget *budget,
                 struct diags *diags);

#endif
