/* Walks over expressions, without recursion. */
#ifndef GRADTEX_EXPR_WALK_H
#define GRADTEX_EXPR_WALK_H

#include "expr/defs.h"

/* A list of expressions. */
struct expr_list {
    expr_id *items;
    size_t count, capacity;
};

void expr_list_init(struct expr_list *list);
void expr_list_clear(struct expr_list *list);
void expr_list_push(struct expr_list *list, expr_id e);

/* The distinct nodes of `e`, parts before wholes. */
void walk_nodes(const struct pool *pool, expr_id e, struct expr_list *nodes);
/* The distinct symbols of `e`, in the order in which they are written. */
void walk_symbols(const struct pool *pool, expr_id e, struct expr_list *symbols);
/* The same through definitions: every symbol that `e` hangs on, arguments before the
   defined. */
void walk_symbols_deep(struct defs *defs, expr_id e, struct expr_list *symbols);

#endif
