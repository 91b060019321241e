/* Fractions that cancel, and products multiplied out. */
#ifndef GRADTEX_DERIVE_REDUCE_H
#define GRADTEX_DERIVE_REDUCE_H

#include "expr/expr.h"

/* What is divided by and stands among the factors as well is taken away: (t/y) y (1-y) =
   t (1-y), also where a factor is a sum of such fractions. 0 if there is nothing of the
   kind. */
expr_id reduce_fractions(struct pool *pool, expr_id e);

/* Multiplied out, equal terms collected, and then the factor that most terms share in
   front of them: -t_1 (1 - y_1) + t_2 y_1 = y_1 (t_1 + t_2) - t_1. 0 if that has more
   terms than before, or would be longer than a line. */
expr_id reduce_multiplied(struct pool *pool, expr_id e);

/* Whether both are sums of the same terms, in any order. */
bool reduce_is_sum(const struct pool *pool, expr_id e, expr_id sum);

#endif
