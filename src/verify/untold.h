/* An error that the document does not define, and how other things hang on names. */
#ifndef GRADTEX_VERIFY_UNTOLD_H
#define GRADTEX_VERIFY_UNTOLD_H

#include "verify/section.h"

/* Whether an expression hangs on a slope that stands for the derivative of an error that
   is defined nowhere. */
bool untold_is_slope(struct section *section, expr_id e);
/* Where such an error is differentiated by b, it may be by way of an A whose dependence
   on b the document uses, but does not tell: that dA/db; 0 if there is none. */
expr_id untold_path(struct section *section, const struct pair *pair);

#endif
