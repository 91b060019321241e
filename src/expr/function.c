#include "expr/function.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/memory.h"
#include "expr/diff.h"
#include "expr/substitute.h"

#include <string.h>

static const struct function_row rows[FUNCTION_COUNT] = {
#define FUNCTION(id, word, name, arguments, is_primed, derivative, meaning)              \
    [FUNCTION_##id] = {word, name, arguments, is_primed, derivative, meaning},
#include "expr/function.def"
#undef FUNCTION
};

const struct function_row *function_row(enum function_id id)
{
    return &rows[id];
}

enum function_id function_of_word(const char *word)
{
    for (int id = 0; id < FUNCTION_COUNT; id++)
        if (rows[id].word && strcmp(rows[id].word, word) == 0)
            return (enum function_id)id;
    return FUNCTION_COUNT;
}

enum function_id function_of_name(const char *name, size_t length)
{
    for (int id = 0; id < FUNCTION_COUNT; id++)
        if (rows[id].name && strlen(rows[id].name) == length &&
            memcmp(rows[id].name, name, length) == 0)
            return (enum function_id)id;
    return FUNCTION_COUNT;
}

unsigned function_arguments(enum function_id id)
{
    return rows[id].name ? rows[id].arguments : 1;
}

static const struct function *keep(struct pool *pool, const struct function *function)
{
    struct function *kept = arena_alloc(pool_arena(pool), sizeof *kept);

    *kept = *function;
    kept->name = arena_strndup(pool_arena(pool), function->name, strlen(function->name));
    if (function->parameter)
        kept->parameter = expr_peek_number(pool, expr_number(pool, function->parameter));
    return kept;
}

expr_id function_make(struct pool *pool, const struct function *function)
{
    struct buf name;
    expr_id e;

    buf_init(&name);
    buf_text(&name, function->name);
    for (unsigned i = 0; i < function->primes; i++)
        buf_char(&name, '\'');
    e = expr_function(pool, buf_peek(&name), keep(pool, function));
    buf_clear(&name);
    return e;
}

expr_id function_builtin(struct pool *pool, enum function_id id)
{
    return function_make(pool, &(struct function){.id = id, .name = rows[id].name});
}

const struct function *function_peek(const struct pool *pool, expr_id e)
{
    if (expr_kind(pool, e) == EXPR_APPLY)
        e = expr_part(pool, e, 0);
    return expr_peek_function(pool, e);
}

expr_id function_prime(struct pool *pool, expr_id function)
{
    struct function primed = *function_peek(pool, function);

    primed.primes++;
    return function_make(pool, &primed);
}

expr_id function_apply(struct pool *pool, expr_id function, expr_id argument)
{
    return expr_make(pool, EXPR_APPLY, (expr_id[]){function, argument}, 2);
}

bool function_is(const struct pool *pool, expr_id e, enum function_id id)
{
    if (expr_kind(pool, e) != EXPR_APPLY)
        return false;
    return function_peek(pool, e)->id == id && function_peek(pool, e)->primes == 0;
}

void function_write_values(struct pool *pool, bool values)
{
    pool_style(pool)->values = values;
}

void function_set_step_at_zero(struct pool *pool, mpq_srcptr value)
{
    pool_style(pool)->has_step_at_zero = value != NULL;
    if (value)
        mpq_set(pool_style(pool)->step_at_zero, value);
}

mpq_srcptr function_step_at_zero(const struct pool *pool)
{
    const struct pool_style *style = pool_peek_style(pool);

    return style->has_step_at_zero ? style->step_at_zero : NULL;
}

/* What the letters of a formula of function.def stand for. */
struct letters {
    expr_id z, y, u, a;
};

static expr_id binary(struct pool *pool, char operator, expr_id a, expr_id b)
{
    switch (operator) {
    case '+':
        return expr_add(pool, a, b);
    case '-':
        return expr_subtract(pool, a, b);
    case '*':
        return expr_multiply(pool, a, b);
    default:
        return expr_quotient(pool, a, b);
    }
}

static expr_id unary(struct pool *pool, char operator, expr_id a)
{
    switch (operator) {
    case '~':
        return expr_negate(pool, a);
    case 'E':
        return function_apply(pool, function_builtin(pool, FUNCTION_EXP), a);
    case 'L':
        return function_apply(pool, function_builtin(pool, FUNCTION_LN), a);
    case 'S':
        return function_apply(pool, function_builtin(pool, FUNCTION_STEP), a);
    default:
        return function_apply(pool, function_builtin(pool, FUNCTION_SIGN), a);
    }
}

static expr_id letter(struct pool *pool, const struct letters *letters, char c)
{
    switch (c) {
    case 'z':
        return letters->z;
    case 'y':
        return letters->y;
    case 'u':
        return letters->u;
    case 'a':
        return letters->a;
    default:
        return expr_integer(pool, c - '0');
    }
}

/* The expression that a formula of function.def describes. */
static expr_id build(struct pool *pool, const char *formula,
                     const struct letters *letters)
{
    expr_id stack[8];
    size_t count = 0;

    for (; *formula; formula++) {
        if (strchr("+-*/", *formula)) {
            count--;
            stack[count - 1] = binary(pool, *formula, stack[count - 1], stack[count]);
        } else if (strchr("~ELSG", *formula)) {
            stack[count - 1] = unary(pool, *formula, stack[count - 1]);
        } else {
            stack[count++] = letter(pool, letters, *formula);
        }
    }
    return stack[0];
}

/* Folded: u u is written as a power. */
static expr_id derivative_of_row(struct pool *pool, expr_id application, size_t argument,
                                 expr_id value)
{
    const struct function *function = function_peek(pool, application);
    size_t count = expr_count(pool, application) - 1;
    struct letters letters = {.z = expr_part(pool, application, 1 + argument),
                              .u = value};

    if (count == 2)
        letters.y = expr_part(pool, application, 2 - argument);
    if (function->parameter)
        letters.a = expr_number(pool, function->parameter);
    return fold(pool, build(pool, rows[function->id].derivative, &letters));
}

expr_id function_meaning(struct pool *pool, expr_id application)
{
    const struct function *function = function_peek(pool, application);
    struct letters letters = {.z = expr_part(pool, application, 1)};

    if (function->primes > 0 || !rows[function->id].meaning ||
        !*rows[function->id].meaning)
        return 0;
    if (function->parameter)
        letters.a = expr_number(pool, function->parameter);
    return build(pool, rows[function->id].meaning, &letters);
}

static expr_id at_argument(struct pool *pool, expr_id e, expr_id application)
{
    return substitute_one(pool, e, function_peek(pool, application)->variable,
                          expr_part(pool, application, 1));
}

expr_id function_unfold(struct pool *pool, expr_id application)
{
    const struct function *function = function_peek(pool, application);
    expr_id e = function->body;

    for (unsigned i = 0; e && i < function->primes; i++)
        e = diff_local(pool, e, function->variable);
    return e ? at_argument(pool, e, application) : 0;
}

static expr_id primed(struct pool *pool, expr_id application)
{
    expr_id function = function_prime(pool, expr_part(pool, application, 0));

    return function_apply(pool, function, expr_part(pool, application, 1));
}

expr_id function_derivative(struct pool *pool, expr_id application, size_t argument,
                            expr_id value)
{
    const struct function *function = function_peek(pool, application);
    bool is_listed = rows[function->id].name != NULL, wants = pool_style(pool)->values;

    if (is_listed && function->primes == 0 && (wants || !rows[function->id].is_primed))
        return derivative_of_row(pool, application, argument, value);
    if (function->id == FUNCTION_DEFINED && wants)
        return function_unfold(pool, primed(pool, application));
    return primed(pool, application);
}

/* Of a function of function.def, by differentiating its value at a symbol as often as it
   has primes. */
static expr_id higher_derivative(struct pool *pool, expr_id application)
{
    struct function plain = *function_peek(pool, application);
    unsigned primes = plain.primes;
    bool values = pool_style(pool)->values;
    expr_id z = expr_symbol(pool, "z"), e;

    plain.primes = 0;
    e = function_apply(pool, function_make(pool, &plain), z);
    function_write_values(pool, true);
    for (unsigned i = 0; i < primes && e; i++)
        e = diff_local(pool, e, z);
    function_write_values(pool, values);
    return e ? substitute_one(pool, e, z, expr_part(pool, application, 1)) : 0;
}

expr_id function_without_primes(struct pool *pool, expr_id application)
{
    const struct function *function = function_peek(pool, application);
    struct function plain = *function;
    expr_id value;

    if (function->id == FUNCTION_DEFINED)
        return function_unfold(pool, application);
    if (function->primes == 0)
        return application;
    if (function->id == FUNCTION_ARBITRARY)
        return 0;
    if (function->primes > 1)
        return higher_derivative(pool, application);
    plain.primes = 0;
    value = function_apply(pool, function_make(pool, &plain),
                           expr_part(pool, application, 1));
    return derivative_of_row(pool, value, 0, value);
}
