/* The equations of backprop for a whole network as a document, and the list of its names. */
#ifndef GRADTEX_TELL_TELL_GENERAL_H
#define GRADTEX_TELL_TELL_GENERAL_H

#include "derive/general.h"
#include "doc/doc.h"

/* Appends to the document. `figure` may be NULL. */
void tell_general(struct doc *doc, struct general *general, struct figure *figure);
/* The names in the order of `let`: a table. */
void tell_names(struct doc *doc, struct network *network);

#endif
