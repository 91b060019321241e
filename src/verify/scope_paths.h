/* Sums over path sets, `\sum_{p:h\to y}\prod_{w\in p}w`. */
#ifndef GRADTEX_VERIFY_SCOPE_PATHS_H
#define GRADTEX_VERIFY_SCOPE_PATHS_H

#include "base/diag.h"
#include "expr/expr.h"

/* For struct scope, whose context is a verify_scope: the derivative of `to` by `from`,
   which the sum of the products of local derivatives is (Bauer, "Computational graphs and
   rounding error", 1974). With `weights` 0 and a diagnostic, unless all local derivatives
   on the way are weights. */
expr_id scope_paths(void *context, expr_id from, expr_id to, bool weights,
                    struct place place, struct diags *diags);

#endif
