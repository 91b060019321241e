#include "eval/evaluate.h"

#include "base/memory.h"
#include "expr/walk.h"

#include <limits.h>
#include <string.h>

void evaluation_init(struct evaluation *evaluation, const struct arith *arith,
                     struct pool *pool, const struct budget *budget)
{
    memset(evaluation, 0, sizeof *evaluation);
    evaluation->arith = arith;
    evaluation->pool = pool;
    evaluation->max_bits = arith_max_bytes(budget) * 8;
}

void evaluation_set_symbols(struct evaluation *evaluation, evaluation_symbol *symbol,
                            void *context)
{
    evaluation->symbol = symbol;
    evaluation->context = context;
}

void evaluation_set_drawing(struct evaluation *evaluation, struct drawing drawing)
{
    evaluation->drawing = drawing;
}

void evaluation_clear(struct evaluation *evaluation)
{
    arith_free_array(evaluation->arith, evaluation->numbers, evaluation->count);
    memory_free(evaluation->is_known);
}

static void *number_at(const struct evaluation *evaluation, expr_id e)
{
    return arith_at(evaluation->arith, evaluation->numbers, e);
}

/* The pool grows between two calls, as labels are made. */
static void grow(struct evaluation *evaluation)
{
    size_t needed = (size_t)pool_count(evaluation->pool) + 1;
    if (needed <= evaluation->count)
        return;
    size_t count = needed + needed / 2;
    evaluation->numbers =
        memory_array(evaluation->numbers, count, evaluation->arith->size);
    evaluation->is_known = memory_array(evaluation->is_known, count, sizeof(bool));
    for (size_t i = evaluation->count; i < count; i++) {
        evaluation->arith->init(number_at(evaluation, (expr_id)i),
                                evaluation->arith->bits);
        evaluation->is_known[i] = false;
    }
    evaluation->count = count;
}

void evaluation_forget(struct evaluation *evaluation)
{
    for (size_t i = 0; i < evaluation->count; i++)
        evaluation->is_known[i] = false;
}

const void *evaluation_peek(const struct evaluation *evaluation, expr_id e)
{
    return number_at(evaluation, e);
}

bool evaluation_exponent(const struct pool *pool, expr_id power, long *exponent)
{
    expr_id e = expr_part(pool, power, 1);
    bool is_negated = expr_kind(pool, e) == EXPR_NEGATE;
    if (is_negated)
        e = expr_part(pool, e, 0);
    if (expr_kind(pool, e) != EXPR_NUMBER)
        return false;
    mpq_srcptr number = expr_peek_number(pool, e);
    if (mpz_cmp_ui(mpq_denref(number), 1) != 0 ||
        mpz_cmpabs_ui(mpq_numref(number), LONG_MAX) > 0)
        return false;
    *exponent = mpz_get_si(mpq_numref(number));
    if (is_negated)
        *exponent = -*exponent;
    return true;
}

typedef void operation(void *x, const void *a, const void *b);

static enum arith_fault run_fold(struct evaluation *evaluation, expr_id e,
                                 operation *combine)
{
    const struct arith *arith = evaluation->arith;
    void *x = number_at(evaluation, e);
    arith->set(x, number_at(evaluation, expr_part(evaluation->pool, e, 0)));
    for (size_t i = 1; i < expr_count(evaluation->pool, e); i++) {
        combine(x, x, number_at(evaluation, expr_part(evaluation->pool, e, i)));
        if (arith->bits_of(x) > evaluation->max_bits)
            return ARITH_TOO_LONG;
    }
    return ARITH_OK;
}

static enum arith_fault run_quotient(struct evaluation *evaluation, expr_id e)
{
    const struct arith *arith = evaluation->arith;
    void *x = number_at(evaluation, e);
    if (!arith->invert(x, number_at(evaluation, expr_part(evaluation->pool, e, 1))))
        return ARITH_ZERO_DIVISOR;
    arith->multiply(x, x, number_at(evaluation, expr_part(evaluation->pool, e, 0)));
    return arith->bits_of(x) > evaluation->max_bits ? ARITH_TOO_LONG : ARITH_OK;
}

static enum arith_fault run_power(struct evaluation *evaluation, expr_id e)
{
    long exponent;
    if (!evaluation_exponent(evaluation->pool, e, &exponent))
        return ARITH_EXPONENT;
    const void *base = number_at(evaluation, expr_part(evaluation->pool, e, 0));
    return arith_power(evaluation->arith, number_at(evaluation, e), base, exponent,
                       evaluation->max_bits);
}

static enum arith_fault run_symbol(struct evaluation *evaluation, expr_id e)
{
    const void *value = evaluation->symbol(evaluation->context, e);
    if (value == NULL)
        return ARITH_NO_VALUE;
    evaluation->arith->set(number_at(evaluation, e), value);
    return ARITH_OK;
}

bool evaluation_call(struct arith_call *call, const struct pool *pool,
                     expr_id application, unsigned primes)
{
    const struct function *function = function_peek(pool, application);
    *call = (struct arith_call){.function = function->id,
                                .is_derivative = primes == 1,
                                .parameter = function->parameter,
                                .step_at_zero = function_step_at_zero(pool)};
    return primes <= 1;
}

enum arith_fault evaluation_letter(const struct arith *arith, struct drawing drawing,
                                   const struct function *function, unsigned primes,
                                   void *x, const void *z)
{
    if (!drawing.is_on)
        return ARITH_LETTER;
    struct enclosure argument;
    mpq_t value;
    mpq_init(value);
    enclosure_init(&argument);
    arith->get_enclosure(&argument, z);
    bool is_known =
        drawn_enclosed(value, drawing.seed, function->name, primes, &argument);
    if (is_known)
        arith->set_rational(x, value);
    enclosure_clear(&argument);
    mpq_clear(value);
    return is_known ? ARITH_OK : ARITH_LETTER_WIDE;
}

static enum arith_fault run_apply(struct evaluation *evaluation, expr_id e)
{
    const struct arith *arith = evaluation->arith;
    const struct pool *pool = evaluation->pool;
    const struct function *function = function_peek(pool, e);
    void *x = number_at(evaluation, e);
    const void *arguments[2] = {NULL, NULL};
    struct arith_call call;
    for (size_t i = 1; i < expr_count(pool, e); i++)
        arguments[i - 1] = number_at(evaluation, expr_part(pool, e, i));
    if (function->id == FUNCTION_ARBITRARY)
        return evaluation_letter(arith, evaluation->drawing, function, function->primes,
                                 x, arguments[0]);
    if (!evaluation_call(&call, pool, e, function->primes))
        return ARITH_NO_VALUE;
    enum arith_fault fault = arith->apply(x, &call, arguments);
    if (fault == ARITH_OK && arith->bits_of(x) > evaluation->max_bits)
        return ARITH_TOO_LONG;
    return fault;
}

bool evaluation_is_by_formula(const struct pool *pool, expr_id e, unsigned most_primes)
{
    if (expr_kind(pool, e) != EXPR_APPLY)
        return false;
    const struct function *function = function_peek(pool, e);
    return function->id == FUNCTION_DEFINED ||
           (function->id != FUNCTION_ARBITRARY && function->primes > most_primes);
}

/* Derivatives of the first order are worked out as such. */
static bool is_by_formula(const struct pool *pool, expr_id e)
{
    return evaluation_is_by_formula(pool, e, 1);
}

static enum arith_fault run_formula(struct evaluation *evaluation, expr_id e)
{
    expr_id formula = function_without_primes(evaluation->pool, e);
    if (formula == 0)
        return ARITH_NO_VALUE;
    evaluation->arith->set(number_at(evaluation, e), number_at(evaluation, formula));
    return ARITH_OK;
}

/* Works out one node whose parts are known. */
static enum arith_fault run_node(struct evaluation *evaluation, expr_id e)
{
    const struct arith *arith = evaluation->arith;
    const struct pool *pool = evaluation->pool;
    switch (expr_kind(pool, e)) {
    case EXPR_NUMBER:
        arith->set_rational(number_at(evaluation, e), expr_peek_number(pool, e));
        return ARITH_OK;
    case EXPR_SUM:
        return run_fold(evaluation, e, arith->add);
    case EXPR_PRODUCT:
        return run_fold(evaluation, e, arith->multiply);
    case EXPR_NEGATE:
        arith->negate(number_at(evaluation, e),
                      number_at(evaluation, expr_part(pool, e, 0)));
        return ARITH_OK;
    case EXPR_POWER:
        return run_power(evaluation, e);
    case EXPR_QUOTIENT:
        return run_quotient(evaluation, e);
    case EXPR_SYMBOL:
        return run_symbol(evaluation, e);
    case EXPR_FUNCTION:
        return ARITH_OK;
    case EXPR_APPLY:
        return is_by_formula(pool, e) ? run_formula(evaluation, e)
                                      : run_apply(evaluation, e);
    case EXPR_DERIVATIVE:
    case EXPR_LOCAL:
        break;
    }
    return ARITH_NO_VALUE;
}

static void push_unknown(const struct evaluation *evaluation, expr_id e,
                         struct expr_list *stack)
{
    if (!evaluation->is_known[e])
        expr_list_push(stack, e);
}

/* What a node is worked out from: its parts, or the formula of its function. */
static bool push_unknown_parts(struct evaluation *evaluation, expr_id e,
                               struct expr_list *stack)
{
    size_t before = stack->count;
    if (is_by_formula(evaluation->pool, e)) {
        expr_id formula = function_without_primes(evaluation->pool, e);
        grow(evaluation);
        if (formula != 0)
            push_unknown(evaluation, formula, stack);
        return stack->count > before;
    }
    for (size_t i = expr_count(evaluation->pool, e); i-- > 0;)
        push_unknown(evaluation, expr_part(evaluation->pool, e, i), stack);
    return stack->count > before;
}

enum arith_fault evaluation_run(struct evaluation *evaluation, expr_id e)
{
    grow(evaluation);
    enum arith_fault fault = ARITH_OK;
    struct expr_list stack;
    expr_list_init(&stack);
    expr_list_push(&stack, e);
    while (stack.count > 0 && fault == ARITH_OK) {
        expr_id top = stack.items[stack.count - 1];
        if (!evaluation->is_known[top]) {
            if (push_unknown_parts(evaluation, top, &stack))
                continue;
            fault = run_node(evaluation, top);
            evaluation->is_known[top] = fault == ARITH_OK;
        }
        stack.count--;
    }
    expr_list_clear(&stack);
    return fault;
}
