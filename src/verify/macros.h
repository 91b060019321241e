/* Commands that could change what the formulas after them mean, wherever they stand. */
#ifndef GRADTEX_VERIFY_MACROS_H
#define GRADTEX_VERIFY_MACROS_H

#include "base/diag.h"

/* False with a diagnostic if the command at a backslash is one. */
bool macros_check(const struct source *source, uint32_t at, struct diags *diags);

#endif
