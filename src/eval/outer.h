/* Outer products of rationals, an entry in lowest terms when it is asked for.

   Of a_i/b_i and c_j/d_j, both in lowest terms, only gcd(a_i, d_j) and gcd(c_j, b_i) are
   to be divided out. With D a multiple of all d_j, gcd(a_i, d_j) = gcd(gcd(a_i, D), d_j):
   what a_i shares with D is found once, and is short or 1 as a rule. */
#ifndef GRADTEX_EVAL_OUTER_H
#define GRADTEX_EVAL_OUTER_H

#include "eval/cleared.h"

struct outer_vector {
    fmpq *entries;
    fmpz *shared; /* of each numerator, with the denominators of the other vector */
    int64_t count;
};

struct outer {
    struct outer_vector left, right;
};

/* Of two rows or columns. */
void outer_init(struct outer *outer, const struct cleared *left,
                const struct cleared *right);
void outer_clear(struct outer *outer);
/* left_i right_j */
void outer_get(const struct outer *outer, int64_t i, int64_t j, fmpq_t product);

#endif
