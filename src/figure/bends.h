/* How edges that span more than one column get past the nodes between. */
#ifndef GRADTEX_FIGURE_BENDS_H
#define GRADTEX_FIGURE_BENDS_H

#include "doc/doc.h"

/* Bends each long edge as little as keeps it clear of other nodes, to the outside
   rather than to the middle. */
void bends_place(struct figure *figure);

#endif
