/* Granted equalities, the lemmas of one proof, made quick to look up. */
#ifndef GRADTEX_PROVE_GRANTS_H
#define GRADTEX_PROVE_GRANTS_H

#include "prove/prove.h"

struct grant_mark;
struct grant_class;
struct grant_derivative;

struct grants {
    struct pool *pool;
    struct grant_mark *marks; /* by expression id */
    size_t mark_count;
    uint32_t epoch;
    struct grant_class *classes; /* of expressions that are equal; from 1 */
    size_t class_count;
    struct grant_derivative *derivatives; /* from 1 */
};

void grants_init(struct grants *grants, struct pool *pool);
void grants_clear(struct grants *grants);
/* Replaces what was granted before. */
void grants_set(struct grants *grants, const struct lemma *lemmas, size_t count);

/* The class of an expression that a lemma names, else 0. */
uint32_t grants_class(struct grants *grants, expr_id e);
/* The number that the expressions of a class are equal to, or 0. */
expr_id grants_number(const struct grants *grants, uint32_t class);
/* The class of the total derivative of one symbol by another, or 0. */
uint32_t grants_derivative(struct grants *grants, expr_id of, expr_id by);
bool grants_any_derivative(struct grants *grants, expr_id of);
/* What a lemma says that a symbol is, or 0. */
expr_id grants_value(struct grants *grants, expr_id symbol);

#endif
