/* What an array of values is for: the array's name and shape against the leaves of a
   network.

   A name means, in this order: the one symbol that is called so; the leaves whose names
   it is, with whole scripts left out that count them (`x`, `w^1`, `b`), the superscript
   also without its brackets (`w^{[1]}`); and, as in `w1`, those with its subscript as
   superscript. */
#ifndef GRADTEX_NET_ARRAY_TARGET_H
#define GRADTEX_NET_ARRAY_TARGET_H

#include "array/npy.h"
#include "net/parts.h"

/* Leaves that one template names: the weights of a layer, a row for each unit and in it a
   number for each source; or a row of numbers. */
struct array_block {
    size_t block;
    node_id first;
    int64_t sample;        /* from 0; -1: none of its own */
    int64_t rows, columns; /* columns 0: no matrix */
    bool is_one;           /* all its names are tied to one parameter of its own */
    bool is_counted;       /* weights with running numbers: a row will do, too */
};

struct array_target {
    node_id node; /* one symbol; -1: blocks */
    struct array_block *blocks;
    size_t count, capacity;
    int64_t samples; /* of the network; 0: it has none */
};

/* Where a walk through a target is. */
struct array_cursor {
    size_t block;
    int64_t place;
    node_id node;
    bool is_tied; /* to a parameter that has its value from elsewhere */
};

/* From network_order on. False if the name means nothing; to be cleared in both cases. */
bool array_target_find(const struct network *network, const char *name,
                       struct array_target *target);
void array_target_clear(struct array_target *target);

/* The shape that an array should have; with a row for each sample. */
void array_target_shape(const struct array_target *target, struct npy_shape *shape);
/* Whether an array may have this one: any with one number where one is wanted; and a row
   for several blocks, for all samples, or where running numbers make one. */
bool array_target_accepts(const struct array_target *target,
                          const struct npy_shape *shape);
bool array_target_is_weights(const struct array_target *target);
/* The first node, and those after it, in the order of the array. */
void array_target_start(const struct array_target *target, const struct network *network,
                        struct array_cursor *cursor);
bool array_target_next(const struct array_target *target, const struct network *network,
                       struct array_cursor *cursor);

/* The names that arrays of this network have, in plain form; the list and its texts are
   the caller's. */
char **array_target_names(const struct network *network, size_t *count);

#endif
