/* Where the numbers of a network of layers lie, for the two kinds of backprop.

   Consecutive nodes make a block: block 0 the leaves that feed layers, then for each
   layer its sums and, if it has an activation, its units. */
#ifndef GRADTEX_EVAL_LAYOUT_H
#define GRADTEX_EVAL_LAYOUT_H

#include "net/network.h"

/* A layer; without an activation its units are its sums. */
struct layout_pass {
    const struct layer *layer;
    size_t sums, units; /* blocks */
};

struct layout {
    const struct network *network; /* borrowed */
    struct range *blocks;
    size_t block_count;
    struct layout_pass *passes; /* in the order of the forward pass */
    size_t pass_count;
    int64_t leaf_count, output_count;
    int64_t error_divisor; /* a mean over outputs or samples, or both, is over so many */
};

void layout_init(struct layout *layout, const struct network *network);
void layout_clear(struct layout *layout);

/* The block of a node that is defined, or 0. */
size_t layout_block(const struct layout *layout, node_id node);
/* The place of a node within its block, -1 if the block does not hold it. */
int64_t layout_place(const struct layout *layout, size_t block, node_id node);
/* The pass of a layer. */
size_t layout_pass_of(const struct layout *layout, const struct layer *layer);
/* The weights that lead to a unit and then its bias, fan_in + 1 nodes; -1 where there is
   none. */
void layout_parameters(const struct layout *layout, const struct layer *layer, int64_t to,
                       node_id *nodes);

/* The pieces of a list of nodes, each within one block: `count` nodes, from `offset` in
   the block and from `at` in the list. */
struct layout_pieces {
    const struct range *ranges;
    size_t left;
    int64_t done; /* of ranges[0] */
    size_t block;
    int64_t at, offset, count;
};
struct layout_pieces layout_sources(const struct layer *layer);
struct layout_pieces layout_outputs(const struct layout *layout);
bool layout_next(const struct layout *layout, struct layout_pieces *pieces);

#endif
