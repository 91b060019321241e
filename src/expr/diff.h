/* Symbolic differentiation and the small foldings of labels (DESIGN: 0 and 1 folded,
   numbers collected, signs absorbed into differences; nothing is multiplied out). */
#ifndef GRADTEX_EXPR_DIFF_H
#define GRADTEX_EXPR_DIFF_H

#include "expr/defs.h"

/* d(e)/d(by), where `inner(context, symbol)` is the derivative of every other symbol: the
   number 0 for those held fixed. Unfolded: zeros, ones and the factors of the power rule
   stay visible; constant factors come first. None (0) if `e` holds a derivative or an
   exponent that is no number. */
expr_id diff(struct pool *pool, expr_id e, expr_id by,
             expr_id (*inner)(void *context, expr_id symbol), void *context);
/* The local derivative of an expression by a symbol, others held fixed, folded; none as
   for diff. */
expr_id diff_local(struct pool *pool, expr_id e, expr_id by);
/* The same of a symbol's definition: where the derivative of a function is written with
   its value, as h(1 - h), the symbol stands for it. */
expr_id diff_local_of(struct pool *pool, expr_id definition, expr_id by, expr_id symbol);
/* The label of the edge symbol -> defined: diff_local of the definition, with symbols
   that are defined as numbers put in. 0-valued labels are the number 0; none as for diff.
   */
expr_id diff_label(struct defs *defs, expr_id defined, expr_id symbol);

/* The same, for what is left of the definition. */
expr_id diff_label_of(struct defs *defs, expr_id e, expr_id defined, expr_id symbol);

/* Folds zeros, ones and numbers, collects equal terms and factors, flattens sums and
   products, takes signs out of products and into differences: (0 - a)(t - y) becomes a(y
   - t). Folding twice changes nothing; derivatives stay as they are. */
expr_id fold(struct pool *pool, expr_id e);

#endif
