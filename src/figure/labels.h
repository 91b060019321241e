/* Where the names of edges stand. */
#ifndef GRADTEX_FIGURE_LABELS_H
#define GRADTEX_FIGURE_LABELS_H

#include "doc/doc.h"

/* Moves each name along its edge to where it lies on no other name or unit, and on as few
   edges as can be. Where one finds no room, the names of all edges like it between the
   same columns are taken away; of edges that stand out, that one alone. */
void labels_place(struct figure *figure);
/* Takes the name and the value of an edge away. */
void labels_remove(struct figure_edge *edge);

#endif
