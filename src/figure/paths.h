/* The colours of paths on the edges of a picture. */
#ifndef GRADTEX_FIGURE_PATHS_H
#define GRADTEX_FIGURE_PATHS_H

#include "doc/doc.h"
#include "figure/columns.h"
#include "path/graph.h"

/* Gives lit edges the number of the path that runs through them, counted for each output
   anew; edges with the name `start` are the first step of the graph's paths. Nothing is
   done where more than six paths lead to an output; an edge of several paths with
   different colours stays as it is, and so does one of all. */
void paths_colour(struct graph *graph, const char *start, const struct columns *columns,
                  struct figure_edge *edges, size_t count);

#endif
