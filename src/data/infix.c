#include "data/infix.h"

#include "base/memory.h"
#include "base/name.h"
#include "base/number.h"
#include "expr/function.h"
#include "expr/site.h"

#include <stdio.h>
#include <string.h>

/* Letters that mean something in SymPy, Maxima or PARI. */
static const char *const reserved[] = {
    "E",    "I",     "N",     "O",     "Q",   "S",     "C",    "pi",     "Pi",
    "beta", "Beta",  "gamma", "Gamma", "psi", "zeta",  "Zeta", "lambda", "Lambda",
    "eta",  "theta", "sigma", "omega", "chi", "delta", "Delta"};

static bool is_reserved(const char *word)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (strcmp(word, reserved[i]) == 0)
            return true;
    return false;
}

/* These systems have thousands of words without digits, and none ends with `_`. */
static bool is_bare_word(const char *canonical)
{
    size_t length =
        strspn(canonical, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    return length > 1 && canonical[length] == '\0';
}

void infix_name(struct buf *out, const char *canonical)
{
    struct buf word;
    buf_init(&word);
    name_identifier(&word, canonical);
    buf_text(out, buf_peek(&word));
    if (is_bare_word(canonical) || is_reserved(buf_peek(&word)))
        buf_char(out, '_');
    buf_clear(&word);
}

/* Something still to be written: a text, or an expression where brackets are needed
   around anything looser than `level`. */
enum level { ANY, TERM, FACTOR, BASE };

struct todo {
    const char *text;
    expr_id e;
    enum level level;
};

struct stack {
    struct todo *items;
    size_t count, capacity;
};

static void push(struct stack *stack, struct todo todo)
{
    if (stack->count == stack->capacity) {
        stack->capacity = stack->capacity ? 2 * stack->capacity : 64;
        stack->items = memory_array(stack->items, stack->capacity, sizeof todo);
    }
    stack->items[stack->count++] = todo;
}

static void push_text(struct stack *stack, const char *text)
{
    push(stack, (struct todo){.text = text});
}

static void push_part(struct stack *stack, expr_id e, enum level level)
{
    push(stack, (struct todo){.e = e, .level = level});
}

static enum level level_of(const struct pool *pool, expr_id e)
{
    switch (expr_kind(pool, e)) {
    case EXPR_SUM:
    case EXPR_NEGATE:
        return ANY;
    case EXPR_PRODUCT:
    case EXPR_QUOTIENT:
        return TERM;
    case EXPR_POWER:
        return FACTOR;
    default:
        return BASE;
    }
}

/* Parts are pushed last first, so that they come off in order. */
static void push_sum(struct stack *stack, const struct pool *pool, expr_id e)
{
    for (size_t i = expr_count(pool, e); i-- > 0;) {
        expr_id term = expr_part(pool, e, i);
        bool is_negated = expr_kind(pool, term) == EXPR_NEGATE;
        push_part(stack, is_negated ? expr_part(pool, term, 0) : term, TERM);
        if (is_negated)
            push_text(stack, i ? " - " : "-");
        else if (i)
            push_text(stack, " + ");
    }
}

static void push_parts(struct stack *stack, const struct pool *pool, expr_id e)
{
    switch (expr_kind(pool, e)) {
    case EXPR_SUM:
        push_sum(stack, pool, e);
        break;
    case EXPR_NEGATE:
        push_part(stack, expr_part(pool, e, 0), TERM);
        push_text(stack, "-");
        break;
    case EXPR_PRODUCT:
        for (size_t i = expr_count(pool, e); i-- > 0;) {
            push_part(stack, expr_part(pool, e, i), FACTOR);
            if (i)
                push_text(stack, "*");
        }
        break;
    case EXPR_QUOTIENT:
        push_part(stack, expr_part(pool, e, 1), BASE);
        push_text(stack, "/");
        push_part(stack, expr_part(pool, e, 0), FACTOR);
        break;
    case EXPR_APPLY:
        push_text(stack, ")");
        for (size_t i = expr_count(pool, e); i-- > 1;) {
            push_part(stack, expr_part(pool, e, i), ANY);
            push_text(stack, i > 1 ? ", " : "(");
        }
        push_part(stack, expr_part(pool, e, 0), ANY);
        break;
    default:
        push_part(stack, expr_part(pool, e, 1), BASE);
        push_text(stack, "^");
        push_part(stack, expr_part(pool, e, 0), BASE);
    }
}

static void write_number(struct buf *out, mpq_srcptr value)
{
    bool plain = mpq_sgn(value) >= 0 && mpz_cmp_ui(mpq_denref(value), 1) == 0;
    if (!plain)
        buf_char(out, '(');
    number_write(out, value);
    if (!plain)
        buf_char(out, ')');
}

/* A function of function.def by what such systems call it, whatever its name here. */
static void write_function(struct buf *out, const struct pool *pool, expr_id function)
{
    enum function_id id = function_peek(pool, function)->id;
    if (id == FUNCTION_ARBITRARY)
        infix_name(out, expr_peek_name(pool, function));
    else if (id == FUNCTION_LN)
        buf_text(out, "log");
    else if (id == FUNCTION_SIGN)
        buf_text(out, "sign");
    else
        buf_text(out, function_row(id)->word);
}

static void write_todo(struct stack *stack, const struct pool *pool, struct todo todo,
                       struct buf *out)
{
    enum expr_kind kind = todo.text ? EXPR_NUMBER : expr_kind(pool, todo.e);
    if (todo.text) {
        buf_text(out, todo.text);
    } else if (kind == EXPR_NUMBER) {
        write_number(out, expr_peek_number(pool, todo.e));
    } else if (kind == EXPR_FUNCTION) {
        write_function(out, pool, todo.e);
    } else if (kind == EXPR_SYMBOL) {
        infix_name(out, expr_peek_name(pool, todo.e));
    } else if (level_of(pool, todo.e) < todo.level) {
        push_text(stack, ")");
        push_part(stack, todo.e, ANY);
        buf_char(out, '(');
    } else {
        push_parts(stack, pool, todo.e);
    }
}

/* (1 + s) / 2 for s = sign z is 1/2 at 0; s (1 + s) / 2 is 0 there, to which c (1 - s^2)
   adds c. */
static expr_id step_by_sign(struct pool *pool, expr_id argument)
{
    mpq_srcptr at_zero = function_step_at_zero(pool);
    expr_id one = expr_integer(pool, 1), two = expr_integer(pool, 2);
    expr_id sign = function_apply(pool, function_builtin(pool, FUNCTION_SIGN), argument);
    expr_id half = expr_quotient(pool, expr_add(pool, one, sign), two);

    if (!at_zero || mpq_cmp_ui(at_zero, 1, 2) == 0)
        return half;
    half = expr_multiply(pool, sign, half);
    if (mpq_sgn(at_zero) == 0)
        return half;
    expr_id rest = expr_add(pool, one, expr_negate(pool, expr_power(pool, sign, 2)));
    if (mpq_cmp_ui(at_zero, 1, 1) != 0)
        rest = expr_multiply(pool, expr_number(pool, at_zero), rest);
    return expr_add(pool, half, rest);
}

/* (a + b + |a - b|) / 2 */
static expr_id max_by_abs(struct pool *pool, expr_id a, expr_id b)
{
    expr_id difference = expr_add(pool, a, expr_negate(pool, b));
    expr_id distance =
        function_apply(pool, function_builtin(pool, FUNCTION_ABS), difference);
    expr_id terms[] = {a, b, distance};
    return expr_quotient(pool, expr_sum(pool, terms, 3), expr_integer(pool, 2));
}

/* One application by functions that are known everywhere; itself if it is one. */
static expr_id known_application(struct pool *pool, expr_id e)
{
    expr_id plain = function_without_primes(pool, e), meaning = 0;
    if (!plain || plain != e)
        return plain ? plain : e;
    switch (function_peek(pool, e)->id) {
    case FUNCTION_STEP:
        return step_by_sign(pool, expr_part(pool, e, 1));
    case FUNCTION_MAX:
        return max_by_abs(pool, expr_part(pool, e, 1), expr_part(pool, e, 2));
    case FUNCTION_SIGMOID:
    case FUNCTION_RELU:
    case FUNCTION_LEAKY_RELU:
    case FUNCTION_SOFTPLUS:
        meaning = function_meaning(pool, e);
        break;
    default:
        break;
    }
    return meaning ? meaning : e;
}

/* The pool itself is the context: what is known is found by making it. */
static bool is_unknown(void *context, const struct pool *pool, expr_id part)
{
    return expr_kind(pool, part) == EXPR_APPLY &&
           known_application(context, part) != part;
}

static expr_id make_known(void *context, expr_id part)
{
    return known_application(context, part);
}

/* Applications from the outside in, until all are known. */
static expr_id in_known_functions(struct pool *pool, expr_id e)
{
    for (size_t found = 1; found > 0;) {
        struct sites sites;
        sites_init(&sites);
        sites_find(&sites, pool, e, is_unknown, pool);
        found = sites.count;
        if (found)
            e = sites_rewrite(pool, e, &sites, make_known, pool);
        sites_clear(&sites);
    }
    return e;
}

static bool is_too_large(const struct pool *pool, expr_id e, const struct budget *budget,
                         struct diags *diags)
{
    enum { BYTES_A_NODE = 8 };
    uint64_t nodes = expr_tree_size(pool, e);
    if (nodes <= budget->max_bytes / BYTES_A_NODE)
        return false;
    char text[32];
    snprintf(text, sizeof text, "%llu", (unsigned long long)nodes);
    diag(diags, DIAG_TREE_TOO_LARGE, text, NULL);
    return true;
}

bool infix_write(struct pool *pool, expr_id e, const struct budget *budget,
                 struct buf *out, struct diags *diags)
{
    struct stack stack = {0};
    e = in_known_functions(pool, e);
    if (is_too_large(pool, e, budget, diags))
        return false;
    push_part(&stack, e, ANY);
    while (stack.count) {
        struct todo todo = stack.items[--stack.count];
        write_todo(&stack, pool, todo, out);
    }
    memory_free(stack.items);
    return true;
}
