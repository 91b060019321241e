/* Numbers for the expressions of a pool, each worked out once. */
#ifndef GRADTEX_EVAL_EVALUATE_H
#define GRADTEX_EVAL_EVALUATE_H

#include "base/budget.h"
#include "eval/arith.h"
#include "expr/expr.h"

/* The value of a symbol, borrowed, or NULL. */
typedef mpq_srcptr evaluation_symbol(void *context, expr_id symbol);

struct evaluation {
    const struct arith *arith;
    const struct pool *pool; /* borrowed, as is the context */
    evaluation_symbol *symbol;
    void *context;
    size_t max_bits;
    void *numbers; /* by expression id */
    bool *is_known;
    size_t count; /* of initialised numbers */
};

void evaluation_init(struct evaluation *evaluation, const struct arith *arith,
                     const struct pool *pool, const struct budget *budget);
/* Where symbols get their values. */
void evaluation_set_symbols(struct evaluation *evaluation, evaluation_symbol *symbol,
                            void *context);
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

#endif
