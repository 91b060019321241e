/* The colours of paths on the edges of a picture. */
#ifndef GRADTEX_FIGURE_PATHS_H
#define GRADTEX_FIGURE_PATHS_H

#include "doc/doc.h"
#include "figure/columns.h"
#include "path/graph.h"

/* Gives lit edges the number of the first path that runs through them, counted for each
   output anew. Nothing is done where more than six paths lead to an output; an edge that
   all share stays as it is. */
void paths_colour(struct graph *graph, const struct columns *columns,
                  struct figure_edge *edges, size_t count);

#endif
