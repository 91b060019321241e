/* Definitions, the common currency: symbol := expression. They may be made when first
   asked for. */
#ifndef GRADTEX_EXPR_DEFS_H
#define GRADTEX_EXPR_DEFS_H

#include "expr/expr.h"

/* Makes the definition of a symbol when it is first asked for: the right side, or 0 if
   nothing defines the symbol. */
typedef expr_id defs_maker(void *context, expr_id symbol);

struct defs {
    struct pool *pool;
    defs_maker *maker;
    void *context;
    expr_id *values; /* by symbol id; (expr_id)-1: not asked yet */
    size_t count;
};

/* With a NULL maker only what defs_set gives is defined. The pool and context are
   borrowed. */
void defs_init(struct defs *defs, struct pool *pool, defs_maker *maker, void *context);
void defs_clear(struct defs *defs);
void defs_set(struct defs *defs, expr_id symbol, expr_id value);
/* The right side, or 0. */
expr_id defs_get(struct defs *defs, expr_id symbol);

#endif
