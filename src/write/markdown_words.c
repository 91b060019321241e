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

/* Characters that act wherever they stand. */
static bool acts(char c)
{
    return strchr("\\`*_{}[]<>#|~$&", c) != NULL;
}

/* How many characters at the start of a line begin a list, a rule or a heading: the last
   of them is to be escaped. */
static size_t marker(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (digits > 0 && (text[digits] == '.' || text[digits] == ')'))
        return digits + 1;
    return text[0] != '\0' && strchr("+-=", text[0]) != NULL ? 1 : 0;
}

/* The next character, made visible if it is none or would act on a terminal; answers its
 * bytes. */
static size_t put_character(struct buf *out, const char *text, size_t rest, bool escaped)
{
    uint32_t point = 0;
    size_t length = utf8_read(text, rest, &point);
    if (is_blank(point))
        buf_char(out, ' ');
    else if (length == 0 || utf8_is_control(point))
        buf_text(out, "\xef\xbf\xbd");
    else {
        buf_text(out, escaped ? "\\" : "");
        buf_bytes(out, text, length);
    }
    return length > 0 ? length : 1;
}

void markdown_words(struct buf *out, const char *text, bool at_start)
{
    size_t length = strlen(text), begin = at_start ? strspn(text, " \t\n") : 0;
    size_t marked = at_start ? begin + marker(text + begin) : 0;
    for (size_t i = begin; i < length;) {
        bool is_marker = marked > begin && i + 1 == marked;
        i += put_character(out, text + i, length - i, is_marker || acts(text[i]));
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

static void backticks(struct buf *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_char(out, '`');
}

void markdown_code_span(struct buf *out, const char *text, bool in_table)
{
    size_t length = strlen(text), fence = longest_run(text, '`') + 1;
    bool apart = fence > 1;
    backticks(out, fence);
    buf_text(out, apart ? " " : "");
    for (size_t i = 0; i < length;)
        i += put_character(out, text + i, length - i, in_table && text[i] == '|');
    buf_text(out, apart ? " " : "");
    backticks(out, fence);
}

void markdown_fence(struct buf *out, const char *text)
{
    size_t run = longest_run(text, '`');
    backticks(out, run < LEAST_FENCE ? LEAST_FENCE : run + 1);
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
        i += sign != NULL ? 1 : put_character(out, text + i, length - i, false);
    }
    buf_char(out, '}');
}
