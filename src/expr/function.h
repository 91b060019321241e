/* Functions: those of function.def, and those that a network declares. */
#ifndef GRADTEX_EXPR_FUNCTION_H
#define GRADTEX_EXPR_FUNCTION_H

#include "expr/expr.h"

enum function_id {
    FUNCTION_ARBITRARY, /* differentiable, nothing else is known */
    FUNCTION_DEFINED,   /* by a formula */
#define FUNCTION(id, word, name, arguments, is_primed, derivative, meaning) FUNCTION_##id,
#include "expr/function.def"
#undef FUNCTION
    FUNCTION_COUNT
};

/* What a function of a pool is. Its name decides: within a pool a name means one thing.
 */
struct function {
    enum function_id id;
    const char *name;       /* as it is written, canonical; without primes */
    unsigned primes;        /* 1: its derivative */
    mpq_srcptr parameter;   /* `a`, of leaky-relu; else NULL */
    expr_id variable, body; /* of FUNCTION_DEFINED: body over the symbol `variable` */
};

/* A row of function.def; NULL texts for functions that are not in it. */
struct function_row {
    const char *word, *name;
    unsigned arguments;
    bool is_primed;
    const char *derivative, *meaning;
};

const struct function_row *function_row(enum function_id id);
/* The function of this word or name, FUNCTION_COUNT if there is none. */
enum function_id function_of_word(const char *word);
enum function_id function_of_name(const char *name, size_t length);
unsigned function_arguments(enum function_id id);

/* The function as the first part of an application; the name, the parameter and the
 * struct are copied. */
expr_id function_make(struct pool *pool, const struct function *function);
/* A function of function.def by the name that it has there. */
expr_id function_builtin(struct pool *pool, enum function_id id);
/* Of EXPR_FUNCTION, or of an application. Borrowed as long as the pool. */
const struct function *function_peek(const struct pool *pool, expr_id e);
/* The same function with one more prime. */
expr_id function_prime(struct pool *pool, expr_id function);
/* f(argument). */
expr_id function_apply(struct pool *pool, expr_id function, expr_id argument);
/* Whether this is the application of a function of function.def, without primes. */
bool function_is(const struct pool *pool, expr_id e, enum function_id id);

/* How derivatives are written; by default primes are, and relu has the derivative 0 at 0.
   A step that is `undefined` at 0 has the value NULL there. */
void function_write_values(struct pool *pool, bool values);
void function_set_step_at_zero(struct pool *pool, mpq_srcptr value);
mpq_srcptr function_step_at_zero(const struct pool *pool);

/* The derivative of an application by one of its arguments (from 0), in the form that is
   wanted; `value` is what stands for the value of the application, usually itself. */
expr_id function_derivative(struct pool *pool, expr_id application, size_t argument,
                            expr_id value);
/* The same, never with a prime: for those who work out numbers. The application itself
   where it has no prime. 0 if it is the derivative of an arbitrary function. */
expr_id function_without_primes(struct pool *pool, expr_id application);
/* What an application, without primes, comes down to by the column `meaning`; 0 if there
 * is none. */
expr_id function_meaning(struct pool *pool, expr_id application);
/* An application of a function defined by a formula: its formula, or the derivative of
 * it, at the argument. */
expr_id function_unfold(struct pool *pool, expr_id application);

#endif
