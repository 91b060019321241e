/* The path sum where labels are not all rational: products of enclosures. */
#ifndef GRADTEX_EVAL_PATH_ENCLOSED_H
#define GRADTEX_EVAL_PATH_ENCLOSED_H

#include "eval/values.h"
#include "path/graph.h"

/* As path_sum, path by path, in the arithmetic of the values. */
bool path_sum_enclosed(void *sum, struct graph *graph, struct values *values,
                       struct diags *diags);

/* The label of an edge as a number of the arithmetic of the values, borrowed until the
   next call; NULL with a diagnostic. Within layers it is the value of a node, without an
   expression. */
const void *path_label(struct graph *graph, node_id source, node_id target,
                       struct values *values, struct diags *diags);

#endif
