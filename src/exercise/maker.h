/* What the makers of exercises share: for this room alone. */
#ifndef GRADTEX_EXERCISE_MAKER_H
#define GRADTEX_EXERCISE_MAKER_H

#include "derive/derivation.h"
#include "exercise/exercise.h"

struct maker {
    const struct exercise_request *request;
    struct network *network;
    struct pool *pool;
    node_id error;
    uint64_t state;         /* of the random numbers */
    unsigned made_mistakes; /* by repair_kind: not to be made again */
    struct derivation **derivations;
    size_t derivation_count;
    struct diags *diags;
};

/* From 0 to count - 1. */
size_t maker_below(struct maker *maker, size_t count);
/* Exchanges `count` items at random. */
void maker_shuffle(struct maker *maker, size_t *items, size_t count);
/* Any parameter that is free; -1 if none was met. */
node_id maker_parameter(struct maker *maker);
/* How many edges the network has, or nearly so: what a proof by all definitions costs. */
double maker_edges(const struct maker *maker);

/* The derivation by a node with few paths, each step proved; kept. NULL if it is too
   large for an exercise, or, with a diagnostic, if there is a contradiction in it. */
struct derivation *maker_derivation(struct maker *maker, node_id node);
/* What a derivation ends with, grouped by output. */
expr_id maker_result(const struct derivation *derivation);

/* Make one exercise about the node. False: it does not lend itself to this kind; what was
   filled in is cleared by the caller. */
bool make_result(struct maker *maker, node_id node, struct exercise *exercise);
bool make_blanks(struct maker *maker, node_id node, struct exercise *exercise);
bool make_paths(struct maker *maker, node_id node, struct exercise *exercise);
bool make_mistake(struct maker *maker, node_id node, struct exercise *exercise);
bool make_numbers(struct maker *maker, node_id node, struct exercise *exercise);

#endif
