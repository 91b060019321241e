/* What a document tells of names without saying it: `\frac{dA}{db} = \frac{dX}{db}` means
   that A is X, so an unknown name in X is what makes it so. */
#ifndef GRADTEX_VERIFY_INFER_H
#define GRADTEX_VERIFY_INFER_H

#include "verify/section.h"

/* Of a section without network whose steps are expressions, not yet open: defines A as X
   where A has no definition, else the one name of X that nothing defines if that is a
   factor, divisor or addend; where there is no value that fits, the name is doubtful. */
void infer_definitions(struct section *section);

#endif
