/* One plain expression that SymPy, Maxima and PARI read. */
#ifndef GRADTEX_DATA_INFIX_H
#define GRADTEX_DATA_INFIX_H

#include "base/budget.h"
#include "base/buf.h"
#include "base/diag.h"
#include "expr/expr.h"

/* Names as identifiers (`w_{11}^{2}` is `w_11__2`; a letter that is reserved in such a
   system, and a word without an index, gets a trailing `_`), rationals as `(1/2)`, powers
   as `^`; functions that such systems do not know by what they come down to, in `exp`,
   `log`, `tanh`, `sqrt`, `abs` and `sign`, with the values at bends that the pool's style
   has. The expression has no derivatives but those of functions (`f_prime(z)` of an
   arbitrary one). False with a diagnostic (6) where the expression, written as a tree, is
   larger than the budget's bytes. */
bool infix_write(struct pool *pool, expr_id e, const struct budget *budget,
                 struct buf *out, struct diags *diags);
/* One name. */
void infix_name(struct buf *out, const char *canonical);

#endif
