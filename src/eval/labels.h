/* The labels of a graph's edges as integers.

   With d(start) = 1 and d(v) the least common multiple of all d(u) times that of the
   denominators of all label(u, v), the numbers label(u, v) d(v) / d(u) are integers, and
   along a path they multiply to the product of its labels times d(goal). */
#ifndef GRADTEX_EVAL_LABELS_H
#define GRADTEX_EVAL_LABELS_H

#include "eval/values.h"
#include "path/graph.h"

struct labels_edge {
    node_id source;
    size_t place; /* of the source in `nodes` */
    mpq_t label;  /* an integer once denominators are cleared */
};

struct labels {
    node_id *nodes; /* on the way, ascending */
    size_t count;
    uint32_t *places;          /* in `nodes`, by node, from nodes[1] on */
    struct labels_edge *edges; /* by target, sources ascending */
    size_t *ends;              /* those into nodes[i] end before ends[i] */
    size_t edge_count, edge_capacity;
    mpz_t *denominators; /* d, by place */
    bool is_exact;       /* all labels are rational; else nothing more is known */
};

/* Takes the labels at values that went forward, up to one that is not rational. False
   with a diagnostic if one has no value. To be cleared in both cases. */
bool labels_init(struct labels *labels, struct graph *graph, struct values *values,
                 struct diags *diags);
void labels_clear(struct labels *labels);
/* The integer of an edge that exists. */
mpz_srcptr labels_find(const struct labels *labels, node_id source, node_id target);
/* d(goal). */
mpz_srcptr labels_denominator(const struct labels *labels);

#endif
