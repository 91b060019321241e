/* Warnings about a document: nothing that is false, but what a reader stumbles over. */
#ifndef GRADTEX_VERIFY_LINT_H
#define GRADTEX_VERIFY_LINT_H

#include "verify/section.h"

/* Of a section that was judged: free indices that stand on one side only, sums without
   range. How many warnings are added. */
size_t lint_section(const struct section *section, struct diags *diags);
/* Of all references of the document: those to no equation, and those to another one than
   the line that follows continues. */
size_t lint_references(const struct reading *reading, const struct judged *steps,
                       struct diags *diags);

#endif
