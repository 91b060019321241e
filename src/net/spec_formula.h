/* Expressions as formulas of the network language. */
#ifndef GRADTEX_NET_SPEC_FORMULA_H
#define GRADTEX_NET_SPEC_FORMULA_H

#include "base/buf.h"
#include "expr/expr.h"

/* Appends the formula; the reader makes the same expression of it. */
void spec_write_formula(const struct pool *pool, expr_id e, struct buf *out);
/* The same with other names: `name` appends the canonical one of a symbol. */
typedef void spec_symbol_name(void *context, expr_id symbol, struct buf *out);
void spec_write_formula_with(const struct pool *pool, expr_id e, spec_symbol_name *name,
                             void *context, struct buf *out);

/* An activation as the word of a layer: `sigmoid`, `leaky-relu(1/100)`, `f`. */
void spec_write_activation(const struct pool *pool, expr_id function, struct buf *out);

#endif
