#include "write/text_formula.h"

#include "base/memory.h"
#include "base/name.h"
#include "base/utf8.h"
#include "write/write.h"

#include <string.h>

/* What was written last, which decides about the blank before the next. */
enum previous {
    PREVIOUS_NOTHING, /* or an opening bracket */
    PREVIOUS_FACTOR,
    PREVIOUS_FRACTION, /* a factor that needs a dot on both sides: after a slash stands
                          one factor */
    PREVIOUS_OPERATOR, /* d/dw or a sum sign: no dot after it */
    PREVIOUS_PREFIX,   /* bound to what follows */
    PREVIOUS_SIGN      /* has its blank already */
};

void text_formula_init(struct text_formula *text, struct buf *out,
                       struct text_breaks *breaks)
{
    *text = (struct text_formula){.out = out, .breaks = breaks, .start = out->length};
}

static void add_break(struct text_formula *text, bool factors)
{
    struct text_breaks *breaks = text->breaks;
    if (!breaks || text->whole)
        return;
    if (breaks->count == breaks->capacity) {
        breaks->capacity = breaks->capacity ? 2 * breaks->capacity : 32;
        breaks->items =
            memory_array(breaks->items, breaks->capacity, sizeof *breaks->items);
    }
    breaks->items[breaks->count++] =
        (struct text_break){text->out->length - text->start, text->depth, factors};
}

/* What stands before a factor. */
static void begin_factor(struct text_formula *text, bool fraction)
{
    bool after_factor = text->previous == PREVIOUS_FACTOR ||
                        text->previous == PREVIOUS_FRACTION ||
                        text->previous == PREVIOUS_OPERATOR;
    if (!after_factor)
        return;
    bool dot = text->previous == PREVIOUS_FRACTION ||
               (fraction && text->previous == PREVIOUS_FACTOR);
    buf_char(text->out, ' ');
    if (text->previous != PREVIOUS_OPERATOR)
        add_break(text, true);
    if (dot)
        buf_text(text->out, "· ");
}

static void put_factor(struct text_formula *text, const char *words)
{
    begin_factor(text, false);
    buf_text(text->out, words);
    text->previous = PREVIOUS_FACTOR;
}

/* A name, or several apart by blanks: `\Delta w_{1}`. */
static void put_name(struct text_formula *text, const char *names)
{
    struct buf word;
    buf_init(&word);
    begin_factor(text, false);
    for (size_t length; *names; names += length + (names[length] == ' ')) {
        length = strcspn(names, " ");
        buf_truncate(&word, 0);
        buf_bytes(&word, names, length);
        name_unicode(text->out, buf_peek(&word));
    }
    buf_clear(&word);
    text->previous = PREVIOUS_FACTOR;
}

static void put_raised(struct buf *out, const char *digits)
{
    static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴",
                                         "⁵", "⁶", "⁷", "⁸", "⁹"};
    for (; *digits; digits++) {
        if (*digits >= '0' && *digits <= '9')
            buf_text(out, raised[*digits - '0']);
    }
}

static void put_number(struct text_formula *text, const char *digits)
{
    if (text->raised) {
        put_raised(text->out, digits);
        return;
    }
    put_factor(text, digits);
}

static void put_between(struct text_formula *text, const struct formula_sign *sign)
{
    const char *blank = text->script ? "" : " ";
    buf_text(text->out, blank);
    add_break(text, strcmp(sign->text, "\\cdot") == 0);
    buf_format(text->out, "%s%s", sign->unicode, blank);
    text->previous = PREVIOUS_SIGN;
}

static void put_sign(struct text_formula *text, const char *name)
{
    const struct formula_sign *sign = formula_sign(name);
    bool is_first = text->previous == PREVIOUS_NOTHING ||
                    text->previous == PREVIOUS_SIGN || text->previous == PREVIOUS_PREFIX;
    if (text->raised) {
        buf_text(text->out, "⁻");
    } else if (!sign) {
        put_factor(text, name);
    } else if (sign->class == SIGN_COMMA) {
        buf_text(text->out, text->script ? "," : ", ");
        text->previous = PREVIOUS_SIGN;
    } else if (sign->class == SIGN_PREFIX) {
        begin_factor(text, false);
        buf_text(text->out, sign->unicode);
        text->previous = PREVIOUS_PREFIX;
    } else if (strcmp(name, "/") == 0) {
        buf_text(text->out, "/");
        text->previous = PREVIOUS_PREFIX;
    } else if (strcmp(name, "\\ldots") == 0) {
        buf_text(text->out, sign->unicode); /* of a decimal that goes on */
        text->previous = PREVIOUS_FACTOR;
    } else if (sign->class == SIGN_ORDINARY) {
        put_factor(text, sign->unicode);
    } else if (sign->class == SIGN_BINARY && is_first) {
        buf_text(text->out, sign->unicode);
        text->previous = PREVIOUS_PREFIX;
    } else if (sign->class != SIGN_SPACE) {
        put_between(text, sign);
    }
}

static void put_open(struct text_formula *text, const char *bracket)
{
    begin_factor(text, false);
    buf_text(text->out, bracket[0] == '\\' ? "{" : bracket);
    text->previous = PREVIOUS_NOTHING;
    text->depth++;
}

static void put_close(struct text_formula *text, const char *bracket)
{
    static const char *const closing[][2] = {
        {"(", ")"}, {"[", "]"}, {"|", "|"}, {"\\{", "}"}};
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++)
        if (strcmp(closing[i][0], bracket) == 0)
            buf_text(text->out, closing[i][1]);
    text->previous = PREVIOUS_FACTOR;
    if (text->depth > 0)
        text->depth--;
}

static bool is_partial(const struct formula *formula)
{
    const struct formula_sign *sign =
        formula->kind == FORMULA_SIGN ? formula_sign(formula->text) : NULL;
    return sign && sign->class == SIGN_PREFIX;
}

/* One name or number, a power of one, or a differential: needs no bracket beside a slash.
 */
static bool is_single(const struct formula *formula)
{
    if (formula->kind == FORMULA_ROW && formula->count == 2 &&
        is_partial(formula->parts[0]))
        formula = formula->parts[1];
    if (formula->kind == FORMULA_POWER)
        formula = formula->parts[0];
    return formula->kind == FORMULA_NAME || formula->kind == FORMULA_NUMBER ||
           formula->kind == FORMULA_BRACKET || formula->kind == FORMULA_CALL ||
           formula->kind == FORMULA_ROOT || is_partial(formula);
}

static void put_fraction(struct text_formula *text, const struct formula_step *step)
{
    const struct formula *fraction = step->formula;
    bool is_operator = is_partial(fraction->parts[0]);
    if (step->index == 0) {
        begin_factor(text, fraction->size > 0);
    } else {
        buf_text(text->out, is_single(fraction->parts[step->index - 1]) ? "" : ")");
    }
    if (step->index == fraction->count) {
        text->whole--;
        text->previous = is_operator          ? PREVIOUS_OPERATOR
                         : fraction->size > 0 ? PREVIOUS_FRACTION
                                              : PREVIOUS_FACTOR;
        return;
    }
    text->whole += step->index == 0;
    buf_text(text->out, step->index == 0 ? "" : "/");
    buf_text(text->out, is_single(fraction->parts[step->index]) ? "" : "(");
    text->previous = PREVIOUS_NOTHING;
}

static bool is_digits(const struct formula *formula)
{
    if (formula->kind == FORMULA_ROW && formula->count == 2 &&
        formula_is_sign(formula->parts[0], "-"))
        formula = formula->parts[1];
    return formula->kind == FORMULA_NUMBER;
}

static void begin_script(struct text_formula *text, const char *opening)
{
    buf_text(text->out, opening);
    text->whole++;
    text->script++;
    text->previous = PREVIOUS_NOTHING;
}

static void end_script(struct text_formula *text)
{
    buf_char(text->out, '}');
    text->whole--;
    text->script--;
    text->previous = PREVIOUS_FACTOR;
}

static void begin_exponent(struct text_formula *text, const struct formula *exponent)
{
    text->raised = is_digits(exponent);
    if (!text->raised)
        begin_script(text, "^{");
}

static void end_exponent(struct text_formula *text)
{
    if (!text->raised)
        end_script(text);
    text->raised = false;
    text->previous = PREVIOUS_FACTOR;
}

static void put_power(struct text_formula *text, const struct formula_step *step)
{
    if (step->index == 1)
        begin_exponent(text, step->formula->parts[1]);
    else if (step->index == 2)
        end_exponent(text);
}

static void put_big(struct text_formula *text, const struct formula_step *step)
{
    static const char *const openings[] = {"_{", "^{"};
    const struct formula *big = step->formula;
    if (step->index == 0) {
        const struct formula_sign *sign = formula_sign(big->text);
        put_factor(text, sign ? sign->unicode : big->text);
    } else if (big->parts[step->index - 1]) {
        end_script(text);
    }
    if (step->index == big->count)
        text->previous = PREVIOUS_OPERATOR;
    if (step->index < big->count && big->parts[step->index])
        begin_script(text, openings[step->index]);
}

static void put_bar(struct text_formula *text, const struct formula_step *step)
{
    if (step->index == 1)
        begin_script(text, "|_{");
    else if (step->index == 2)
        end_script(text);
}

static void put_half(struct text_formula *text, const struct formula_step *step)
{
    if (step->index == 0)
        put_close(text, step->formula->text);
    if (step->formula->count == 0)
        return;
    if (step->index == 0)
        begin_exponent(text, step->formula->parts[0]);
    else
        end_exponent(text);
}

static void put_bracket(struct text_formula *text, const struct formula_step *step)
{
    if (step->index == 0)
        put_open(text, step->formula->text);
    else
        put_close(text, step->formula->text);
}

/* `σ(z)`: nothing stands between a function and a bracket. */
static void put_call(struct text_formula *text, const struct formula_step *step)
{
    if (step->index != 1)
        return;
    if (step->formula->parts[1]->kind != FORMULA_BRACKET)
        buf_char(text->out, ' ');
    text->previous = PREVIOUS_PREFIX;
}

static void put_root(struct text_formula *text, const struct formula_step *step)
{
    bool is_plain = step->formula->parts[0]->kind == FORMULA_NAME ||
                    step->formula->parts[0]->kind == FORMULA_NUMBER;
    if (step->index == 0) {
        begin_factor(text, false);
        buf_text(text->out, is_plain ? "√" : "√(");
        text->previous = PREVIOUS_NOTHING;
    } else {
        buf_text(text->out, is_plain ? "" : ")");
        text->previous = PREVIOUS_FACTOR;
    }
}

static void put_blank(struct text_formula *text, const char *number)
{
    begin_factor(text, false);
    buf_format(text->out, "[%s____]", number);
    text->previous = PREVIOUS_FACTOR;
}

static void put_step(struct text_formula *text, const struct formula_step *step)
{
    const struct formula *formula = step->formula;
    switch (formula->kind) {
    case FORMULA_NAME:
        put_name(text, formula->text);
        break;
    case FORMULA_NUMBER:
        put_number(text, formula->text);
        break;
    case FORMULA_SIGN:
        put_sign(text, formula->text);
        break;
    case FORMULA_TEXT:
        put_factor(text, formula->text);
        break;
    case FORMULA_BLANK:
        put_blank(text, formula->text);
        break;
    case FORMULA_FRACTION:
        put_fraction(text, step);
        break;
    case FORMULA_BRACKET:
        put_bracket(text, step);
        break;
    case FORMULA_OPEN:
        put_open(text, formula->text);
        break;
    case FORMULA_CLOSE:
        put_half(text, step);
        break;
    case FORMULA_POWER:
        put_power(text, step);
        break;
    case FORMULA_BIG:
        put_big(text, step);
        break;
    case FORMULA_BAR:
        put_bar(text, step);
        break;
    case FORMULA_CALL:
        put_call(text, step);
        break;
    case FORMULA_ROOT:
        put_root(text, step);
        break;
    case FORMULA_ROW:
    case FORMULA_MARK:
        break;
    }
}

void text_formula_write(struct text_formula *text, const struct formula *formula)
{
    struct formula_walk walk;
    struct formula_step step;
    formula_walk_init(&walk, formula);
    while (formula_walk_next(&walk, &step))
        put_step(text, &step);
    formula_walk_clear(&walk);
}

void write_text_formula(const struct formula *formula, struct buf *out)
{
    struct text_formula text;
    text_formula_init(&text, out, NULL);
    text_formula_write(&text, formula);
}

size_t text_formula_columns(const char *text, size_t length)
{
    size_t columns = 0;
    while (length > 0) {
        uint32_t point;
        size_t bytes = utf8_read(text, length, &point);
        columns += bytes ? utf8_width(point) : 1;
        bytes = bytes ? bytes : 1;
        text += bytes;
        length -= bytes;
    }
    return columns;
}
