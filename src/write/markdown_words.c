#include "write/markdown_words.h"

#include "base/utf8.h"
#include "write/latex_formula.h"

#include <string.h>

enum { LEAST_FENCE = 3 };

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_blank(uint32_t point)
{
    return point == ' ' || point == '\n' || point == '\t';
}

/* Characters that act wherever they stand, and how each is written: a backslash where all
   readers take it for an escape, else an entity. */
static const char *escaped(char c)
{
    static const struct {
        char character;
        const char *text;
    } escapes[] = {
        {'*', "\\*"},   {'_', "\\_"},   {'{', "\\{"},    {'}', "\\}"},   {'<', "\\<"},
        {'>', "\\>"},   {'#', "\\#"},   {'|', "\\|"},    {'[', "&#91;"}, {']', "&#93;"},
        {'&', "&amp;"}, {'`', "&#96;"}, {'~', "&#126;"}, {'^', "&#94;"}, {'@', "&#64;"},
    };
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++)
        if (escapes[i].character == c)
            return escapes[i].text;
    return NULL;
}

/* `(a)`, `12.` or `iv)` at the start of a line; its length. */
static size_t list_number(const char *text)
{
    size_t open = text[0] == '(', digits = strspn(text + open, "0123456789");
    size_t length = digits > 0 ? digits : strspn(text + open, "ivxlcdmIVXLCDM");
    if (length == 0)
        length = is_letter(text[open]);
    const char *end = text + open + length;
    return length > 0 && (*end == ')' || *end == '.') ? open + length + 1 : 0;
}

/* How many characters at the start of a line begin a list, a rule, a heading or a block:
   the last of them is to be escaped. */
static size_t marker(const char *text)
{
    if (text[0] != '\0' && strchr("+-=:", text[0]) != NULL)
        return 1;
    return list_number(text);
}

/* The next character, made visible if it is none or would act on a terminal; answers its
 * bytes. */
static size_t put_character(struct buf *out, const char *text, size_t rest)
{
    uint32_t point = 0;
    size_t length = utf8_read(text, rest, &point);
    if (is_blank(point))
        buf_char(out, ' ');
    else if (length == 0 || utf8_is_control(point))
        buf_text(out, "\xef\xbf\xbd");
    else
        buf_bytes(out, text, length);
    return length > 0 ? length : 1;
}

static const char LETTERS[] = "abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/* What opens a formula for scripts that look for formulas on the page, where an escape no
   longer shows: they leave code alone. A command is code as a whole. Answers its bytes.
 */
static size_t put_opener(struct buf *out, const char *text)
{
    size_t length = strspn(text, "$\\");
    if (text[length - 1] == '\\')
        length += strspn(text + length, LETTERS);
    buf_char(out, '`');
    buf_bytes(out, text, length);
    buf_char(out, '`');
    return length;
}

/* The colon of an address, which would become a link. */
static bool joins(const char *text)
{
    return text[0] == ':' && text[1] != '\0' && !is_blank((unsigned char)text[1]);
}

static size_t put_word_character(struct buf *out, const char *text, size_t rest)
{
    const char *escape = joins(text) ? "&#58;" : escaped(text[0]);
    if (text[0] == '$' || text[0] == '\\')
        return put_opener(out, text);
    if (escape == NULL)
        return put_character(out, text, rest);
    buf_text(out, escape);
    return 1;
}

void markdown_words(struct buf *out, const char *text, bool at_start)
{
    size_t length = strlen(text), begin = at_start ? strspn(text, " \t\n") : 0;
    size_t marked = at_start ? begin + marker(text + begin) : 0;
    for (size_t i = begin; i < length;) {
        if (marked > begin && i + 1 == marked)
            buf_format(out, "\\%c", text[i++]);
        else
            i += put_word_character(out, text + i, length - i);
    }
}

static size_t longest_run(const char *text, char c)
{
    size_t longest = 0, run = 0;
    for (; *text != '\0'; text++) {
        run = *text == c ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void repeat(struct buf *out, char c, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_char(out, c);
}

void markdown_code_span(struct buf *out, const char *text, bool in_table)
{
    size_t length = strlen(text), fence = longest_run(text, '`') + 1;
    bool apart = fence > 1;
    repeat(out, '`', fence);
    buf_text(out, apart ? " " : "");
    for (size_t i = 0; i < length;) {
        buf_text(out, in_table && text[i] == '|' ? "\\" : "");
        i += put_character(out, text + i, length - i);
    }
    buf_text(out, apart ? " " : "");
    repeat(out, '`', fence);
}

void markdown_fence(struct buf *out, const char *text)
{
    size_t run = longest_run(text, '~');
    repeat(out, '~', run < LEAST_FENCE ? LEAST_FENCE : run + 1);
}

/* What Markdown might take for an escape, an HTML tag, emphasis or the end of a cell, and
   a command of the same meaning. */
static const struct {
    const char *text, *command;
} spellings[] = {
    {"\\{", "\\lbrace"}, {"\\}", "\\rbrace"}, {"\\,", "\\thinspace"}, {"|", "\\vert"},
    {"<", "\\lt"},       {">", "\\gt"},       {"*", "\\ast"},
};

/* The command that stands for the text at `at`, and how long that text is. */
static const char *spelling(const char *at, size_t *length)
{
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        *length = strlen(spellings[i].text);
        if (strncmp(at, spellings[i].text, *length) == 0)
            return spellings[i].command;
    }
    return NULL;
}

static void respell(struct buf *out, const char *latex)
{
    while (*latex != '\0') {
        size_t length;
        const char *command = spelling(latex, &length);
        if (command == NULL) {
            buf_char(out, *latex++);
            continue;
        }
        latex += length;
        buf_text(out, command);
        if (is_letter(*latex))
            buf_char(out, ' ');
    }
}

void markdown_formula(struct buf *out, const struct formula *formula, bool in_text)
{
    struct latex_formula writer = {.in_text = in_text};
    struct buf latex;
    buf_init(&latex);
    latex_formula_write(&writer, formula, &latex);
    respell(out, buf_peek(&latex));
    buf_clear(&latex);
}

/* What words cannot hold inside a formula, as a sign between two pieces of them. */
static const char *sign_for(char c)
{
    static const struct {
        char character;
        const char *sign;
    } signs[] = {
        {'\\', "\\backslash"}, {'{', "\\lbrace"}, {'}', "\\rbrace"},  {'<', "\\lt"},
        {'>', "\\gt"},         {'|', "\\vert"},   {'*', "\\ast"},     {'^', "\\wedge"},
        {'~', "\\sim"},        {'$', "\\$"},      {'&', "\\&"},       {'#', "\\#"},
        {'%', "\\%"},          {'_', "\\_"},      {'`', "\\grave{}"},
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i].character == c)
            return signs[i].sign;
    return NULL;
}

void markdown_formula_words(struct buf *out, const char *text)
{
    size_t length = strlen(text);
    buf_text(out, "\\text{");
    for (size_t i = 0; i < length;) {
        const char *sign = sign_for(text[i]);
        if (sign != NULL)
            buf_format(out, "}%s\\text{", sign);
        i += sign != NULL ? 1 : put_character(out, text + i, length - i);
    }
    buf_char(out, '}');
}
