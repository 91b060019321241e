/* Whether what belongs to a layer is used alike, so that one equation speaks for all. */
#ifndef GRADTEX_DERIVE_ALIKE_H
#define GRADTEX_DERIVE_ALIKE_H

#include "net/network.h"

/* What plain equations use, and an error that is an equation, ascending. */
struct alike {
    struct network *network;
    node_id *by_equations, *by_error;
    size_t equation_count, error_count;
};

void alike_init(struct alike *alike, struct network *network);
void alike_clear(struct alike *alike);
/* Nothing but full layers, and a named error, uses the units. */
bool alike_units(const struct alike *alike, const struct layer *layer);
/* Every weight leads to one unit; in the error there is none of them, or the sum of all
 * their squares. */
bool alike_weights(const struct alike *alike, const struct layer *layer);
bool alike_biases(const struct alike *alike, const struct layer *layer);

#endif
