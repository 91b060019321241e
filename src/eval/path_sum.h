/* dE/dw as the sum over all paths of the product of the labels, path by path. */
#ifndef GRADTEX_EVAL_PATH_SUM_H
#define GRADTEX_EVAL_PATH_SUM_H

#include "eval/values.h"
#include "path/graph.h"

/* The derivative of the graph's goal by its start, at values that went forward: a number
   of their arithmetic. Every path is enumerated, so the caller looks at graph_total
   first. False with a diagnostic if a label has no value there. */
bool path_sum(void *sum, struct graph *graph, struct values *values, struct diags *diags);

#endif
