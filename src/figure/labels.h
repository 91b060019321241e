/* Where the names of edges stand. */
#ifndef GRADTEX_FIGURE_LABELS_H
#define GRADTEX_FIGURE_LABELS_H

#include "doc/doc.h"

/* Moves each name along its edge to where it is farthest from other names and edges. A
   name that finds no room is taken away, unless its edge is lit without a colour; so is a
   value. */
void labels_place(struct figure *figure);
/* Takes the name and the value of an edge away. */
void labels_remove(struct figure_edge *edge);

#endif
