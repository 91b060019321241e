#include "write/latex_formula.h"

#include "base/name.h"
#include "base/utf8.h"
#include "write/write.h"

#include <string.h>

enum { LONG_NUMBER = 24, DIGIT_GROUP = 10 };

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Whether a letter put at the end would lengthen a command. */
static bool ends_with_command(const struct buf *out)
{
    size_t i = out->length;
    while (i > 0 && is_letter(out->data[i - 1]))
        i--;
    return i > 0 && i < out->length && out->data[i - 1] == '\\';
}

static void put(struct buf *out, const char *text)
{
    if (is_letter(text[0]) && ends_with_command(out))
        buf_char(out, ' ');
    buf_text(out, text);
}

/* A name, or several apart by blanks: `\\Delta w_{1}`. */
static void put_name(struct buf *out, const char *text)
{
    struct buf word, name;
    buf_init(&word);
    buf_init(&name);
    for (size_t length; *text; text += length + (text[length] == ' ')) {
        length = strcspn(text, " ");
        buf_truncate(&word, 0);
        buf_truncate(&name, 0);
        buf_bytes(&word, text, length);
        name_latex(&name, buf_peek(&word));
        put(out, buf_peek(&name));
    }
    buf_clear(&word);
    buf_clear(&name);
}

/* A long number in a line of text may be broken between groups of its digits. */
static void put_number(const struct latex_formula *latex, struct buf *out,
                       const char *text)
{
    size_t length = strlen(text), whole = strcspn(text, ".");
    if (!latex->in_text || length <= LONG_NUMBER) {
        put(out, text);
        return;
    }
    size_t first = whole < length ? whole + 1 : whole % DIGIT_GROUP;
    for (size_t i = 0; i < length; i++) {
        bool starts_group = i > first && (i - first) % DIGIT_GROUP == 0;
        buf_text(out, starts_group ? "\\allowbreak " : "");
        buf_char(out, text[i]);
    }
}

static void put_sign(struct buf *out, const char *text)
{
    if (strcmp(text, ":") == 0)
        put(out, "\\,:\\,");
    else
        put(out, text);
}

static const char *const sizes[] = {"", "\\big", "\\Big", "\\bigg", "\\Bigg"};

static const char *closing(const char *opening)
{
    switch (opening[0]) {
    case '(':
        return ")";
    case '[':
        return "]";
    case '|':
        return "|";
    default:
        return "\\}";
    }
}

static void put_bracket(struct buf *out, const struct formula *formula, bool open)
{
    if (formula->size > 0) {
        put(out, sizes[formula->size]);
        buf_char(out, open ? 'l' : 'r');
    }
    put(out, open ? formula->text : closing(formula->text));
}

/* What stands before the first part, between the two, and after the last. */
static void put_around(struct buf *out, size_t index, size_t count,
                       const char *const texts[3])
{
    put(out, index == count ? texts[2] : texts[index]);
}

static void put_big(struct buf *out, const struct formula_step *step)
{
    const struct formula *formula = step->formula;
    bool has_upper = formula->count > 1 && formula->parts[1];
    if (step->index == 0) {
        put(out, formula->text);
        if (formula->count > 0 && formula->parts[0])
            put(out, "_{");
    } else if (step->index == 1 && formula->parts[0]) {
        put(out, "}");
    } else if (step->index == 2 && has_upper) {
        put(out, "}");
    }
    if (step->index == 1 && has_upper)
        put(out, "^{");
}

static bool is_relation(const struct formula *formula)
{
    const struct formula_sign *sign =
        formula->kind == FORMULA_SIGN ? formula_sign(formula->text) : NULL;
    return sign && sign->class == SIGN_RELATION;
}

/* Whether the formula of the walk is all there is, or one side of a relation. */
static bool is_alone(const struct formula_walk *walk)
{
    size_t index = 0;
    const struct formula *around = formula_walk_parent(walk, &index);
    if (!around)
        return true;
    return walk->depth == 2 && around->kind == FORMULA_ROW &&
           (index == 0 || is_relation(around->parts[index - 1])) &&
           (index + 1 == around->count || is_relation(around->parts[index + 1]));
}

/* A numerator or denominator that needs no brackets beside a slash. */
static bool is_short(const struct formula *part)
{
    if (part->kind == FORMULA_NAME || part->kind == FORMULA_NUMBER)
        return true;
    return part->kind == FORMULA_ROW && part->count == 2 &&
           part->parts[0]->kind == FORMULA_SIGN &&
           formula_sign(part->parts[0]->text)->class == SIGN_PREFIX &&
           part->parts[1]->kind == FORMULA_NAME;
}

static void put_fraction(const struct latex_formula *latex, struct buf *out,
                         const struct formula_walk *walk, const struct formula_step *step)
{
    static const char *const stacked[] = {"\\frac{", "}{", "}"};
    static const char *const small[] = {"\\tfrac{", "}{", "}"};
    static const char *const slashed[] = {"", "/", ""};
    const struct formula *formula = step->formula;
    const char *const *texts = formula->size > 0 ? stacked : small;
    if (latex->in_text && formula->size > 0 && is_short(formula->parts[0]) &&
        is_short(formula->parts[1]) && is_alone(walk))
        texts = slashed;
    put_around(out, step->index, 2, texts);
}

/* Whether a formula begins with the name of a function that TeX sets apart: \\tanh. */
static bool begins_with_operator(const struct formula *formula)
{
    while (formula->kind == FORMULA_ROW && formula->count > 0)
        formula = formula->parts[0];
    return formula->kind == FORMULA_CALL && formula->parts[0]->kind == FORMULA_SIGN;
}

/* Whether the formula of the walk follows another factor. */
static bool follows_factor(const struct formula_walk *walk)
{
    size_t index = 0;
    const struct formula *around = formula_walk_parent(walk, &index);
    return around && around->kind == FORMULA_ROW && index > 0 &&
           around->parts[index - 1]->kind != FORMULA_SIGN;
}

/* TeX does not look into braces to set an operator apart from the factor before: an empty
   group stands for that. */
static void put_mark(struct latex_formula *latex, struct buf *out,
                     const struct formula_walk *walk, const struct formula_step *step)
{
    if (!latex->coloured)
        return;
    unsigned colour = step->formula->size % LATEX_COLOURS;
    latex->colours |= 1u << colour;
    bool is_apart = begins_with_operator(step->formula->parts[0]) && follows_factor(walk);
    if (step->index == 0)
        buf_format(out, "{\\color{path%u}%s", colour + 1, is_apart ? "{}" : "");
    else
        buf_char(out, '}');
}

/* The overlay of the path at a part of a row; 0 if it has none of its own. */
static unsigned overlay_at(const struct latex_formula *latex, const struct formula *row,
                           size_t index)
{
    unsigned path = overlays_path_at(row, index);
    unsigned overlay = path < OVERLAYS_PATHS ? latex->overlays->paths[path] : 0;
    return overlay > latex->overlay ? overlay : 0;
}

/* Between two parts of a row: terms appear with their signs. */
static void put_overlay(const struct latex_formula *latex, struct buf *out,
                        const struct formula_step *step)
{
    if (!latex->overlays)
        return;
    unsigned before =
        step->index > 0 ? overlay_at(latex, step->formula, step->index - 1) : 0;
    unsigned next = overlay_at(latex, step->formula, step->index);
    if (before == next)
        return;
    overlays_close(before, out);
    overlays_open(next, out);
}

static void put_words(struct buf *out, const char *text)
{
    put(out, "\\text{");
    latex_formula_escape(out, text);
    put(out, "}");
}

static void put_blank(struct buf *out, const char *number)
{
    put(out, "\\boxed{\\scriptstyle ");
    put(out, number);
    put(out, "\\qquad}");
}

static void put_script(struct buf *out, size_t index, size_t count)
{
    static const char *const texts[] = {"", "^{", "}"};
    put_around(out, index, count, texts);
}

static void put_close(struct buf *out, const struct formula_step *step)
{
    if (step->index == 0)
        put_bracket(out, step->formula, false);
    if (step->formula->count > 0)
        put(out, step->index == 0 ? "^{" : "}");
}

static void put_bar(struct buf *out, const struct formula_step *step)
{
    static const char *const texts[] = {"\\left.", "\\right|_{", "}"};
    put_around(out, step->index, 2, texts);
}

static void put_root(struct buf *out, const struct formula_step *step)
{
    put(out, step->index == 0 ? "\\sqrt{" : "}");
}

static void put_step(struct latex_formula *latex, struct buf *out,
                     const struct formula_walk *walk, const struct formula_step *step)
{
    const struct formula *formula = step->formula;
    switch (formula->kind) {
    case FORMULA_NAME:
        put_name(out, formula->text);
        break;
    case FORMULA_NUMBER:
        put_number(latex, out, formula->text);
        break;
    case FORMULA_SIGN:
        put_sign(out, formula->text);
        break;
    case FORMULA_TEXT:
        put_words(out, formula->text);
        break;
    case FORMULA_BLANK:
        put_blank(out, formula->text);
        break;
    case FORMULA_FRACTION:
        put_fraction(latex, out, walk, step);
        break;
    case FORMULA_BRACKET:
        put_bracket(out, formula, step->index == 0);
        break;
    case FORMULA_OPEN:
        put_bracket(out, formula, true);
        break;
    case FORMULA_CLOSE:
        put_close(out, step);
        break;
    case FORMULA_POWER:
        put_script(out, step->index, formula->count);
        break;
    case FORMULA_BIG:
        put_big(out, step);
        break;
    case FORMULA_BAR:
        put_bar(out, step);
        break;
    case FORMULA_MARK:
        put_mark(latex, out, walk, step);
        break;
    case FORMULA_ROOT:
        put_root(out, step);
        break;
    case FORMULA_ROW:
        put_overlay(latex, out, step);
        break;
    case FORMULA_CALL:
        break;
    }
}

void latex_formula_write(struct latex_formula *latex, const struct formula *formula,
                         struct buf *out)
{
    struct formula_walk walk;
    struct formula_step step;
    formula_walk_init(&walk, formula);
    while (formula_walk_next(&walk, &step))
        put_step(latex, out, &walk, &step);
    formula_walk_clear(&walk);
}

void write_latex_formula(const struct formula *formula, struct buf *out)
{
    struct latex_formula latex = {.colours = 0};
    latex_formula_write(&latex, formula, out);
}

static const struct {
    char character;
    const char *latex;
} specials[] = {
    {'\\', "$\\backslash$"},
    {'{', "$\\{$"},
    {'}', "$\\}$"},
    {'$', "\\$"},
    {'&', "\\&"},
    {'#', "\\#"},
    {'%', "\\%"},
    {'_', "\\_"},
    {'^', "\\textasciicircum{}"},
    {'~', "\\textasciitilde{}"},
    {'<', "$<$"},
    {'>', "$>$"},
    {'|', "$|$"},
    {'`', "\\`{}"},
    {'"', "''"},
};

static const char *special(char c)
{
    for (size_t i = 0; i < sizeof specials / sizeof *specials; i++) {
        if (specials[i].character == c)
            return specials[i].latex;
    }
    return NULL;
}

/* Characters beyond ASCII that are no letters but turn up in text. */
static const struct {
    uint32_t point;
    const char *latex;
} punctuation[] = {
    {0xa0, "~"},           {0xa1, "!`"},
    {0xbf, "?`"},          {0xb7, "$\\cdot$"},
    {0xd7, "$\\times$"},   {0xf7, "$\\div$"},
    {0x2013, "--"},        {0x2014, "---"},
    {0x2018, "`"},         {0x2019, "'"},
    {0x201c, "``"},        {0x201d, "''"},
    {0x2026, "\\ldots{}"}, {0x2202, "$\\partial$"},
    {0x202f, "\\,"},       {0x2212, "$-$"},
};

/* Latin letters that the standard fonts of TeX can make up. */
static bool is_latin(uint32_t point)
{
    static const uint32_t missing[] = {
        0xd0,  0xd7,  0xde,  0xf0,  0xf7,  0xfe,  0x104, 0x105, 0x110,
        0x111, 0x118, 0x119, 0x126, 0x127, 0x12e, 0x12f, 0x138, 0x13f,
        0x140, 0x149, 0x14a, 0x14b, 0x166, 0x167, 0x172, 0x173, 0x17f,
    };
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
        if (missing[i] == point)
            return false;
    }
    return point >= 0xc0 && point <= 0x17f;
}

static void escape_wide(struct buf *out, const char *text, size_t length, uint32_t point)
{
    for (size_t i = 0; i < sizeof punctuation / sizeof *punctuation; i++) {
        if (punctuation[i].point == point) {
            buf_text(out, punctuation[i].latex);
            return;
        }
    }
    const char *greek = name_greek_from_unicode(text, length);
    if (greek)
        buf_format(out, "$%s$", greek);
    else if (is_latin(point))
        buf_bytes(out, text, length);
    else
        buf_format(out, "[U+%04X]\\allowbreak{}", (unsigned)point);
}

void latex_formula_escape(struct buf *out, const char *text)
{
    size_t rest = strlen(text);
    while (rest > 0) {
        uint32_t point = 0;
        size_t length = utf8_read(text, rest, &point);
        if (length == 0) { /* a byte that is no character */
            point = (unsigned char)*text;
            length = 1;
        }
        const char *command = point < 0x80 ? special((char)point) : NULL;
        if (command)
            buf_text(out, command);
        else if (point >= 0x80)
            escape_wide(out, text, length, point);
        else if (point < 0x20 || point == 0x7f)
            buf_char(out, ' ');
        else if (point == '-' && out->length > 0 && out->data[out->length - 1] == '-')
            buf_text(out, "{}-");
        else
            buf_char(out, (char)point);
        text += length;
        rest -= length;
    }
}
