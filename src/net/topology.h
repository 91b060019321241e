/* The definitions of a network as a graph of blocks, and an order of them: each after its
   arguments, stable by statement. */
#ifndef GRADTEX_NET_TOPOLOGY_H
#define GRADTEX_NET_TOPOLOGY_H

#include "net/parts.h"

/* Items are the blocks that are defined, numbered by their statements. */
struct topology {
    size_t *blocks; /* by item */
    size_t count;
    size_t *item_of; /* by block; SIZE_MAX: a leaf */
    size_t *arguments,
        *starts; /* items that item i uses: from starts[i] to starts[i + 1] */
    size_t capacity;
    size_t *users, *user_starts; /* the same turned round */
    size_t *waiting;             /* arguments not yet ordered */
};

void topology_init(struct topology *topology, const struct network *network);
void topology_clear(struct topology *topology);
/* Whether a definition other than the error uses something of this block, which is
   defined. */
bool topology_is_used(const struct topology *topology, size_t block);
/* Puts the defined blocks in order; false with a diagnostic that names a circle. */
bool topology_sort(struct topology *topology, const struct network *network,
                   size_t *order, struct diags *diags);

#endif
