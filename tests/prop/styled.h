/* For laws: expressions in the LaTeX of many hands; every choice is random. */
#ifndef GRADTEX_TESTS_STYLED_H
#define GRADTEX_TESTS_STYLED_H

#include "base/name.h"
#include "base/number.h"
#include "expr/function.h"
#include "random.h"

#include <string.h>

/* How tightly a formula holds together. */
enum tightness { TIGHT_SUM, TIGHT_PRODUCT, TIGHT_FACTOR, TIGHT_NAME };

struct style {
    const struct pool *pool;
    struct buf *out;
    const char *partial; /* of the whole document */
    /* A symbol that is written with a letter for one of its digits; 0: none. */
    expr_id bound;
    size_t digit; /* in its name */
    char letter;
};

static inline void style_write(struct style *style, expr_id e, enum tightness around);

/* What a hand puts between and around, which means nothing. */
static inline void style_space(struct style *style)
{
    static const char *const spaces[] = {"",    "",   "",    " ",  "\\,",
                                         "\\;", "{}", "\\ ", "\\!"};
    write_choice(style->out, spaces, 9);
}

struct brackets {
    const char *open, *close;
};

static inline struct brackets any_brackets(void)
{
    static const struct brackets all[] = {{"(", ")"},
                                          {"(", ")"},
                                          {"[", "]"},
                                          {"\\left(", "\\right)"},
                                          {"\\left[", "\\right]"},
                                          {"\\bigl(", "\\bigr)"},
                                          {"\\Big(", "\\Big)"},
                                          {"\\{", "\\}"},
                                          {"\\left\\{", "\\right\\}"}};
    return all[below(9)];
}

static inline void style_bracketed(struct style *style, expr_id e)
{
    struct brackets brackets = any_brackets();
    buf_text(style->out, brackets.open);
    style_write(style, e, TIGHT_SUM);
    buf_text(style->out, brackets.close);
}

static inline void style_script(struct style *style, char mark, const char *text,
                                size_t length)
{
    if (length == 0)
        return;
    buf_format(style->out, length == 1 && below(2) ? "%c%.*s" : "%c{%.*s}", mark,
               (int)length, text);
}

/* Sub- and superscripts in either order. */
static inline void style_name(struct style *style, const char *canonical)
{
    struct name name;
    name_split(&name, canonical);
    bool is_word = name.head_length > 1 && name.head[0] != '\\';
    buf_format(style->out, is_word ? "\\mathrm{%.*s}" : "%.*s", (int)name.head_length,
               name.head);
    if (!is_word && name.sub_length + name.sup_length == 0)
        buf_text(style->out, " ");
    if (below(2)) {
        style_script(style, '_', name.sub, name.sub_length);
        style_script(style, '^', name.sup, name.sup_length);
    } else {
        style_script(style, '^', name.sup, name.sup_length);
        style_script(style, '_', name.sub, name.sub_length);
    }
}

static inline void style_symbol(struct style *style, expr_id symbol)
{
    struct buf name;
    buf_init(&name);
    buf_text(&name, expr_peek_name(style->pool, symbol));
    if (symbol == style->bound)
        name.data[style->digit] = style->letter;
    style_name(style, buf_peek(&name));
    buf_clear(&name);
}

static inline void style_ratio(struct style *style, const char *above, const char *under)
{
    static const char *const texts[][3] = {{"\\frac{", "}{", "}"},
                                           {"\\dfrac{", "}{", "}"},
                                           {"\\tfrac{", "}{", "}"},
                                           {"{", " \\over ", "}"}};
    const char *const *around = texts[below(4)];
    buf_format(style->out, "%s%s%s%s%s", around[0], above, around[1], under, around[2]);
}

/* A part on its own. */
static inline void style_aside(struct style *style, struct buf *out, expr_id e,
                               enum tightness around)
{
    struct style aside = *style;
    buf_init(out);
    aside.out = out;
    style_write(&aside, e, around);
}

static inline void style_quotient(struct style *style, expr_id e)
{
    struct buf above, under;
    style_aside(style, &above, expr_part(style->pool, e, 0), TIGHT_SUM);
    style_aside(style, &under, expr_part(style->pool, e, 1), TIGHT_SUM);
    style_ratio(style, buf_peek(&above), buf_peek(&under));
    buf_clear(&above);
    buf_clear(&under);
}

static inline void style_derivative(struct style *style, expr_id e)
{
    struct buf above, under, text;
    buf_init(&text);
    style_aside(style, &above, expr_part(style->pool, e, 0), TIGHT_NAME);
    style_aside(style, &under, expr_part(style->pool, e, 1), TIGHT_NAME);
    buf_format(&text, "%s %s", style->partial, buf_peek(&above));
    buf_truncate(&above, 0);
    buf_format(&above, "%s %s", style->partial, buf_peek(&under));
    if (expr_kind(style->pool, e) == EXPR_LOCAL)
        buf_text(style->out, "\\left.");
    style_ratio(style, buf_peek(&text), buf_peek(&above));
    if (expr_kind(style->pool, e) == EXPR_LOCAL)
        buf_text(style->out, "\\right|_{*}");
    buf_clear(&above);
    buf_clear(&under);
    buf_clear(&text);
}

/* A decimal where the denominator is a power of ten. */
static inline bool style_decimal(struct style *style, mpq_srcptr value)
{
    char *digits = mpz_get_str(NULL, 10, mpq_denref(value));
    size_t places = strlen(digits) - 1;
    bool is_decimal = places > 0 && digits[0] == '1' &&
                      strspn(digits + 1, "0") == places &&
                      mpz_cmp_ui(mpq_numref(value), 1) == 0;
    free(digits);
    if (!is_decimal || below(3) == 0)
        return false;
    if (below(2)) {
        buf_format(style->out, "10^{-%zu}", places);
        return true;
    }
    buf_text(style->out, "0.");
    for (size_t i = 1; i < places; i++)
        buf_char(style->out, '0');
    buf_char(style->out, '1');
    return true;
}

static inline void style_number(struct style *style, mpq_srcptr value)
{
    if (mpz_cmp_ui(mpq_denref(value), 1) == 0 || style_decimal(style, value)) {
        if (mpz_cmp_ui(mpq_denref(value), 1) == 0)
            number_write(style->out, value);
        return;
    }
    char *above = mpz_get_str(NULL, 10, mpq_numref(value));
    char *under = mpz_get_str(NULL, 10, mpq_denref(value));
    style_ratio(style, above, under);
    free(above);
    free(under);
}

/* A sum is written `a - b`. */
static inline void style_sum(struct style *style, expr_id e)
{
    const struct pool *pool = style->pool;
    for (size_t i = 0; i < expr_count(pool, e); i++) {
        expr_id term = expr_part(pool, e, i);
        bool is_negative = expr_kind(pool, term) == EXPR_NEGATE;
        if (is_negative)
            term = expr_part(pool, term, 0);
        if (is_negative || i > 0)
            buf_text(style->out, is_negative ? " - " : " + ");
        style_write(style, term, TIGHT_PRODUCT);
    }
}

static inline bool begins_with_digit(const struct pool *pool, expr_id e)
{
    return expr_kind(pool, e) == EXPR_NUMBER;
}

static inline void style_times(struct style *style, bool is_sign_needed)
{
    static const char *const signs[] = {"\\cdot ", "\\times ", " * ", "\\,",
                                        " ",       "",         "\\;"};
    write_choice(style->out, signs, is_sign_needed ? 3 : 7);
}

static inline void style_product(struct style *style, expr_id e)
{
    for (size_t i = 0; i < expr_count(style->pool, e); i++) {
        expr_id factor = expr_part(style->pool, e, i);
        if (i > 0)
            style_times(style, begins_with_digit(style->pool, factor));
        style_write(style, factor, TIGHT_FACTOR);
    }
}

static inline void style_power(struct style *style, expr_id e)
{
    expr_id base = expr_part(style->pool, e, 0);
    if (expr_kind(style->pool, base) == EXPR_SYMBOL && below(2)) {
        buf_char(style->out, '{');
        style_symbol(style, base);
        buf_char(style->out, '}');
    } else {
        style_bracketed(style, base);
    }
    buf_text(style->out, "^{");
    style_write(style, expr_part(style->pool, e, 1), TIGHT_SUM);
    buf_char(style->out, '}');
}

/* `f'`, `\tanh`, `\mathrm{relu}` */
static inline void style_function(struct style *style, const struct function *function)
{
    const char *name = function->name;
    bool is_known = strcmp(name, "tanh") == 0 || strcmp(name, "exp") == 0 ||
                    strcmp(name, "ln") == 0 || strcmp(name, "max") == 0;
    if (is_known)
        buf_format(style->out, "\\%s", name);
    else if (strlen(name) > 1 && name[0] != '\\')
        buf_format(style->out, below(2) ? "\\mathrm{%s}" : "\\operatorname{%s}", name);
    else
        buf_text(style->out, name);
    if (function->primes == 1 && below(3) == 0)
        buf_text(style->out, below(2) ? "^{\\prime}" : "^\\prime");
    else
        for (unsigned i = 0; i < function->primes; i++)
            buf_char(style->out, '\'');
}

static inline void style_around(struct style *style, const char *before, expr_id e,
                                const char *after)
{
    buf_text(style->out, before);
    style_write(style, e, TIGHT_SUM);
    buf_text(style->out, after);
}

static inline void style_call(struct style *style, expr_id e)
{
    struct brackets brackets =
        below(2) ? (struct brackets){"(", ")"} : (struct brackets){"\\left(", "\\right)"};
    style_function(style, function_peek(style->pool, e));
    buf_text(style->out, brackets.open);
    for (size_t i = 1; i < expr_count(style->pool, e); i++) {
        if (i > 1)
            buf_text(style->out, ", ");
        style_write(style, expr_part(style->pool, e, i), TIGHT_SUM);
    }
    buf_text(style->out, brackets.close);
}

static inline void style_apply(struct style *style, expr_id e)
{
    expr_id argument = expr_part(style->pool, e, 1);
    switch (function_peek(style->pool, e)->id) {
    case FUNCTION_EXP:
        if (below(2))
            style_around(style, "e^{", argument, "}");
        else
            style_call(style, e);
        break;
    case FUNCTION_SQRT:
        style_around(style, "\\sqrt{", argument, "}");
        break;
    case FUNCTION_ABS:
        if (below(2))
            style_around(style, "\\left|", argument, "\\right|");
        else
            style_around(style, "\\lvert ", argument, "\\rvert ");
        break;
    case FUNCTION_STEP:
        style_around(style, below(2) ? "[" : "\\mathbb{1}[", argument, " > 0]");
        break;
    default:
        style_call(style, e);
    }
}

static inline void style_inside(struct style *style, expr_id e)
{
    switch (expr_kind(style->pool, e)) {
    case EXPR_NUMBER:
        style_number(style, expr_peek_number(style->pool, e));
        break;
    case EXPR_SYMBOL:
        style_symbol(style, e);
        break;
    case EXPR_SUM:
        style_sum(style, e);
        break;
    case EXPR_NEGATE:
        buf_char(style->out, '-');
        style_write(style, expr_part(style->pool, e, 0), TIGHT_PRODUCT);
        break;
    case EXPR_PRODUCT:
        style_product(style, e);
        break;
    case EXPR_POWER:
        style_power(style, e);
        break;
    case EXPR_QUOTIENT:
        style_quotient(style, e);
        break;
    case EXPR_APPLY:
        style_apply(style, e);
        break;
    default:
        style_derivative(style, e);
    }
}

static inline enum tightness tightness_of(const struct pool *pool, expr_id e)
{
    switch (expr_kind(pool, e)) {
    case EXPR_NUMBER:
        return mpq_sgn(expr_peek_number(pool, e)) < 0 ? TIGHT_SUM : TIGHT_FACTOR;
    case EXPR_SUM:
    case EXPR_NEGATE:
        return TIGHT_SUM;
    case EXPR_PRODUCT:
        return TIGHT_PRODUCT;
    case EXPR_SYMBOL:
        return TIGHT_NAME;
    default:
        return TIGHT_FACTOR;
    }
}

static inline void style_write(struct style *style, expr_id e, enum tightness around)
{
    style_space(style);
    if (tightness_of(style->pool, e) < around)
        style_bracketed(style, e);
    else
        style_inside(style, e);
    style_space(style);
}

#endif
