/* The equations of backprop of a whole layer at once, with letters for the indices. */
#ifndef GRADTEX_TELL_LAYER_PATTERN_H
#define GRADTEX_TELL_LAYER_PATTERN_H

#include "derive/general.h"
#include "tell/typeset.h"

/* All borrowed. */
struct layer_pattern {
    struct doc *doc;
    struct general *general;
    struct network *network;
    struct arena *arena;
    const struct typeset *typeset;
    const char *letters[4]; /* k j i …: the outputs have the first, layers before them the
                               next; NULL after the last that is free */
};

/* Adds all equations of one kind in the layer to a grid as one, such as `\delta_j =
   \sum_k w_{kj} \delta_k`, where the given one is the first of them; false if they are
   not alike or their names follow no pattern. */
bool layer_pattern_add(struct layer_pattern *pattern, struct block *grid,
                       const struct general_equation *equation);

#endif
