/* The sheet for a class: a network, derivations, the general equations, the pattern, an
   example in numbers, and exercises. */
#ifndef GRADTEX_HANDOUT_H
#define GRADTEX_HANDOUT_H

#include "doc/doc.h"
#include "journey.h"

/* Appends the sheet to the document: the journey's nodes are derived, or one parameter of
   each layer if it has none. False with a diagnostic in the journey. */
bool handout_make(struct journey *journey, struct doc *doc);

#endif
