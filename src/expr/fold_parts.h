/* The parts of folding: signs and sums, products and powers; for the files fold*.c alone.
 */
#ifndef GRADTEX_EXPR_FOLD_PARTS_H
#define GRADTEX_EXPR_FOLD_PARTS_H

#include "expr/diff.h"

/* A term: coefficient times rest; a rest of 0 is the number 1. */
struct term {
    mpq_t coefficient;
    expr_id rest;
};

struct terms {
    struct term *items;
    size_t count, capacity;
};

/* fold_terms.c. Expressions are folded already. */
struct term *fold_push_term(struct terms *terms);
void fold_clear_terms(struct terms *terms);
/* Takes an expression apart into its coefficient and the rest. */
void fold_split(struct pool *pool, expr_id e, struct term *term);
/* |coefficient| times rest, and with its sign. */
expr_id fold_magnitude(struct pool *pool, const struct term *term);
expr_id fold_join(struct pool *pool, const struct term *term);
/* The negative: signs go into differences. */
expr_id fold_negated(struct pool *pool, expr_id e);
/* The sum of terms that are not 0, with a common minus taken out. */
expr_id fold_sum_of(struct pool *pool, const struct terms *terms);
expr_id fold_sum(struct pool *pool, const expr_id *parts, size_t count);
/* `e` with part `i` replaced. */
expr_id fold_with_part(struct pool *pool, expr_id e, size_t i, expr_id part);
/* For each of the keys, the index of the first equal one. The caller frees. */
size_t *fold_first_equals(const expr_id *keys, size_t count);

/* fold_product.c */
expr_id fold_product(struct pool *pool, const expr_id *parts, size_t count);
expr_id fold_quotient(struct pool *pool, expr_id a, expr_id b);
expr_id fold_power(struct pool *pool, expr_id base, expr_id exponent);

#endif
