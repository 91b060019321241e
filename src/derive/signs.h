/* Differences turned round: (t - y)(0 - a) = (y - t) a. */
#ifndef GRADTEX_DERIVE_SIGNS_H
#define GRADTEX_DERIVE_SIGNS_H

#include "expr/expr.h"

#include <stdbool.h>

/* The product with `0 - a` as a and its first other difference turned round; 0 if it has
 * not both. */
expr_id signs_turned(struct pool *pool, expr_id product);
/* Whether that holds of the expression or of one of its terms. */
bool signs_can_turn(struct pool *pool, expr_id e);

#endif
