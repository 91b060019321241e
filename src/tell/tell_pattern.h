/* Why the sum over paths is what backpropagation computes, and what both cost. */
#ifndef GRADTEX_TELL_TELL_PATTERN_H
#define GRADTEX_TELL_TELL_PATTERN_H

#include "derive/derivation.h"
#include "doc/doc.h"

/* Appends to the document. The derivations, at least one, are of one goal. */
void tell_pattern(struct doc *doc, struct derivation *derivations, size_t count);

#endif
