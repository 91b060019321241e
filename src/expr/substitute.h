/* Symbols replaced, everything else kept as it stands. */
#ifndef GRADTEX_EXPR_SUBSTITUTE_H
#define GRADTEX_EXPR_SUBSTITUTE_H

#include "expr/expr.h"

/* What is put in for a symbol; the symbol itself to keep it. */
typedef expr_id substitute_symbol(void *context, expr_id symbol);

expr_id substitute(struct pool *pool, expr_id e, substitute_symbol *put, void *context);
/* What is put in for a node as a whole; the node itself to go on with its parts. */
typedef expr_id substitute_node(void *context, expr_id node);

expr_id substitute_nodes(struct pool *pool, expr_id e, substitute_node *put,
                         void *context);
/* One symbol. */
expr_id substitute_one(struct pool *pool, expr_id e, expr_id symbol, expr_id value);

#endif
