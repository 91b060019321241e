/* Expressions: hash-consed, kept in the order given, never simplified.

   A part always has a smaller id than the whole, so that every evaluator is one loop over
   ids. */
#ifndef GRADTEX_EXPR_EXPR_H
#define GRADTEX_EXPR_EXPR_H

#include <gmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An expression of a pool; 0 is none. */
typedef uint32_t expr_id;

enum expr_kind {
    EXPR_NUMBER,     /* an exact rational */
    EXPR_SYMBOL,     /* a name */
    EXPR_SUM,        /* two or more terms; a difference is a sum with a negated term */
    EXPR_PRODUCT,    /* two or more factors */
    EXPR_NEGATE,     /* one part */
    EXPR_POWER,      /* base, exponent */
    EXPR_QUOTIENT,   /* numerator, denominator */
    EXPR_DERIVATIVE, /* of part 0 by the symbol part 1, along all paths */
    EXPR_LOCAL, /* of the definition of symbol part 0 by symbol part 1, all else held */
    EXPR_FUNCTION, /* what is applied (expr/function.h); stands nowhere else */
    EXPR_APPLY     /* the function part 0 applied to the other parts */
};

struct pool;
struct function;

struct pool *pool_new(void);
void pool_free(struct pool *pool);
/* Ids run from 1 to pool_count. */
expr_id pool_count(const struct pool *pool);
/* For what lives as long as the pool. */
struct arena *pool_arena(struct pool *pool);

/* How derivatives of functions are written (expr/function.h). */
struct pool_style {
    bool values; /* `h(1-h)` for `\sigma'(z)` */
    bool has_step_at_zero;
    mpq_t step_at_zero; /* the derivative of relu at 0 */
};

struct pool_style *pool_style(struct pool *pool);
const struct pool_style *pool_peek_style(const struct pool *pool);

expr_id expr_number(struct pool *pool, mpq_srcptr value);
expr_id expr_integer(struct pool *pool, long value);
/* The symbol with this canonical name (base/name.h). */
expr_id expr_symbol(struct pool *pool, const char *name);
/* Any kind with parts; the parts are copied. */
expr_id expr_make(struct pool *pool, enum expr_kind kind, const expr_id *parts,
                  size_t count);
/* A sum or product of any count: none is 0 or 1, one is the part itself. */
expr_id expr_sum(struct pool *pool, const expr_id *terms, size_t count);
expr_id expr_product(struct pool *pool, const expr_id *factors, size_t count);
expr_id expr_add(struct pool *pool, expr_id a, expr_id b);
expr_id expr_subtract(struct pool *pool, expr_id a, expr_id b);
expr_id expr_multiply(struct pool *pool, expr_id a, expr_id b);
expr_id expr_negate(struct pool *pool, expr_id a);
expr_id expr_power(struct pool *pool, expr_id base, long exponent);
expr_id expr_quotient(struct pool *pool, expr_id a, expr_id b);
expr_id expr_derivative(struct pool *pool, expr_id of, expr_id by);
expr_id expr_local(struct pool *pool, expr_id of, expr_id by);
/* The function with this text as its name, primes included; of a new one, what it is,
   which lives as long as the pool. */
expr_id expr_function(struct pool *pool, const char *name,
                      const struct function *function);

enum expr_kind expr_kind(const struct pool *pool, expr_id e);
size_t expr_count(const struct pool *pool, expr_id e);
expr_id expr_part(const struct pool *pool, expr_id e, size_t i);
/* Borrowed until the next expression is made. */
const expr_id *expr_peek_parts(const struct pool *pool, expr_id e);
mpq_srcptr expr_peek_number(const struct pool *pool, expr_id e);
const char *expr_peek_name(const struct pool *pool, expr_id e);
const struct function *expr_peek_function(const struct pool *pool, expr_id function);
/* The symbol of this name if the pool has it, else 0. */
expr_id expr_find_symbol(const struct pool *pool, const char *name);

bool expr_is_integer(const struct pool *pool, expr_id e, long value);
/* Number of nodes written out as a tree, saturating at UINT64_MAX. */
uint64_t expr_tree_size(const struct pool *pool, expr_id e);

#endif
