/* Which parts of a formula belong to which path: a path has its number wherever it
   stands, in the formulas and in the figure. */
#ifndef GRADTEX_TELL_MARKS_H
#define GRADTEX_TELL_MARKS_H

#include "derive/derivation.h"
#include "tell/typeset.h"

struct marks {
    struct mark *items;
    size_t count, capacity;
};

/* Marks the terms of the sums over paths in an expression of the chain. */
void marks_find(struct marks *marks, struct derivation *derivation,
                const struct chain *chain, expr_id e);
void marks_clear(struct marks *marks);
/* The number of the path that is the place-th (from 0) to an output; false if it has
 * none.
 */
bool marks_path(struct derivation *derivation, node_id output, size_t place,
                unsigned *number);

#endif
