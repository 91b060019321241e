/* Values that were drawn, as lines that a spec can take. */
#ifndef GRADTEX_TELL_TELL_VALUES_H
#define GRADTEX_TELL_TELL_VALUES_H

#include "doc/doc.h"
#include "eval/crosscheck.h"

/* Appends them, and where they are from; nothing if the network has values of its own.
   Many more lines than `most` are left out; 0: never. */
void tell_values(struct doc *doc, const struct crosscheck *crosscheck, size_t most);
/* Whether a list of so many rows is cut to `most`: not for a few; 0: never. */
bool tell_values_are_cut(size_t count, size_t most);

#endif
