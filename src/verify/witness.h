/* The counterexample of a refuted step, in texts. */
#ifndef GRADTEX_VERIFY_WITNESS_H
#define GRADTEX_VERIFY_WITNESS_H

#include "verify/section.h"
#include "verify/verdict.h"

/* With the section open: NULL if the step's proof has no values. What an assumption of
   the network makes of other values is among them. The caller owns it; verification_clear
   frees it as part of its step. */
struct counterexample *witness_texts(struct section *section,
                                     const struct judged *judged);

#endif
