/* Backprop as equations: each error signal from the later ones, one edge back. */
#ifndef GRADTEX_DERIVE_BACKWARD_H
#define GRADTEX_DERIVE_BACKWARD_H

#include "derive/derivation.h"

/* Names the error signals of the outputs, or of their pre-activations (`signals`), where
   the names are free and no output feeds another. Their values are set by
   backward_set_value, which also defines the names in the network's definitions. */
void backward_name_outputs(struct derivation *derivation);
void backward_set_value(struct derivation *derivation, struct signal *signal,
                        expr_id value);
/* Fills `backward`: for every node on the way before the outputs, or for one of each
   layer where the derivation is compact; the chosen symbol last. */
void backward_equations(struct derivation *derivation);
/* Whether each output of the graph's goal has a free name for its error signal and feeds
   nothing but the goal: then that signal is the label at the goal. */
bool backward_outputs_apart(struct graph *graph);
/* The name of a node's error signal, as a symbol; 0 if it has none or the name means
 * something else. */
expr_id backward_name(struct network *network, node_id goal, node_id node);
/* Whether it is a unit behind an activation: it has no error signal, and the equations of
   backprop pass over it. */
bool backward_is_passed(const struct network *network, node_id node);
/* factor * signal; the other way round for a unit that the goal itself uses: (y - t)
 * \sigma'(z). */
expr_id backward_product(struct pool *pool, expr_id factor, expr_id signal,
                         bool is_output);
/* Whether a node on the way has an equation of backprop: not where its signal is given,
   or it is a unit behind an activation. */
bool backward_has_equation(const struct derivation *derivation, node_id node);
/* The error signal of a node: its name, or d(goal)/d(node); of a unit behind an
   activation, which has no name for it, the sum that it is. */
expr_id backward_signal(struct derivation *derivation, node_id node);
/* sum of label * signal over the edges that leave a node; with `fractions`, local
 * derivatives. */
expr_id backward_sum(struct derivation *derivation, node_id node, bool fractions);

#endif
