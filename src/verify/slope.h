/* Slopes: symbols that stand for derivatives of what a document does not define. No
   document can write their names. */
#ifndef GRADTEX_VERIFY_SLOPE_H
#define GRADTEX_VERIFY_SLOPE_H

#include "base/buf.h"
#include "expr/expr.h"

#include <stdbool.h>

/* Of the derivative of one symbol by another; by 0: of the value where all that it is
   differentiated by is 0. */
expr_id slope_symbol(struct pool *pool, expr_id of, expr_id by);
bool slope_is(const struct pool *pool, expr_id symbol);
/* What a slope stands for, as LaTeX: `\frac{\partial E}{\partial y}` or `E(0)`. */
void slope_write(const struct pool *pool, expr_id slope, struct buf *out);

#endif
