/* Every part of an expression, by where it stands: for this room alone. */
#ifndef GRADTEX_EXERCISE_PARTS_H
#define GRADTEX_EXERCISE_PARTS_H

#include "expr/site.h"

struct part {
    expr_id e, whole; /* `whole` is 0 for the root */
    struct site site;
};

struct parts {
    struct part *items;
    size_t count;
};

/* The root first; what stands inside derivatives and arguments of functions is no part.
 */
void parts_find(struct parts *parts, const struct pool *pool, expr_id e);
void parts_clear(struct parts *parts);

#endif
