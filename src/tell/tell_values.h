/* Values that were drawn, as lines that a spec can take. */
#ifndef GRADTEX_TELL_TELL_VALUES_H
#define GRADTEX_TELL_TELL_VALUES_H

#include "doc/doc.h"
#include "eval/crosscheck.h"

/* Appends them, and where they are from; nothing if the network has values of its own.
   More than `most` lines are left out; 0: never. */
void tell_values(struct doc *doc, const struct crosscheck *crosscheck, size_t most);

#endif
