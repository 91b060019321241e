/* `--goal WEIGHT`: a document must end with the derivative of the error by that weight.
 */
#ifndef GRADTEX_VERIFY_GOAL_H
#define GRADTEX_VERIFY_GOAL_H

#include "verify/section.h"

/* Of the document's last section, judged: a diagnostic if its last chain is about
   something else, is not true, or still holds derivatives at its end. */
bool goal_check(struct section *section, const char *goal, struct diags *diags);

#endif
