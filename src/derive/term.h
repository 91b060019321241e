/* A product taken apart: a number and factors with exponents, in the order written. */
#ifndef GRADTEX_DERIVE_TERM_H
#define GRADTEX_DERIVE_TERM_H

#include "expr/expr.h"

struct factor {
    expr_id base;
    long exponent; /* positive */
};

struct term {
    mpq_t number;
    struct factor *factors;
    size_t count, capacity;
};

void term_init(struct term *term);
void term_clear(struct term *term);
void term_copy(struct term *term, const struct term *from);
/* Multiplies by a power. */
void term_raise(struct term *term, expr_id base, long exponent);
/* Multiplies by an expression: products, negations, numbers and powers are taken apart.
 */
void term_multiply(struct term *term, const struct pool *pool, expr_id e);
/* Whether the numbers in front are the same but for the sign. */
bool term_same_number(const struct term *a, const struct term *b);
/* The greatest common factor; numbers count only where they are the same but for the
   sign, which is common where all have it. */
void term_common(struct term *common, const struct term *terms, size_t count);
/* Divides by a factor of the term. */
void term_divide(struct term *term, const struct term *by);
/* Brings the last factor to the front, if it is a symbol: there it reads as what all the
 * others hang on. */
void term_last_first(struct term *term, const struct pool *pool);
/* The product, with signs absorbed. */
expr_id term_expression(const struct term *term, struct pool *pool);

#endif
