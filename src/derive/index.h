/* Whether the result has an index form, in the network's own names, and between which
 * layers. */
#ifndef GRADTEX_DERIVE_INDEX_H
#define GRADTEX_DERIVE_INDEX_H

#include "derive/derivation.h"

/* The sums run over the units of the layers [first, last] (indices of network_layer);
   `place` is that of the node before them in its column, from which all paths start.
   `first > last`: there is nothing to sum, the node is an output. */
struct index_form {
    enum no_index none;
    size_t first, last;
    int64_t place;
    node_id start;  /* the node that the sums start at; the chosen symbol, or the unit it
                       leads to */
    expr_id factor; /* the label of the chosen symbol's only edge, 0 if the symbol is the
                       start itself */
};

/* The label between a pre-activation of a layer and its unit; 0 if there is none. */
expr_id index_activation(struct derivation *derivation, const struct layer *layer,
                         int64_t place);
struct index_form index_form_of(struct derivation *derivation);
/* The sum written out with the numbers for the indices, through the names that the
   template gives: shared like form_shared, so that it is the same expression if the names
   are right. */
expr_id index_expression(struct derivation *derivation, const struct index_form *form);

#endif
