/* Conditions in the prose around formulas: `If $i = j$:` before them, `if $i = j$`
 * behind.
 */
#ifndef GRADTEX_VERIFY_PROSE_H
#define GRADTEX_VERIFY_PROSE_H

#include "verify/rows.h"

/* A formula that is a condition: of the claims just before, or of those that follow. */
void prose_condition(struct rows *rows, const struct display *condition);
/* Forgets a condition that ends with its sentence before a formula. */
void prose_end_sentence(struct rows *rows, const struct display *display);

#endif
