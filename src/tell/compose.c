#include "tell/compose.h"

#include "base/memory.h"
#include "base/name.h"
#include "base/number.h"
#include "expr/function.h"

#include <stdio.h>
#include <string.h>

enum { SMALL_FRACTION = 1000 }; /* numbers from here on make a fraction of full size */

static struct formula *sign(const struct typeset *typeset, const char *text)
{
    return formula_text(typeset->arena, FORMULA_SIGN, text);
}

static struct formula *pair(const struct typeset *typeset, enum formula_kind kind,
                            struct formula *first, struct formula *second, unsigned size)
{
    struct formula *parts[] = {first, second};
    return formula_make(typeset->arena, kind, NULL, parts, 2, size);
}

static struct formula *negated(const struct typeset *typeset, struct formula *formula)
{
    return pair(typeset, FORMULA_ROW, sign(typeset, "-"), formula, 0);
}

static struct piece bracketed(const struct typeset *typeset, struct piece piece)
{
    return (struct piece){typeset_bracket(typeset, piece.formula), LEVEL_ATOM, false,
                          false};
}

/* The number without its sign. */
static struct formula *magnitude(const struct typeset *typeset, mpq_srcptr value)
{
    struct buf digits;
    buf_init(&digits);
    number_write(&digits, value);
    char *text = digits.data + (digits.data[0] == '-'), *slash = strchr(text, '/');
    struct formula *formula;
    if (slash) {
        *slash = '\0';
        bool small = mpz_cmpabs_ui(mpq_numref(value), SMALL_FRACTION) < 0 &&
                     mpz_cmp_ui(mpq_denref(value), SMALL_FRACTION) < 0;
        formula = pair(typeset, FORMULA_FRACTION,
                       formula_text(typeset->arena, FORMULA_NUMBER, text),
                       formula_text(typeset->arena, FORMULA_NUMBER, slash + 1), !small);
    } else {
        formula = formula_text(typeset->arena, FORMULA_NUMBER, text);
    }
    buf_clear(&digits);
    return formula;
}

static struct piece compose_number(const struct typeset *typeset, expr_id e)
{
    mpq_srcptr value = expr_peek_number(typeset->pool, e);
    bool whole = mpz_cmp_ui(mpq_denref(value), 1) == 0;
    struct piece piece = {magnitude(typeset, value), whole ? LEVEL_ATOM : LEVEL_FRACTION,
                          false, true};
    if (mpq_sgn(value) < 0) {
        piece.formula = negated(typeset, piece.formula);
        piece.level = LEVEL_PRODUCT;
        piece.minus = true;
        piece.digit = false;
    }
    return piece;
}

static struct piece compose_symbol(const struct typeset *typeset, expr_id e)
{
    const char *name = expr_peek_name(typeset->pool, e);
    return (struct piece){formula_text(typeset->arena, FORMULA_NAME, name), LEVEL_ATOM,
                          false, false};
}

/* The first two terms, dots and the last one if there are more than fit. */
static struct piece compose_sum(const struct typeset *typeset, size_t count,
                                const struct piece *terms)
{
    bool elided = count > typeset->max_terms && count > 3;
    struct formula *row = formula_row(typeset->arena);
    for (size_t i = 0; i < count; i++) {
        if (elided && i == 2) {
            formula_append(typeset->arena, row, sign(typeset, "+"));
            formula_append(typeset->arena, row, sign(typeset, "\\cdots"));
            i = count - 1;
        }
        if (i > 0 && !terms[i].minus)
            formula_append(typeset->arena, row, sign(typeset, "+"));
        formula_append(typeset->arena, row, terms[i].formula);
    }
    return (struct piece){row, LEVEL_SUM, terms[0].minus, terms[0].digit};
}

static struct piece compose_negate(const struct typeset *typeset, struct piece part)
{
    if (part.level == LEVEL_SUM || part.minus)
        part = bracketed(typeset, part);
    bool is_open = part.level == LEVEL_OPERATOR || part.level == LEVEL_SLASH;
    return (struct piece){negated(typeset, part.formula),
                          is_open ? part.level : LEVEL_PRODUCT, true, false};
}

static bool is_word(const struct formula *formula)
{
    struct name name;
    return formula->kind == FORMULA_NAME && name_split(&name, formula->text) &&
           name.head_length > 1 && name.head[0] != '\\';
}

/* Where the formula begins as it is read, or ends. */
static const struct formula *edge(const struct formula *formula, bool at_end)
{
    while (formula->kind == FORMULA_ROW || formula->kind == FORMULA_MARK ||
           (formula->kind == FORMULA_CALL && !at_end))
        formula = formula->parts[at_end ? formula->count - 1 : 0];
    return formula;
}

/* A word, or a blank, whose frame would touch its neighbour. */
static bool stands_apart(const struct formula *formula)
{
    return formula->kind == FORMULA_BLANK || is_word(formula);
}

/* What stands between two factors: a dot before a digit and after 0, 1 and -1, which
   would look odd beside a name; a thin space after other numbers and around words and
   blanks. */
static const char *between(const struct typeset *typeset, expr_id left,
                           struct formula *before, const struct piece *right)
{
    const struct formula *next = edge(right->formula, false);
    if (right->digit)
        return "\\cdot";
    if (left && expr_kind(typeset->pool, left) == EXPR_NUMBER) {
        mpq_srcptr value = expr_peek_number(typeset->pool, left);
        if (mpq_sgn(value) == 0 || mpz_cmpabs(mpq_numref(value), mpq_denref(value)) == 0)
            return "\\cdot";
        bool whole = mpz_cmp_ui(mpq_denref(value), 1) == 0;
        return whole && (next->kind == FORMULA_BRACKET || stands_apart(next)) ? "\\,"
                                                                              : NULL;
    }
    return stands_apart(edge(before, true)) || stands_apart(next) ? "\\," : NULL;
}

/* Marked factors of one path side by side become one mark. */
static bool joins_mark(struct formula *before, struct formula *next)
{
    return before && before->kind == FORMULA_MARK && next->kind == FORMULA_MARK &&
           before->size == next->size;
}

static struct formula *joined_mark(const struct typeset *typeset, struct formula *before,
                                   struct formula *next)
{
    struct formula *row = pair(typeset, FORMULA_ROW, before->parts[0], next->parts[0], 0);
    return formula_make(typeset->arena, FORMULA_MARK, NULL, &row, 1, next->size);
}

/* A row of factors that is being written: `last` is not in the row yet. */
struct factors {
    struct formula *row, *last;
    expr_id last_id;
    struct piece first;
    bool ends_open; /* the last is an operator */
};

static void add_factor(const struct typeset *typeset, struct factors *factors, expr_id id,
                       struct piece piece)
{
    if (!factors->last) {
        factors->first = piece;
    } else {
        const char *space = between(typeset, factors->last_id, factors->last, &piece);
        if (!space && joins_mark(factors->last, piece.formula)) {
            factors->last = joined_mark(typeset, factors->last, piece.formula);
            return;
        }
        formula_append(typeset->arena, factors->row, factors->last);
        if (space)
            formula_append(typeset->arena, factors->row, sign(typeset, space));
    }
    factors->last = piece.formula;
    factors->last_id = id;
}

/* Numbers first; sums, operators that would take in more than theirs, and what begins
   with a minus in the middle get brackets. */
static struct piece compose_product(const struct typeset *typeset, expr_id e,
                                    const struct piece *parts)
{
    size_t count = expr_count(typeset->pool, e), written = 0;
    struct factors factors = {.row = formula_row(typeset->arena)};
    for (int numbers = 1; numbers >= 0; numbers--) {
        for (size_t i = 0; i < count; i++) {
            expr_id id = expr_part(typeset->pool, e, i);
            if ((expr_kind(typeset->pool, id) == EXPR_NUMBER) != (numbers == 1))
                continue;
            struct piece piece = parts[i];
            bool last = ++written == count;
            factors.ends_open = last && piece.level == LEVEL_OPERATOR && !piece.minus;
            if (piece.level == LEVEL_SUM || piece.level == LEVEL_SLASH ||
                (piece.level == LEVEL_OPERATOR && !last) || (piece.minus && written > 1))
                piece = bracketed(typeset, piece);
            if (piece.minus) /* the sign is put before the whole product */
                piece.formula = piece.formula->parts[1];
            add_factor(typeset, &factors, id, piece);
        }
    }
    formula_append(typeset->arena, factors.row, factors.last);
    bool minus = factors.first.minus;
    struct formula *row = minus ? negated(typeset, factors.row) : factors.row;
    return (struct piece){row, factors.ends_open ? LEVEL_OPERATOR : LEVEL_PRODUCT, minus,
                          factors.first.digit};
}

/* Whether `h_1` to the second would be read as the name `h_1^{2}`. */
static bool looks_indexed(const struct typeset *typeset, expr_id base, expr_id exponent)
{
    if (expr_kind(typeset->pool, base) != EXPR_SYMBOL)
        return false;
    const char *text = expr_peek_name(typeset->pool, base);
    struct name name;
    if (!name_split(&name, text) || name.sup_length > 0)
        return true;
    if (!typeset->network || expr_kind(typeset->pool, exponent) != EXPR_NUMBER)
        return false;
    struct buf power;
    buf_init(&power);
    buf_format(&power, "%s^{", text);
    number_write(&power, expr_peek_number(typeset->pool, exponent));
    buf_char(&power, '}');
    bool exists = network_find(typeset->network, power.data) >= 0;
    buf_clear(&power);
    return exists;
}

static struct piece compose_power(const struct typeset *typeset, expr_id e,
                                  const struct piece *parts)
{
    struct piece base = parts[0];
    if (base.level != LEVEL_ATOM || base.minus ||
        looks_indexed(typeset, expr_part(typeset->pool, e, 0),
                      expr_part(typeset->pool, e, 1)))
        base = bracketed(typeset, base);
    struct formula *formula =
        pair(typeset, FORMULA_POWER, base.formula, parts[1].formula, 0);
    return (struct piece){formula, LEVEL_POWER, false, base.digit};
}

/* A fraction that no line can hold is written with a slash, so that it can be broken. */
static struct piece compose_quotient(const struct typeset *typeset,
                                     const struct piece *parts)
{
    bool small = parts[0].formula->kind == FORMULA_NUMBER &&
                 parts[1].formula->kind == FORMULA_NUMBER &&
                 formula_width(parts[0].formula) <= 15 &&
                 formula_width(parts[1].formula) <= 15;
    struct formula *formula =
        pair(typeset, FORMULA_FRACTION, parts[0].formula, parts[1].formula, !small);
    bool is_wide = formula_width(formula) > typeset->line_width / 10 * 7;
    if (is_wide) {
        formula = formula_row(typeset->arena);
        formula_append(typeset->arena, formula,
                       typeset_bracket(typeset, parts[0].formula));
        formula_append(typeset->arena, formula, sign(typeset, "/"));
        formula_append(typeset->arena, formula,
                       typeset_bracket(typeset, parts[1].formula));
    }
    return (struct piece){formula, is_wide ? LEVEL_SLASH : LEVEL_FRACTION, false, small};
}

static struct formula *with_partial(const struct typeset *typeset, struct formula *of)
{
    return pair(typeset, FORMULA_ROW, typeset_partial(typeset), of, 0);
}

static struct piece compose_derivative(const struct typeset *typeset, expr_id e,
                                       const struct piece *parts)
{
    struct piece of = parts[0];
    struct formula *by = with_partial(typeset, parts[1].formula);
    if (expr_kind(typeset->pool, expr_part(typeset->pool, e, 0)) == EXPR_SYMBOL) {
        struct formula *fraction =
            pair(typeset, FORMULA_FRACTION, with_partial(typeset, of.formula), by, 1);
        return (struct piece){fraction, LEVEL_FRACTION, false, false};
    }
    struct formula *alone = typeset_partial(typeset);
    struct formula *row =
        pair(typeset, FORMULA_ROW, pair(typeset, FORMULA_FRACTION, alone, by, 1),
             sign(typeset, "\\,"), 0);
    if (of.level == LEVEL_SUM || of.minus)
        of = bracketed(typeset, of);
    formula_append(typeset->arena, row, of.formula);
    return (struct piece){row, LEVEL_OPERATOR, false, false};
}

static struct piece compose_local(const struct typeset *typeset, expr_id e,
                                  const struct piece *parts)
{
    struct piece piece = compose_derivative(typeset, e, parts);
    if (!typeset->needs_bar || !typeset->needs_bar(typeset->context, e))
        return piece;
    struct formula *held = formula_row(typeset->arena);
    if (typeset->held)
        typeset->held(typeset->context, e, held);
    return (struct piece){pair(typeset, FORMULA_BAR, piece.formula, held, 0), LEVEL_ATOM,
                          false, false};
}

static struct piece compose_exponential(const struct typeset *typeset,
                                        struct piece argument)
{
    struct formula *base = formula_text(typeset->arena, FORMULA_NAME, "e");
    struct formula *power = pair(typeset, FORMULA_POWER, base, argument.formula, 0);
    return (struct piece){power, LEVEL_POWER, false, false};
}

static struct piece compose_enclosed(const struct typeset *typeset, const char *bracket,
                                     struct formula *inner)
{
    struct formula *formula =
        formula_make(typeset->arena, FORMULA_BRACKET, bracket, &inner, 1,
                     inner->height < 4 ? inner->height : 4);
    return (struct piece){formula, LEVEL_ATOM, false, false};
}

/* [z > 0], which is 1 or 0. */
static struct piece compose_step(const struct typeset *typeset, struct piece argument)
{
    struct formula *row =
        pair(typeset, FORMULA_ROW, argument.formula, sign(typeset, ">"), 0);
    formula_append(typeset->arena, row,
                   formula_text(typeset->arena, FORMULA_NUMBER, "0"));
    return compose_enclosed(typeset, "[", row);
}

static struct piece compose_root(const struct typeset *typeset, struct piece argument)
{
    struct formula *root =
        formula_make(typeset->arena, FORMULA_ROOT, NULL, &argument.formula, 1, 0);
    return (struct piece){root, LEVEL_POWER, false, false};
}

static struct formula *function_name(const struct typeset *typeset, expr_id function)
{
    const char *name = expr_peek_name(typeset->pool, function);
    struct buf command;
    buf_init(&command);
    buf_format(&command, "\\%s", name);
    bool is_command = formula_sign(buf_peek(&command)) != NULL;
    struct formula *formula =
        is_command ? formula_text(typeset->arena, FORMULA_SIGN, buf_peek(&command))
                   : formula_text(typeset->arena, FORMULA_NAME, name);
    buf_clear(&command);
    return formula;
}

static struct formula *arguments(const struct typeset *typeset, const struct piece *parts,
                                 size_t count)
{
    struct formula *row = formula_row(typeset->arena);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            formula_append(typeset->arena, row, sign(typeset, ","));
        formula_append(typeset->arena, row, parts[i].formula);
    }
    return row;
}

/* f(z); the logarithm of a name stands without brackets. */
static struct piece compose_call(const struct typeset *typeset, expr_id e,
                                 const struct piece *parts)
{
    size_t count = expr_count(typeset->pool, e) - 1;
    expr_id argument = expr_part(typeset->pool, e, 1);
    bool is_bare = function_is(typeset->pool, e, FUNCTION_LN) &&
                   expr_kind(typeset->pool, argument) == EXPR_SYMBOL;
    struct formula *inner =
        is_bare ? parts[1].formula
                : compose_enclosed(typeset, "(", arguments(typeset, parts + 1, count))
                      .formula;
    struct formula *call =
        pair(typeset, FORMULA_CALL,
             function_name(typeset, expr_part(typeset->pool, e, 0)), inner, 0);
    return (struct piece){call, is_bare ? LEVEL_OPERATOR : LEVEL_POWER, false, false};
}

static struct piece compose_apply(const struct typeset *typeset, expr_id e,
                                  const struct piece *parts)
{
    const struct function *function = function_peek(typeset->pool, e);
    switch (function->primes == 0 ? function->id : FUNCTION_ARBITRARY) {
    case FUNCTION_EXP:
        return compose_exponential(typeset, parts[1]);
    case FUNCTION_SQRT:
        return compose_root(typeset, parts[1]);
    case FUNCTION_ABS:
        return compose_enclosed(typeset, "|", parts[1].formula);
    case FUNCTION_STEP:
        return compose_step(typeset, parts[1]);
    default:
        return compose_call(typeset, e, parts);
    }
}

struct piece compose(const struct typeset *typeset, expr_id e, const struct piece *parts)
{
    switch (expr_kind(typeset->pool, e)) {
    case EXPR_NUMBER:
        return compose_number(typeset, e);
    case EXPR_SUM:
        return compose_sum(typeset, expr_count(typeset->pool, e), parts);
    case EXPR_PRODUCT:
        return compose_product(typeset, e, parts);
    case EXPR_NEGATE:
        return compose_negate(typeset, parts[0]);
    case EXPR_POWER:
        return compose_power(typeset, e, parts);
    case EXPR_QUOTIENT:
        return compose_quotient(typeset, parts);
    case EXPR_DERIVATIVE:
        return compose_derivative(typeset, e, parts);
    case EXPR_LOCAL:
        return compose_local(typeset, e, parts);
    case EXPR_APPLY:
        return compose_apply(typeset, e, parts);
    case EXPR_SYMBOL:
    case EXPR_FUNCTION:
        break;
    }
    return compose_symbol(typeset, e);
}

/* A sign stays outside of the colour: there it stands between two terms. */
struct piece compose_mark(const struct typeset *typeset, struct piece piece,
                          unsigned path)
{
    bool signed_term = piece.minus && piece.level != LEVEL_SUM;
    if (piece.minus && !signed_term)
        piece = bracketed(typeset, piece);
    struct formula *inner = signed_term ? piece.formula->parts[1] : piece.formula;
    inner = formula_make(typeset->arena, FORMULA_MARK, NULL, &inner, 1, path);
    piece.formula = signed_term ? negated(typeset, inner) : inner;
    return piece;
}

/* A minus sign would be taken out of the blank, so it gets brackets at once. */
struct piece compose_blank(const struct typeset *typeset, struct piece piece,
                           unsigned number)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%u", number);
    piece.formula = formula_text(typeset->arena, FORMULA_BLANK, digits);
    return piece.minus ? bracketed(typeset, piece) : piece;
}
