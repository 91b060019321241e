#include "write/html_formula.h"

#include "base/name.h"
#include "write/html_name.h"
#include "write/html_text.h"

#include <ctype.h>
#include <string.h>

struct writer {
    struct buf *out;
    uint64_t *paths;
    struct formula_walk walk;
};

/* --- numbers, signs and brackets --- */

static void put_number(struct buf *out, const char *text)
{
    buf_text(out, "<mn>");
    html_text(out, text + html_minus(out, text));
    buf_text(out, "</mn>");
}

static const char thin_space[] = "<mspace width=\"0.17em\"></mspace>";

static void put_sign(struct buf *out, const char *text)
{
    const struct formula_sign *sign = formula_sign(text);
    const char *unicode = sign ? sign->unicode : text;
    if (sign && sign->class == SIGN_SPACE)
        buf_text(out, thin_space);
    else if (sign && sign->class == SIGN_PREFIX)
        buf_format(out, "<mi mathvariant=\"normal\">%s</mi>", unicode);
    else if (isalpha((unsigned char)unicode[0]))
        html_word(out, unicode);
    else
        html_element(out, "mo", unicode);
}

static const char *bracket(const char *opening, bool is_open)
{
    switch (opening[0]) {
    case '(':
        return is_open ? "(" : ")";
    case '[':
        return is_open ? "[" : "]";
    case '|':
        return "|";
    default:
        return is_open ? "{" : "}";
    }
}

/* Sizes as those of \\big … \\Bigg. */
static void put_bracket(struct buf *out, const struct formula *formula, bool is_open)
{
    static const char *const sizes[] = {"", "1.2em", "1.8em", "2.4em", "3em"};
    const char *form = is_open ? "prefix" : "postfix";
    if (formula->size == 0)
        buf_format(out, "<mo form=\"%s\" fence=\"true\" stretchy=\"false\">", form);
    else
        buf_format(out,
                   "<mo form=\"%s\" fence=\"true\" stretchy=\"true\" "
                   "symmetric=\"true\" minsize=\"%s\" maxsize=\"%s\">",
                   form, sizes[formula->size], sizes[formula->size]);
    buf_format(out, "%s</mo>", bracket(formula->text, is_open));
}

/* --- steps of the walk --- */

/* What stands before the first part, between two, and after the last. */
static void put_around(struct buf *out, const struct formula_step *step,
                       const char *before, const char *after)
{
    if (step->index == 0)
        buf_text(out, before);
    if (step->index == step->formula->count)
        buf_text(out, after);
}

static void put_big(struct buf *out, const struct formula_step *step)
{
    const struct formula *formula = step->formula;
    bool has_lower = formula->count > 0 && formula->parts[0];
    bool has_upper = formula->count > 1 && formula->parts[1];
    const char *tag = has_lower && has_upper ? "munderover"
                      : has_lower            ? "munder"
                      : has_upper            ? "mover"
                                             : "mrow";
    if (step->index == 0) {
        buf_format(out, "<%s>", tag);
        put_sign(out, formula->text);
    }
    if (step->index == formula->count)
        buf_format(out, "</%s>", tag);
}

static void put_close(struct buf *out, const struct formula_step *step)
{
    bool has_exponent = step->formula->count > 0;
    if (step->index == 0) {
        buf_text(out, has_exponent ? "<msup>" : "");
        put_bracket(out, step->formula, false);
    }
    if (has_exponent && step->index == step->formula->count)
        buf_text(out, "</msup>");
}

/* A word keeps apart from its neighbours; a bracket does so by itself. */
static void put_call(struct buf *out, const struct formula_step *step)
{
    const struct formula *function = step->formula->parts[0];
    bool is_word = function->kind == FORMULA_SIGN;
    bool is_bare = step->formula->parts[1]->kind == FORMULA_NAME;
    put_around(out, step, is_word ? "<mrow class=\"call\">" : "<mrow>", "</mrow>");
    if (step->index == 1 && is_bare)
        buf_text(out, thin_space);
}

static void put_fraction(struct buf *out, const struct formula_step *step)
{
    bool is_small = step->formula->size == 0;
    put_around(out, step, is_small ? "<mstyle displaystyle=\"false\"><mfrac>" : "<mfrac>",
               is_small ? "</mfrac></mstyle>" : "</mfrac>");
}

static void put_blank(struct buf *out, const char *number)
{
    buf_format(out,
               "<mrow style=\"border:1px solid;padding:.1em .2em\"><mn "
               "style=\"font-size:.7em\">%s</mn><mspace width=\"2em\"></mspace></mrow>",
               number);
}

/* Its index stands under its exponent. */
static bool takes_exponent(const struct formula *base)
{
    struct name name;
    return base->kind == FORMULA_NAME && !strchr(base->text, ' ') &&
           name_split(&name, base->text) && name.sub_length > 0 && name.sup_length == 0;
}

static void put_power(struct buf *out, const struct formula_step *step)
{
    if (takes_exponent(step->formula->parts[0]))
        put_around(out, step, "<msubsup>", "</msubsup>");
    else
        put_around(out, step, "<msup>", "</msup>");
}

static bool is_base(const struct writer *w, const struct formula *formula)
{
    size_t index;
    const struct formula *around = formula_walk_parent(&w->walk, &index);
    return around && around->kind == FORMULA_POWER && index == 0 &&
           takes_exponent(formula);
}

static void put_bar(struct buf *out, const struct formula_step *step)
{
    put_around(out, step, "<msub><mrow>", "</msub>");
    if (step->index == 1)
        buf_text(out, "<mo form=\"postfix\" fence=\"true\" stretchy=\"true\">|</mo>"
                      "</mrow>");
}

static bool is_of_path(const struct formula *row, size_t index, unsigned path)
{
    return index < row->count && row->parts[index]->kind == FORMULA_MARK &&
           row->parts[index]->size == path;
}

/* Factors side by side that belong to one path are one term, which is focused once. */
static void put_mark(struct writer *w, const struct formula_step *step)
{
    unsigned path = step->formula->size;
    size_t index;
    const struct formula *around = formula_walk_parent(&w->walk, &index);
    bool is_in_row = around && around->kind == FORMULA_ROW;
    *w->paths |= (uint64_t)1 << path;
    if (step->index == 0 &&
        !(is_in_row && index > 0 && is_of_path(around, index - 1, path)))
        buf_format(w->out, "<mrow class=\"term p%u\" tabindex=\"0\">", path);
    if (step->index > 0 && !(is_in_row && is_of_path(around, index + 1, path)))
        buf_text(w->out, "</mrow>");
}

/* A sign that begins an element would be taken for one before its operand: rows in rows
   are no elements. */
static void put_row(struct writer *w, const struct formula_step *step)
{
    size_t index;
    const struct formula *around = formula_walk_parent(&w->walk, &index);
    if (!around || around->kind != FORMULA_ROW)
        put_around(w->out, step, "<mrow>", "</mrow>");
}

static void put_step(struct writer *w, const struct formula_step *step)
{
    const struct formula *formula = step->formula;
    switch (formula->kind) {
    case FORMULA_NAME:
        if (is_base(w, formula))
            html_open_name(w->out, formula->text);
        else
            html_names(w->out, formula->text);
        break;
    case FORMULA_NUMBER:
        put_number(w->out, formula->text);
        break;
    case FORMULA_SIGN:
        put_sign(w->out, formula->text);
        break;
    case FORMULA_TEXT:
        html_element(w->out, "mtext", formula->text);
        break;
    case FORMULA_BLANK:
        put_blank(w->out, formula->text);
        break;
    case FORMULA_ROW:
        put_row(w, step);
        break;
    case FORMULA_CALL:
        put_call(w->out, step);
        break;
    case FORMULA_FRACTION:
        put_fraction(w->out, step);
        break;
    case FORMULA_BRACKET:
        buf_text(w->out, step->index == 0 ? "<mrow>" : "");
        put_bracket(w->out, formula, step->index == 0);
        buf_text(w->out, step->index == 0 ? "" : "</mrow>");
        break;
    case FORMULA_OPEN:
        put_bracket(w->out, formula, true);
        break;
    case FORMULA_CLOSE:
        put_close(w->out, step);
        break;
    case FORMULA_POWER:
        put_power(w->out, step);
        break;
    case FORMULA_BIG:
        put_big(w->out, step);
        break;
    case FORMULA_BAR:
        put_bar(w->out, step);
        break;
    case FORMULA_ROOT:
        put_around(w->out, step, "<msqrt>", "</msqrt>");
        break;
    case FORMULA_MARK:
        put_mark(w, step);
        break;
    }
}

void html_formula(const struct formula *formula, const char *relation, bool is_display,
                  uint64_t *paths, struct buf *out)
{
    struct writer w = {.out = out, .paths = paths};
    struct formula_step step;
    buf_text(out, is_display ? "<math displaystyle=\"true\">" : "<math>");
    if (relation)
        put_sign(out, relation);
    formula_walk_init(&w.walk, formula);
    while (formula_walk_next(&w.walk, &step))
        put_step(&w, &step);
    formula_walk_clear(&w.walk);
    buf_text(out, "</math>");
}
