#include "write/html_formula.h"

#include "base/name.h"
#include "base/utf8.h"
#include "write/html_text.h"

#include <ctype.h>
#include <string.h>

struct writer {
    struct buf *out;
    uint64_t *paths;
    struct formula_walk walk;
};

/* --- names --- */

static void element(struct buf *out, const char *tag, const char *text)
{
    buf_format(out, "<%s>", tag);
    html_text(out, text);
    buf_format(out, "</%s>", tag);
}

/* The length of the run at the start that is one element, and its tag. */
static size_t run(const char *text, const char **tag)
{
    size_t digits = strspn(text, "0123456789"), letters = 0;
    *tag = "mn";
    if (digits > 0)
        return digits;
    while (text[letters] && !ispunct((unsigned char)text[letters]) &&
           !isdigit((unsigned char)text[letters]))
        letters++;
    *tag = letters > 0 ? "mi" : "mo";
    return letters > 0 ? letters : 1;
}

/* `1,11`, `h1`, `[2](i)`: numbers, letters and signs side by side. */
static void put_script(struct buf *out, const char *text)
{
    buf_text(out, "<mrow>");
    while (*text) {
        const char *tag;
        struct buf part;
        size_t length = run(text, &tag);
        buf_init(&part);
        buf_bytes(&part, text, length);
        element(out, tag, buf_peek(&part));
        buf_clear(&part);
        text += length;
    }
    buf_text(out, "</mrow>");
}

static void put_name(struct buf *out, const char *canonical)
{
    struct buf head, sub, sup;
    buf_init(&head);
    buf_init(&sub);
    buf_init(&sup);
    name_parts(canonical, &head, &sub, &sup);
    const char *tag = sub.length && sup.length ? "msubsup"
                      : sub.length             ? "msub"
                      : sup.length             ? "msup"
                                               : NULL;
    if (tag)
        buf_format(out, "<%s>", tag);
    element(out, "mi", buf_peek(&head));
    if (sub.length)
        put_script(out, buf_peek(&sub));
    if (sup.length)
        put_script(out, buf_peek(&sup));
    if (tag)
        buf_format(out, "</%s>", tag);
    buf_clear(&sup);
    buf_clear(&sub);
    buf_clear(&head);
}

/* Several names apart by blanks: `\\Delta w_{1}`. */
static void put_names(struct buf *out, const char *text)
{
    struct buf word;
    bool are_many = strchr(text, ' ') != NULL;
    buf_init(&word);
    buf_text(out, are_many ? "<mrow>" : "");
    for (size_t length; *text; text += length + (text[length] == ' ')) {
        length = strcspn(text, " ");
        buf_truncate(&word, 0);
        buf_bytes(&word, text, length);
        put_name(out, buf_peek(&word));
    }
    buf_text(out, are_many ? "</mrow>" : "");
    buf_clear(&word);
}

/* --- signs and brackets --- */

static void put_sign(struct buf *out, const char *text)
{
    const struct formula_sign *sign = formula_sign(text);
    const char *unicode = sign ? sign->unicode : text;
    if (sign && sign->class == SIGN_SPACE)
        buf_text(out, "<mspace width=\"0.17em\"></mspace>");
    else if (sign && sign->class == SIGN_PREFIX)
        buf_format(out, "<mi mathvariant=\"normal\">%s</mi>", unicode);
    else if (isalpha((unsigned char)unicode[0]))
        buf_format(out, "<mi class=\"word\">%s</mi>", unicode);
    else
        element(out, "mo", unicode);
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

static void put_bar(struct buf *out, const struct formula_step *step)
{
    put_around(out, step, "<msub><mrow>", "</msub>");
    if (step->index == 1)
        buf_text(out, "<mo form=\"postfix\" fence=\"true\" stretchy=\"true\">|</mo>"
                      "</mrow>");
}

static void put_mark(struct writer *w, const struct formula_step *step)
{
    unsigned path = step->formula->size;
    *w->paths |= (uint64_t)1 << path;
    if (step->index == 0)
        buf_format(w->out, "<mrow class=\"term p%u\" tabindex=\"0\">", path);
    else
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
        put_names(w->out, formula->text);
        break;
    case FORMULA_NUMBER:
        element(w->out, "mn", formula->text);
        break;
    case FORMULA_SIGN:
        put_sign(w->out, formula->text);
        break;
    case FORMULA_TEXT:
        element(w->out, "mtext", formula->text);
        break;
    case FORMULA_BLANK:
        put_blank(w->out, formula->text);
        break;
    case FORMULA_ROW:
        put_row(w, step);
        break;
    case FORMULA_CALL:
        put_around(w->out, step, "<mrow>", "</mrow>");
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
        put_around(w->out, step, "<msup>", "</msup>");
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
