/* What was read: the spec in full, every equation, the names and the counts. */
#ifndef GRADTEX_TELL_TELL_SHOW_H
#define GRADTEX_TELL_TELL_SHOW_H

#include "doc/doc.h"
#include "net/network.h"

/* Appends to the document. `spec` is the spec in full. */
void tell_show(struct doc *doc, struct network *network, const char *spec);

#endif
