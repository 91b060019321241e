/* A letter for a function of which a document says only by the way that it is the
   logistic one, or tanh: `f'(z) = f(z)(1 - f(z))`. */
#ifndef GRADTEX_VERIFY_LOGISTIC_H
#define GRADTEX_VERIFY_LOGISTIC_H

#include "verify/section.h"

/* A step that is false for an arbitrary function is true under the condition that it is
   one of these. Of documents without network that speak of one such function. */
void logistic_try(struct section *section, struct judged *judged);

#endif
