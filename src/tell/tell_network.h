/* What network a sheet is about: its title, its picture, its parts and definitions. */
#ifndef GRADTEX_TELL_TELL_NETWORK_H
#define GRADTEX_TELL_TELL_NETWORK_H

#include "doc/doc.h"
#include "net/network.h"

/* Appends to the document. `figure` may be NULL. Of layers with many edges the first and
   the last definitions stand for all. */
void tell_network(struct doc *doc, struct network *network, struct figure *figure);

#endif
