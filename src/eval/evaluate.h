/* Numbers for the expressions of a pool, each worked out once. */
#ifndef GRADTEX_EVAL_EVALUATE_H
#define GRADTEX_EVAL_EVALUATE_H

#include "base/budget.h"
#include "eval/arith.h"
#include "eval/drawn.h"
#include "expr/expr.h"

/* The value of a symbol, a number of the evaluation's arithmetic, borrowed; or NULL. */
typedef const void *evaluation_symbol(void *context, expr_id symbol);

struct evaluation {
    const struct arith *arith;
    struct pool *pool;      /* borrowed, as is the context */
    struct drawing drawing; /* of functions that are arbitrary */
    evaluation_symbol *symbol;
    void *context;
    size_t max_bits;
    void *numbers; /* by expression id */
    bool *is_known;
    size_t count; /* of initialised numbers */
};

void evaluation_init(struct evaluation *evaluation, const struct arith *arith,
                     struct pool *pool, const struct budget *budget);
/* Where symbols get their values. */
void evaluation_set_symbols(struct evaluation *evaluation, evaluation_symbol *symbol,
                            void *context);
/* Where arbitrary functions get theirs; at first they have none. */
void evaluation_set_drawing(struct evaluation *evaluation, struct drawing drawing);
void evaluation_clear(struct evaluation *evaluation);
/* Symbols have changed: everything is worked out anew. */
void evaluation_forget(struct evaluation *evaluation);

/* Works out `e`; its symbols are asked for when they are met. The number is then at
 * evaluation_peek. */
enum arith_fault evaluation_run(struct evaluation *evaluation, expr_id e);
/* The number of an expression that was worked out; borrowed until the next run. */
const void *evaluation_peek(const struct evaluation *evaluation, expr_id e);

/* The exponent of a power, if it is a whole number that fits. */
bool evaluation_exponent(const struct pool *pool, expr_id power, long *exponent);

/* Whether an application is worked out from the expression that function_without_primes
   makes of it: a function that has a formula, and a derivative of function.def with more
   primes than so many. */
bool evaluation_is_by_formula(const struct pool *pool, expr_id e, unsigned most_primes);
/* The call of a function of function.def that an application stands for; `primes` is what
   the function has, and one more for its derivative. False if there is none: with more
   than one prime. */
bool evaluation_call(struct arith_call *call, const struct pool *pool,
                     expr_id application, unsigned primes);
/* The value of an arbitrary function with so many primes, drawn at a number. */
enum arith_fault evaluation_letter(const struct arith *arith, struct drawing drawing,
                                   const struct function *function, unsigned primes,
                                   void *x, const void *z);

#endif
