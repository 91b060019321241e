#include "verify/respell.h"

#include "base/name.h"
#include "base/number.h"
#include "verify/split.h"

#include <string.h>

enum { DEPTH = 40 };

/* How tightly what stands around binds. */
enum level { LEVEL_SUM, LEVEL_PRODUCT, LEVEL_BASE };

struct writer {
    struct buf *out;
    const struct pool *pool;
    const struct spelling *spelling;
    bool is_lost; /* too deep, or a name that nobody can write */
};

static void write(struct writer *w, expr_id e, enum level level, int depth);

static void write_symbol(struct writer *w, expr_id symbol, enum level level)
{
    struct buf name;
    const char *text = w->spelling->symbol(w->spelling->context, symbol);
    buf_init(&name);
    if (!text) {
        w->is_lost |= split_is_marked(expr_peek_name(w->pool, symbol));
        name_latex(&name, expr_peek_name(w->pool, symbol));
        text = buf_peek(&name);
    }
    bool is_braced = level == LEVEL_BASE && strchr(text, '^');
    buf_format(w->out, is_braced ? "{%s}" : "%s", text);
    buf_clear(&name);
}

static void write_number(const struct writer *w, expr_id number, enum level level)
{
    mpq_srcptr value = expr_peek_number(w->pool, number);
    bool is_open = level == LEVEL_BASE || (level > LEVEL_SUM && mpq_sgn(value) < 0);
    mpz_t above;
    mpz_init(above);
    mpz_abs(above, mpq_numref(value));
    buf_text(w->out, is_open ? "(" : "");
    buf_text(w->out, mpq_sgn(value) < 0 ? "-" : "");
    if (mpz_cmp_ui(mpq_denref(value), 1) == 0) {
        number_write_integer(w->out, above);
    } else {
        buf_text(w->out, "\\frac{");
        number_write_integer(w->out, above);
        buf_text(w->out, "}{");
        number_write_integer(w->out, mpq_denref(value));
        buf_text(w->out, "}");
    }
    buf_text(w->out, is_open ? ")" : "");
    mpz_clear(above);
}

static void write_sum(struct writer *w, expr_id e, int depth)
{
    for (size_t i = 0; i < expr_count(w->pool, e); i++) {
        expr_id term = expr_part(w->pool, e, i);
        bool is_negated = expr_kind(w->pool, term) == EXPR_NEGATE;
        if (i > 0)
            buf_text(w->out, is_negated ? " - " : " + ");
        else if (is_negated)
            buf_text(w->out, "-");
        write(w, is_negated ? expr_part(w->pool, term, 0) : term, LEVEL_PRODUCT, depth);
    }
}

static void write_product(struct writer *w, expr_id e, int depth)
{
    for (size_t i = 0; i < expr_count(w->pool, e); i++) {
        expr_id factor = expr_part(w->pool, e, i);
        if (i > 0)
            buf_text(w->out,
                     expr_kind(w->pool, factor) == EXPR_NUMBER ? " \\cdot " : " ");
        write(w, factor, LEVEL_PRODUCT, depth);
    }
}

static bool is_command(const char *name)
{
    static const char *const commands[] = {"tanh", "exp", "ln", "max"};
    size_t length = strcspn(name, "'");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strlen(commands[i]) == length && strncmp(name, commands[i], length) == 0)
            return true;
    return false;
}

/* `\tanh'`, `\mathrm{relu}'`, `\sigma` */
static void write_function(const struct writer *w, const char *name)
{
    if (is_command(name))
        buf_format(w->out, "\\%s", name);
    else
        name_latex(w->out, name);
}

static void write_apply(struct writer *w, expr_id e, int depth)
{
    write_function(w, expr_peek_name(w->pool, expr_part(w->pool, e, 0)));
    buf_text(w->out, "(");
    for (size_t i = 1; i < expr_count(w->pool, e); i++) {
        buf_text(w->out, i > 1 ? ", " : "");
        write(w, expr_part(w->pool, e, i), LEVEL_SUM, depth);
    }
    buf_text(w->out, ")");
}

static void write_fraction(struct writer *w, expr_id e, const char *sign, int depth)
{
    buf_format(w->out, "\\frac{%s", sign);
    write(w, expr_part(w->pool, e, 0), LEVEL_SUM, depth);
    buf_format(w->out, "}{%s", sign);
    write(w, expr_part(w->pool, e, 1), LEVEL_SUM, depth);
    buf_text(w->out, "}");
}

static void write_power(struct writer *w, expr_id e, int depth)
{
    write(w, expr_part(w->pool, e, 0), LEVEL_BASE, depth);
    size_t begin = w->out->length;
    buf_text(w->out, "^{");
    write(w, expr_part(w->pool, e, 1), LEVEL_SUM, depth);
    bool is_digit = w->out->length == begin + 3;
    if (is_digit)
        w->out->data[begin + 1] = w->out->data[begin + 2];
    buf_truncate(w->out, is_digit ? begin + 2 : w->out->length);
    buf_text(w->out, is_digit ? "" : "}");
}

static void write_plain(struct writer *w, expr_id e, int depth)
{
    switch (expr_kind(w->pool, e)) {
    case EXPR_SUM:
        write_sum(w, e, depth);
        break;
    case EXPR_PRODUCT:
        write_product(w, e, depth);
        break;
    case EXPR_NEGATE:
        buf_text(w->out, "-");
        write(w, expr_part(w->pool, e, 0), LEVEL_PRODUCT, depth);
        break;
    case EXPR_POWER:
        write_power(w, e, depth);
        break;
    case EXPR_APPLY:
        write_apply(w, e, depth);
        break;
    default:
        write_fraction(
            w, e, expr_kind(w->pool, e) == EXPR_QUOTIENT ? "" : w->spelling->sign, depth);
    }
}

static bool is_open_in(enum expr_kind kind, enum level level)
{
    bool is_sum = kind == EXPR_SUM || kind == EXPR_NEGATE;
    bool is_base = kind == EXPR_APPLY;
    return (level >= LEVEL_PRODUCT && is_sum) || (level == LEVEL_BASE && !is_base);
}

/* Recursion ends at `depth`. */
static void write(struct writer *w, expr_id e, enum level level, int depth)
{
    enum expr_kind kind = expr_kind(w->pool, e);
    w->is_lost |= depth == 0;
    if (w->is_lost)
        return;
    if (kind == EXPR_SYMBOL) {
        write_symbol(w, e, level);
    } else if (kind == EXPR_NUMBER) {
        write_number(w, e, level);
    } else {
        bool is_open = is_open_in(kind, level);
        buf_text(w->out, is_open ? "(" : "");
        write_plain(w, e, depth - 1);
        buf_text(w->out, is_open ? ")" : "");
    }
}

bool respell(struct buf *out, const struct pool *pool, expr_id e,
             const struct spelling *spelling)
{
    struct writer w = {out, pool, spelling, false};
    write(&w, e, LEVEL_SUM, DEPTH);
    return !w.is_lost;
}
