/* How the expression of a step is written: whole, elided, as a path set, with indices. */
#ifndef GRADTEX_TELL_SHAPE_H
#define GRADTEX_TELL_SHAPE_H

#include "derive/derivation.h"
#include "tell/typeset.h"

/* The context of typeset.needs_bar and typeset.held. */
struct bars {
    struct network *network;
    struct arena *arena;
};

bool bars_needed(void *context, expr_id local);
void bars_held(void *context, expr_id local, struct formula *row);

struct formula *shape_formula(const struct typeset *typeset, struct derivation *derivation,
                              const struct shape *shape, expr_id e);

#endif
