/* The labels of all edges to one defined symbol: each costs what the other symbol
   touches, however wide the definition is. */
#ifndef GRADTEX_EXPR_PARTIALS_H
#define GRADTEX_EXPR_PARTIALS_H

#include "expr/walk.h"

/* Where a part stands: in which whole, at which place. */
struct partials_use {
    size_t whole;
    uint32_t place;
};

struct partials {
    struct defs *defs;
    expr_id defined;
    expr_id definition; /* 0 if there is none */
    struct expr_list
        nodes;      /* of the definition, ascending; an index is a node's place here */
    size_t *starts; /* the uses of node i are uses[starts[i]] … */
    struct partials_use *uses;
    struct expr_list
        above;     /* indices of the nodes that hold a symbol; kept for its storage */
    expr_id *kept; /* by index: what a node is without the terms that are constant, 0 for
                      others */
    bool *is_linear; /* by index: its derivative enters the whole's as a factor */
};

void partials_init(struct partials *partials, struct defs *defs, expr_id defined);
void partials_clear(struct partials *partials);
/* As diff_label. */
expr_id partials_label(struct partials *partials, expr_id symbol);

#endif
