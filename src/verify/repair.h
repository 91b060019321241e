/* The smallest single edits of a false step that make it true. */
#ifndef GRADTEX_VERIFY_REPAIR_H
#define GRADTEX_VERIFY_REPAIR_H

#include "verify/section.h"
#include "verify/verdict.h"

/* With the section open, of a step that is refuted: fills `repairs` and `path`. Each is
   proved for all instances of the step. Nothing is said of steps that are too long. */
void repair_find(struct section *section, size_t step, struct verified_step *out);

#endif
