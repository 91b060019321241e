/* The picture of a network: units in columns, edges between them, and what is lit. */
#ifndef GRADTEX_FIGURE_FIGURE_H
#define GRADTEX_FIGURE_FIGURE_H

#include "base/arena.h"
#include "doc/doc.h"
#include "path/graph.h"

/* Where the numbers of a picture come from; NULL is answered for a node that shows none.
 */
struct figure_values {
    struct formula *(*value)(void *context, node_id node);
    void *context;
};

/* Lays out the network; what lies on the way of the graph is lit, or all if `graph` is
   NULL. Of wide layers and long networks the first and last units are shown, and those at
   the graph's start. While at most six paths lead to each output, edges carry the number
   of their path to it, in the order of the paths; edges that all of them share are lit
   alone. With `values` nodes have theirs, and edges those of their weights in place of
   names; NULL for none. The picture lives in the arena; NULL if the network has too many
   equations to be drawn. */
struct figure *figure_new(struct arena *arena, struct network *network,
                          struct graph *graph, const struct figure_values *values);

#endif
