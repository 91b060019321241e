/* The result in its forms, built from the graph's labels. */
#ifndef GRADTEX_DERIVE_FORM_H
#define GRADTEX_DERIVE_FORM_H

#include "derive/derivation.h"

/* One product a path, in the order of rank: the label at the goal first, the first label
   last. With `signals` one product for each path to a node that has an error signal, the
   name of which comes first. Only for a number of paths within the budget. */
expr_id form_sum(struct derivation *derivation, bool signals);
/* Grouped by output, common factors in front: two levels. */
expr_id form_factored(struct derivation *derivation, bool signals);
/* The sum over the paths between two nodes, with local derivatives as fractions, as the
   chain rule gives it. */
expr_id form_chain(struct derivation *derivation, node_id from, node_id to);
/* The same value shared: each node on the way once, d(v) = sum of label * d(u). With
   `fractions` the labels are local derivatives. `parts`, if given, receives the part for
   each node of graph_list_nodes. */
expr_id form_shared(struct derivation *derivation, bool fractions, expr_id *parts);
/* The same with labels, as the sum of signal * d(node) over the nodes with error signals,
   and last a direct edge's label. */
expr_id form_shared_signals(struct derivation *derivation);
/* The product of the labels (or fractions) of the path of a rank. */
expr_id form_path(struct derivation *derivation, mpz_srcptr rank, bool fractions);
/* The common factors of a sum's terms taken out; the sum itself if there are none. */
expr_id form_common_factor(struct pool *pool, expr_id sum);
/* The symbol of a node's error signal, 0 if it is not one of `signals`. */
expr_id form_signal(const struct derivation *derivation, node_id node);

#endif
