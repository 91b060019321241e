/* Primed names: `h'`, where h is the value of a function, is the derivative of that
   function, or another name. */
#ifndef GRADTEX_VERIFY_PRIMES_H
#define GRADTEX_VERIFY_PRIMES_H

#include "verify/section.h"

/* The name that a primed one is made of, if it is defined; 0: the name has no primes, or
   they are part of it. */
expr_id primes_plain(struct section *section, const char *canonical);
/* With an equation for the primed name of `plain`: what it is as a derivative, if it is
   clear that the equation means that. 0: it may be another name. */
expr_id primes_derivative(struct section *section, expr_id plain, const char *canonical,
                          expr_id right);

#endif
