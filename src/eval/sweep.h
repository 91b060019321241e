/* Gradients by one reverse sweep over the expression of the error, through its
 * definitions. */
#ifndef GRADTEX_EVAL_SWEEP_H
#define GRADTEX_EVAL_SWEEP_H

#include "base/budget.h"
#include "eval/arith.h"
#include "eval/drawn.h"
#include "expr/defs.h"

struct sweep;

/* The value of a leaf, borrowed; NULL if it has none. */
typedef mpq_srcptr sweep_leaf(void *context, expr_id symbol);

struct sweep_input {
    struct defs *defs;
    const struct arith *arith;
    sweep_leaf *leaf;
    void *context;
    struct drawing drawing; /* of functions that are arbitrary */
    const struct budget *budget;
};

/* d(goal)/d(everything), forward and back, for a defined symbol. NULL and a fault if it
 * has no value. */
struct sweep *sweep_new(const struct sweep_input *input, expr_id goal,
                        enum arith_fault *fault);
void sweep_free(struct sweep *sweep);
/* The total derivative of the goal by a symbol, 0 if the goal does not hang on it. */
void sweep_gradient(const struct sweep *sweep, expr_id symbol,
                    struct enclosure *gradient);

#endif
