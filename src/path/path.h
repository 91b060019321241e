/* Paths one by one, in the order of their rank: by the last node before the goal, then
   backwards, in the order of the definitions. Memory is one node a step. */
#ifndef GRADTEX_PATH_PATH_H
#define GRADTEX_PATH_PATH_H

#include "path/graph.h"

/* nodes[0] is the goal, nodes[length - 1] the start; length - 1 edges. */
struct path {
    node_id *nodes;
    size_t length;
};

struct path_iterator;

struct path_iterator *path_iterator_new(struct graph *graph);
/* Parts of paths: from a node on the way, which stands for the goal, back to the first
   node that `stops` accepts, or to the start. `stops` may be NULL, and must always answer
   the same of a node. */
typedef bool path_stops(void *context, node_id node);
struct path_iterator *path_iterator_new_within(struct graph *graph, node_id goal,
                                               path_stops *stops, void *context);
void path_iterator_free(struct path_iterator *iterator);
/* Goes to a rank (from 0) directly; false if there is no such path. */
bool path_iterator_seek(struct path_iterator *iterator, mpz_srcptr rank);
/* The same by the rank of a whole path; `rest` is its rank among those that go on from
   where this part stops. */
bool path_iterator_seek_part(struct path_iterator *iterator, mpz_srcptr rank,
                             mpz_ptr rest);
/* The next path, borrowed until the next call; NULL after the last. `*kept` (may be NULL)
   is the number of nodes, from the goal, shared with the path before. */
const struct path *path_next(struct path_iterator *iterator, size_t *kept);

/* The rank of a path of this graph. */
void path_rank(struct graph *graph, const struct path *path, mpz_ptr rank);

#endif
