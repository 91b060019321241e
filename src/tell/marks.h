/* Which parts of a formula belong to which path: the k-th path to an output has number k
   wherever it stands, in the formulas and in the figure. */
#ifndef GRADTEX_TELL_MARKS_H
#define GRADTEX_TELL_MARKS_H

#include "derive/derivation.h"
#include "tell/typeset.h"

/* More paths to one output than this are not told apart. */
enum { MARKS_PATHS = 6 };

struct marks {
    struct mark *items;
    size_t count, capacity;
};

/* Marks the terms of the sums over paths in an expression of the chain. */
void marks_find(struct marks *marks, struct derivation *derivation,
                const struct chain *chain, expr_id e);
void marks_clear(struct marks *marks);

#endif
