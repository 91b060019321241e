#include "net/spec_formula.h"

#include "base/memory.h"
#include "base/name.h"
#include "base/number.h"
#include "expr/function.h"

#include <string.h>

/* How tightly a formula holds together; a part that holds less than its place asks is
 * bracketed. */
enum level { LEVEL_SUM, LEVEL_PRODUCT, LEVEL_FACTOR, LEVEL_BASE };

/* What remains to be written: a part, or a text if `e` is 0. */
struct item {
    expr_id e;
    enum level level;
    const char *text;
};

struct printer {
    const struct pool *pool;
    struct buf *out;
    spec_symbol_name *name; /* NULL: the symbol's own */
    void *context;
    struct item *items;
    size_t count, capacity;
};

static void push(struct printer *p, struct item item)
{
    if (p->count == p->capacity) {
        p->capacity = 2 * p->capacity + 32;
        p->items = memory_array(p->items, p->capacity, sizeof *p->items);
    }
    p->items[p->count++] = item;
}

static void push_text(struct printer *p, const char *text)
{
    push(p, (struct item){.text = text});
}

static void push_part(struct printer *p, expr_id e, enum level level)
{
    push(p, (struct item){.e = e, .level = level});
}

static bool is_plain_number(const struct pool *pool, expr_id e)
{
    mpq_srcptr value = expr_peek_number(pool, e);
    return mpq_sgn(value) >= 0 && mpz_cmp_ui(mpq_denref(value), 1) == 0;
}

static enum level level_of(const struct printer *p, expr_id e)
{
    switch (expr_kind(p->pool, e)) {
    case EXPR_SUM:
    case EXPR_NEGATE:
        return LEVEL_SUM;
    case EXPR_PRODUCT:
        return LEVEL_PRODUCT;
    case EXPR_NUMBER:
        if (is_plain_number(p->pool, e))
            return LEVEL_FACTOR;
        return mpq_sgn(expr_peek_number(p->pool, e)) < 0 ? LEVEL_SUM : LEVEL_FACTOR;
    default:
        return LEVEL_FACTOR; /* a name too: h_1^2 could be another name */
    }
}

static void write_number(const struct printer *p, expr_id e)
{
    mpq_srcptr value = expr_peek_number(p->pool, e);
    if (mpq_sgn(value) < 0)
        buf_char(p->out, '-');
    mpq_t absolute, whole;
    mpq_init(absolute);
    mpq_init(whole);
    mpq_abs(absolute, value);
    if (mpz_cmp_ui(mpq_denref(absolute), 1) == 0) {
        number_write(p->out, absolute);
    } else {
        mpq_set_z(whole, mpq_numref(absolute));
        buf_text(p->out, "\\frac{");
        number_write(p->out, whole);
        mpq_set_z(whole, mpq_denref(absolute));
        buf_text(p->out, "}{");
        number_write(p->out, whole);
        buf_char(p->out, '}');
    }
    mpq_clear(absolute);
    mpq_clear(whole);
}

/* Parts are pushed last first. */
static void push_sum(struct printer *p, expr_id e)
{
    for (size_t i = expr_count(p->pool, e); i > 0; i--) {
        expr_id term = expr_part(p->pool, e, i - 1);
        bool negative = expr_kind(p->pool, term) == EXPR_NEGATE;
        push_part(p, negative ? expr_part(p->pool, term, 0) : term, LEVEL_PRODUCT);
        if (negative)
            push_text(p, i > 1 ? " - " : "-");
        else if (i > 1)
            push_text(p, " + ");
    }
}

static void push_product(struct printer *p, expr_id e)
{
    for (size_t i = expr_count(p->pool, e); i > 0; i--) {
        expr_id factor = expr_part(p->pool, e, i - 1);
        bool number = expr_kind(p->pool, factor) == EXPR_NUMBER;
        push_part(p, factor, LEVEL_FACTOR);
        if (i > 1)
            push_text(p, number ? " * " : " ");
    }
}

/* Texts between and around the parts: `before` a `between` b `after`. */
static void push_pair(struct printer *p, expr_id e, const char *const around[3],
                      enum level level)
{
    push_text(p, around[2]);
    push_part(p, expr_part(p->pool, e, 1), LEVEL_SUM);
    push_text(p, around[1]);
    push_part(p, expr_part(p->pool, e, 0), level);
    push_text(p, around[0]);
}

/* f(a, b) */
static void push_call(struct printer *p, expr_id e)
{
    push_text(p, ")");
    for (size_t i = expr_count(p->pool, e); i > 1; i--) {
        push_part(p, expr_part(p->pool, e, i - 1), LEVEL_SUM);
        push_text(p, i > 2 ? ", " : "(");
    }
    push_part(p, expr_part(p->pool, e, 0), LEVEL_SUM);
}

/* A declared function by its name, others by their word. */
void spec_write_activation(const struct pool *pool, expr_id function, struct buf *out)
{
    const struct function *meaning = function_peek(pool, function);
    const struct function_row *row = function_row(meaning->id);
    bool is_builtin =
        row->name && meaning->primes == 0 && strcmp(row->name, meaning->name) == 0;
    if (!is_builtin) {
        name_latex(out, expr_peek_name(pool, function));
        return;
    }
    buf_text(out, row->word);
    if (meaning->parameter) {
        buf_char(out, '(');
        number_write(out, meaning->parameter);
        buf_char(out, ')');
    }
}

static void write_symbol(const struct printer *p, expr_id symbol)
{
    struct buf name;
    buf_init(&name);
    if (p->name)
        p->name(p->context, symbol, &name);
    else
        buf_text(&name, expr_peek_name(p->pool, symbol));
    name_latex(p->out, buf_peek(&name));
    buf_clear(&name);
}

static void write_node(struct printer *p, expr_id e)
{
    switch (expr_kind(p->pool, e)) {
    case EXPR_NUMBER:
        write_number(p, e);
        break;
    case EXPR_SYMBOL:
        write_symbol(p, e);
        break;
    case EXPR_SUM:
        push_sum(p, e);
        break;
    case EXPR_PRODUCT:
        push_product(p, e);
        break;
    case EXPR_NEGATE:
        push_part(p, expr_part(p->pool, e, 0), LEVEL_PRODUCT);
        push_text(p, "-");
        break;
    case EXPR_POWER:
        push_pair(p, e, (const char *const[]){"", "^{", "}"}, LEVEL_BASE);
        break;
    case EXPR_QUOTIENT:
        push_pair(p, e, (const char *const[]){"\\frac{", "}{", "}"}, LEVEL_SUM);
        break;
    case EXPR_APPLY:
        push_call(p, e);
        break;
    case EXPR_FUNCTION:
        spec_write_activation(p->pool, e, p->out);
        break;
    case EXPR_DERIVATIVE:
        push_pair(p, e, (const char *const[]){"\\frac{\\partial ", "}{\\partial ", "}"},
                  LEVEL_FACTOR);
        break;
    case EXPR_LOCAL:
        push_pair(p, e,
                  (const char *const[]){"\\left.\\frac{\\partial ", "}{\\partial ",
                                        "}\\right|_{*}"},
                  LEVEL_FACTOR);
        break;
    }
}

static void write_item(struct printer *p, struct item item)
{
    if (item.e == 0) {
        buf_text(p->out, item.text);
        return;
    }
    if (level_of(p, item.e) >= item.level) {
        write_node(p, item.e);
        return;
    }
    push_text(p, ")");
    push_part(p, item.e, LEVEL_SUM);
    push_text(p, "(");
}

void spec_write_formula(const struct pool *pool, expr_id e, struct buf *out)
{
    spec_write_formula_with(pool, e, NULL, NULL, out);
}

void spec_write_formula_with(const struct pool *pool, expr_id e, spec_symbol_name *name,
                             void *context, struct buf *out)
{
    struct printer p = {.pool = pool, .out = out, .name = name, .context = context};
    push_part(&p, e, LEVEL_SUM);
    while (p.count > 0)
        write_item(&p, p.items[--p.count]);
    memory_free(p.items);
}
