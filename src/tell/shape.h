/* How the expression of a step is written: whole, elided, as a path set, with indices. */
#ifndef GRADTEX_TELL_SHAPE_H
#define GRADTEX_TELL_SHAPE_H

#include "derive/derivation.h"
#include "tell/pattern.h"
#include "tell/typeset.h"

/* The context of typeset.needs_bar and typeset.held. */
struct bars {
    struct network *network;
    struct arena *arena;
};

bool bars_needed(void *context, expr_id local);
void bars_held(void *context, expr_id local, struct formula *row);

/* The letter of all weights on the way, where the product of a path is one of weights: `w` of `w_{11}`, …
   False if something else stands on the way. */
bool shape_weight_letter(struct derivation *derivation, struct buf *letter);
/* An edge of a path, `u \to v`, and its label, `\partial v/\partial u`. */
struct formula *shape_edge(const struct typeset *typeset, const struct path_letters *letters);
struct formula *shape_edge_label(const struct typeset *typeset, const struct path_letters *letters);

struct formula *shape_formula(const struct typeset *typeset, struct derivation *derivation,
                              const struct shape *shape, expr_id e);

#endif
