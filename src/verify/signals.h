/* Error signals without an index, `\delta h`: derivatives of an error that the document
   need not name, as long as nothing speaks for another meaning of the sign. */
#ifndef GRADTEX_VERIFY_SIGNALS_H
#define GRADTEX_VERIFY_SIGNALS_H

#include "verify/section.h"

/* To be called when the steps are expressions: they become derivatives of the error if
   it is known. Not with a network, which knows it. */
void signals_complete(struct section *section);
/* With the section open: whether its steps show that the sign is the derivative; sets
   `scope->trusts_signals`. */
void signals_check(struct section *section);
/* Whether a step that is false may be true where the sign means something else: a small
   change, a step of descent, a derivative with another sign. */
bool signals_are_doubtful(struct section *section, const struct judged *judged);

#endif
