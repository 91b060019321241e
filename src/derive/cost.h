/* Multiplications of the sum over paths and of backprop, counted one way: the first label
   taken out, one product a path, labels that are 1 left out; forward values and output
   errors are given. */
#ifndef GRADTEX_DERIVE_COST_H
#define GRADTEX_DERIVE_COST_H

#include "path/graph.h"

struct cost {
    mpz_t paths_one, backward_one; /* for the chosen symbol */
    mpz_t paths_all, backward_all; /* for all parameters */
    mpz_t path_count;              /* from all parameters to the goal */
    int64_t parameters;            /* without those that are fixed */
};

void cost_init(struct cost *cost);
void cost_clear(struct cost *cost);
/* Everything, for the graph's start and goal. */
void cost_count(struct cost *cost, struct graph *graph);
/* Only what is about all parameters. */
void cost_count_all(struct cost *cost, struct network *network, node_id goal);

#endif
