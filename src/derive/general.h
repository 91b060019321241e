/* The equations of backprop for a whole network, layer by layer; one unit, one weight and
   one bias of a large layer speak for the others, which are alike. */
#ifndef GRADTEX_DERIVE_GENERAL_H
#define GRADTEX_DERIVE_GENERAL_H

#include "base/budget.h"
#include "base/diag.h"
#include "expr/walk.h"
#include "path/graph.h"

/* left = right, where left is an error signal or d(goal)/d(parameter). */
struct general_equation {
    node_id node;              /* the unit or parameter it is about */
    const struct layer *layer; /* NULL for what is not of a layer */
    bool is_alike;     /* those of its kind in the layer differ by their indices alone */
    bool is_spokesman; /* the layer has more such equations, not listed */
    expr_id left, right;
};

struct general {
    struct network *network; /* borrowed */
    node_id goal;
    struct general_equation *equations; /* from the goal backwards */
    size_t count;
};

/* False with a diagnostic if the network is too large (6) or an equation could not be
   proved (70). The caller clears in both cases. */
bool general_derive(struct general *general, struct network *network, node_id goal,
                    const struct budget *budget, struct diags *diags);
void general_clear(struct general *general);

#endif
