/* From a plan to a network, in phases, because formulas can be read only when names are
   known:

       network_new      an empty plan, which the spec reader fills: all but right sides
   and values network_declare  every name is known: names can be looked up
                        ... the right sides of equations are filled in
       network_order    nodes are numbered, each after its arguments; outputs and targets
   are known
                        ... the right side of the error is filled in; values are set
       network_finish   the error is checked; from here on network.h holds

   Up to network_finish names are those of plan.written, afterwards those of plan.shown
   (the written ones are still understood). Symbols in the pool always bear the shown
   name. */
#ifndef GRADTEX_NET_BUILD_H
#define GRADTEX_NET_BUILD_H

#include "base/budget.h"
#include "base/diag.h"
#include "net/network.h"
#include "net/plan.h"

/* The source must outlive the network. Freed by network_free, in every phase. */
struct network *network_new(const struct source *source);
struct network_plan *network_plan(struct network *network);

/* Each phase answers false after diagnostics.
   Declares families, layers and left sides: clashes of names and templates (by
   arithmetic), unknown sources, bad templates, sizes; limits are checked before anything
   is allocated. */
bool network_declare(struct network *network, const struct budget *budget,
                     struct diags *diags);
/* Circles, outputs (stated, or the last layer if nothing else uses it), the number of
 * targets. */
bool network_order(struct network *network, struct diags *diags);
bool network_finish(struct network *network, struct diags *diags);

/* After network_declare: whether this canonical name exists, and its symbol (0 if it does
   not). Names of targets exist from the beginning if they are in the plan; a family of
   targets, from network_order on. The name of the error exists from network_finish on. */
bool network_knows(const struct network *network, const char *canonical);
expr_id network_lookup(struct network *network, const char *canonical);

/* A name as it is in a sample (from 0); the name itself if there are no samples or it is
   shared (-1). */
void network_sample_name(const struct network *network, const char *name, int64_t sample,
                         struct buf *out);
/* The name of a node, without its sample if that is this one. */
void network_plain_name(const struct network *network, node_id node, int64_t sample,
                        struct buf *out);

/* After network_order: the expression of a named error over the outputs and targets,
   unsimplified
   (`1/2 ((t_1 - y_1)^2 + ...)`), and the sum of the squares of all weights, without
   biases. */
expr_id network_error_expression(struct network *network, enum error_kind kind);
/* The same for one sample (from 0), without the mean over samples. */
expr_id network_sample_error(struct network *network, enum error_kind kind,
                             int64_t sample);
expr_id network_squared_weights(struct network *network);

/* After network_order; network_find and network_match work from there on. The value is
   copied; a fixed one is no parameter any more. */
void network_set_value(struct network *network, node_id node, mpq_srcptr value);
void network_fix(struct network *network, node_id node, mpq_srcptr value);
/* From here on names are those of a file, or those that are shown again. */
void network_reads_file(struct network *network, bool reads);

#endif
