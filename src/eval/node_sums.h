/* dE/d(node) for many nodes, as sums over paths that share what they can: a path from a
   parameter of a layer is its first edge and a path from a unit, so that the sum over the
   paths from each unit is taken once. */
#ifndef GRADTEX_EVAL_NODE_SUMS_H
#define GRADTEX_EVAL_NODE_SUMS_H

#include "eval/values.h"
#include "expr/partials.h"
#include "path/graph.h"

struct node_sums {
    struct network *network; /* borrowed, as are the values */
    node_id goal;
    struct values *values;
    bool is_layered; /* parameters of layers are used by layers, and by the error at most
                      */
    struct partials error; /* of an error that is an equation, if the goal is that */
    bool has_error;
    bool is_shared; /* sums over paths are made of those of the nodes after, not path by
                       path */
    void *numbers;  /* by node, a number of the values' arithmetic; as are the next two */
    bool *is_known, *is_counted;
    mpz_t *counts; /* of paths to the goal */
    mpz_t total;   /* of the paths that enumerating takes, for all nodes counted */
};

void node_sums_init(struct node_sums *sums, struct values *values, node_id goal);
void node_sums_clear(struct node_sums *sums);
/* The number of paths from a node to the goal. Adds to `total` what is new. */
void node_sums_count(struct node_sums *sums, node_id node, mpz_ptr count);
/* Whether every path is to be walked, or prefixes are shared. */
void node_sums_share(struct node_sums *sums, bool is_shared);
/* The values went forward anew, perhaps with other numbers. */
void node_sums_forget(struct node_sums *sums);
/* d(goal)/d(node), a number of the values' arithmetic. False with a diagnostic if a label
 * has no value. */
bool node_sums_derivative(struct node_sums *sums, node_id node, void *x,
                          struct diags *diags);

#endif
