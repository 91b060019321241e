/* The ends of paths near the start: for a node that few paths reach, what all of them add
   to a line. */
#ifndef GRADTEX_STREAM_TAILS_H
#define GRADTEX_STREAM_TAILS_H

#include "stream/line.h"

struct tail {
    size_t before, before_length; /* in the bytes of its set */
    size_t behind, behind_length;
    bool has_factor;
};

struct tail_set {
    node_id node;
    struct tail *items;
    size_t count;
    struct buf bytes;
};

struct tails {
    struct line *line;
    struct graph *graph;
    unsigned long most;    /* paths to a node that tails are kept of */
    struct tail_set *sets; /* open addressing by node; -1: none */
    size_t set_count, bytes;
};

/* `length` is that of a usual path of the graph. */
void tails_init(struct tails *tails, struct line *line, struct graph *graph,
                size_t length);
void tails_clear(struct tails *tails);
/* Whether paths are cut here (a path_stops, with the tails as context): few paths lead to
   the node. */
bool tails_stop(void *context, node_id node);
/* The tails of a node where paths are cut, in the order of rank; borrowed until the next
   call. */
const struct tail_set *tails_of(struct tails *tails, node_id node);

#endif
