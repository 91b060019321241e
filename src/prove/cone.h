/* What hangs on what through the definitions, found once and kept: the prover's map of a
   network. */
#ifndef GRADTEX_PROVE_CONE_H
#define GRADTEX_PROVE_CONE_H

#include "expr/defs.h"
#include "expr/walk.h"

struct cone_node;
struct cone_edge;

struct cone {
    struct defs *defs;
    struct cone_node *nodes; /* by symbol id */
    size_t count;
    struct cone_edge *edges; /* from a symbol to one that uses it; 0 is none */
    size_t edge_count, edge_capacity;
    expr_id origin; /* of the kept set of all that hangs on one symbol */
    struct expr_list stack, symbols;
};

void cone_init(struct cone *cone, struct defs *defs);
void cone_clear(struct cone *cone);
/* Meets the symbol and all that it hangs on; the other functions do so where they need
   it. */
void cone_explore(struct cone *cone, expr_id symbol);
/* 0 for a symbol without definition, else one more than the highest that it hangs on. */
uint32_t cone_height(struct cone *cone, expr_id symbol);
/* Does the symbol hang on the other one, or is it that? */
bool cone_hangs_on(struct cone *cone, expr_id symbol, expr_id other);
/* Appends the symbols whose definitions use this one, as far as they were met. */
void cone_users(struct cone *cone, expr_id symbol, struct expr_list *users);

#endif
