/* How the expression of a step is written: whole, elided, as a path set, with indices. */
#ifndef GRADTEX_TELL_SHAPE_H
#define GRADTEX_TELL_SHAPE_H

#include "derive/derivation.h"
#include "tell/typeset.h"

struct formula *shape_formula(const struct typeset *typeset,
                              struct derivation *derivation, const struct shape *shape,
                              expr_id e);

#endif
