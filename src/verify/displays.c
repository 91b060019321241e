#include "verify/displays.h"

#include "base/language.h"
#include "base/memory.h"
#include "base/word.h"
#include "verify/environments.h"
#include "verify/macros.h"
#include "verify/plain.h"

#include <ctype.h>
#include <string.h>

struct finder {
    struct displays *displays;
    const struct source *source;
    const char *text;
    uint32_t at, end;
    enum displays_format format;
    struct diags *diags;
    bool failed;
};

/* --- small things --- */

static bool begins(const struct finder *f, uint32_t at, const char *word)
{
    size_t length = strlen(word);
    return at + length <= f->end && memcmp(f->text + at, word, length) == 0;
}

/* The first place of a word from `at` on, `end` if there is none. A backslash before it
   hides it where `is_escapable`. */
static uint32_t find(const struct finder *f, uint32_t at, const char *word,
                     bool is_escapable)
{
    for (; at < f->end; at++) {
        if (begins(f, at, word))
            return at;
        if (is_escapable && f->text[at] == '\\')
            at++;
    }
    return f->end;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_at_line_begin(const struct finder *f, uint32_t at)
{
    while (at > 0 &&
           (f->text[at - 1] == ' ' || f->text[at - 1] == '>' || f->text[at - 1] == '\t'))
        at--;
    return at == 0 || f->text[at - 1] == '\n' || f->text[at - 1] == '\r';
}

static uint32_t line_end(const struct finder *f, uint32_t at)
{
    while (at < f->end && f->text[at] != '\n' && f->text[at] != '\r')
        at++;
    return at;
}

/* Whether the last word before a place is this one, whose first letter may be large. */
static bool follows(const struct finder *f, uint32_t at, const char *word)
{
    size_t length = strlen(word);
    while (at > 0 && is_blank(f->text[at - 1]))
        at--;
    if (at < length)
        return false;
    const char *begin = f->text + at - length;
    return tolower((unsigned char)begin[0]) == word[0] &&
           memcmp(begin + 1, word + 1, length - 1) == 0 &&
           (at == length || !isalpha((unsigned char)begin[-1]));
}

static bool follows_if(const struct finder *f, uint32_t at)
{
    return follows(f, at, "if") || follows(f, at, "for") || follows(f, at, "when") ||
           follows(f, at, "case");
}

static void add(struct finder *f, uint32_t opener, struct span span, bool is_inline)
{
    struct displays *displays = f->displays;
    if (displays->count == displays->capacity) {
        displays->capacity = 2 * displays->capacity + 32;
        displays->items =
            memory_array(displays->items, displays->capacity, sizeof *displays->items);
    }
    displays->items[displays->count++] = (struct display){
        span, is_inline, follows(f, opener, "let"), follows_if(f, opener)};
}

static void refuse(struct finder *f, uint32_t opener, uint32_t length, const char *text)
{
    f->failed = true;
    f->at = f->end;
    diag_at(f->diags, DIAG_VERIFY_UNCLOSED,
            (struct place){f->source, {opener, opener + length}}, text, (char *)NULL);
}

/* A display from one word to another. */
static void take(struct finder *f, const char *open, const char *close, bool is_inline)
{
    uint32_t opener = f->at, begin = opener + (uint32_t)strlen(open);
    uint32_t end = find(f, begin, close, close[0] != '\\');
    if (end == f->end) {
        refuse(f, opener, begin - opener, open);
        return;
    }
    add(f, opener, (struct span){begin, end}, is_inline);
    f->at = end + (uint32_t)strlen(close);
}

/* --- environments --- */

enum { LONGEST_NAME = 32 };

/* The name in `\begin{name}` without a star; its length, 0 if there is none. */
static uint32_t environment_name(const struct finder *f, uint32_t at, const char *command,
                                 const char **name)
{
    uint32_t begin = at + (uint32_t)strlen(command), end = begin;
    if (!begins(f, at, command))
        return 0;
    while (end < f->end && end - begin < LONGEST_NAME && f->text[end] != '}')
        end++;
    *name = f->text + begin;
    return end - begin - (end > begin && f->text[end - 1] == '*');
}

/* The end of an environment that begins at `at`: where `\end{name}` begins. */
static uint32_t find_end(const struct finder *f, uint32_t at, const char *name,
                         uint32_t length)
{
    size_t depth = 0;
    for (; at < f->end; at++) {
        const char *other;
        if (f->text[at] != '\\')
            continue;
        uint32_t opened = environment_name(f, at, "\\begin{", &other);
        uint32_t closed = opened ? 0 : environment_name(f, at, "\\end{", &other);
        if (opened == length && memcmp(other, name, length) == 0)
            depth++;
        else if (closed == length && memcmp(other, name, length) == 0 && --depth == 0)
            return at;
        else if (!opened && !closed)
            at++;
    }
    return f->end;
}

static uint32_t after_brace(const struct finder *f, uint32_t at)
{
    while (at < f->end && f->text[at] != '}')
        at++;
    return at < f->end ? at + 1 : at;
}

/* At `\begin{…}`: false if the environment is none that matters. */
static bool take_environment(struct finder *f)
{
    const char *name;
    uint32_t opener = f->at;
    uint32_t length = environment_name(f, opener, "\\begin{", &name);
    bool has_arguments;
    enum environment kind = environment_of(name, length, &has_arguments);
    if (kind == ENVIRONMENT_OTHER || kind == ENVIRONMENT_TABLE)
        return false;
    uint32_t end = find_end(f, opener, name, length);
    if (end == f->end) {
        refuse(f, opener, after_brace(f, opener) - opener, NC_("diagnostic", "environment"));
        return true;
    }
    if (kind != ENVIRONMENT_SKIPPED)
        add(f, opener, (struct span){opener, after_brace(f, end)}, false);
    f->at = after_brace(f, end);
    return true;
}

/* --- dollars --- */

/* Pandoc's rule: no blank after the opening one, none before the closing one, and no
   digit after that. */
static uint32_t closing_dollar(const struct finder *f, uint32_t begin)
{
    if (begin >= f->end || is_blank(f->text[begin]))
        return f->end;
    for (uint32_t at = begin; at < f->end; at++) {
        if (f->text[at] == '\\') {
            at++;
        } else if (f->text[at] == '\n' && at + 1 < f->end && f->text[at + 1] == '\n') {
            return f->end;
        } else if (f->text[at] == '$') {
            bool closes = at > begin && !is_blank(f->text[at - 1]) &&
                          (at + 1 == f->end || !isdigit((unsigned char)f->text[at + 1]));
            return closes ? at : f->end;
        }
    }
    return f->end;
}

static void take_dollar(struct finder *f)
{
    uint32_t begin = f->at + 1;
    if (f->format == DISPLAYS_TEX) {
        /* LaTeX's rule: the next one closes. */
        if (find(f, begin, "$", true) == f->end)
            refuse(f, f->at, 1, "$");
        else
            take(f, "$", "$", true);
        return;
    }
    if (begins(f, begin, "`")) {
        take(f, "$`", "`$", true);
        return;
    }
    uint32_t end = closing_dollar(f, begin);
    if (end < f->end)
        add(f, f->at, (struct span){begin, end}, true);
    f->at = end < f->end ? end + 1 : begin;
}

/* --- Markdown --- */

static uint32_t run_length(const struct finder *f, uint32_t at, char mark)
{
    uint32_t end = at;
    while (end < f->end && f->text[end] == mark)
        end++;
    return end - at;
}

/* What ends a fence: as many marks at least, alone on their line. */
static uint32_t fence_end(const struct finder *f, uint32_t at, char mark, uint32_t length)
{
    for (; at < f->end; at = line_end(f, at) + 1) {
        uint32_t begin = at;
        while (begin < f->end && strchr(" \t>", f->text[begin]))
            begin++;
        uint32_t run = run_length(f, begin, mark), after = begin + run;
        while (after < f->end && (f->text[after] == ' ' || f->text[after] == '\t'))
            after++;
        if (run >= length && after == line_end(f, after))
            return begin;
    }
    return f->end;
}

/* A fence of backticks or tildes at the beginning of a line. */
static bool take_fence(struct finder *f)
{
    char mark = f->text[f->at];
    if ((mark != '`' && mark != '~') || !is_at_line_begin(f, f->at))
        return false;
    uint32_t opener = f->at, length = run_length(f, opener, mark);
    if (length < 3)
        return false;
    uint32_t word = opener + length, begin = line_end(f, opener);
    uint32_t end = fence_end(f, begin + 1, mark, length);
    while (f->text[word] == ' ')
        word++;
    if (begins(f, word, "math") && end < f->end)
        add(f, opener, (struct span){begin, end}, false);
    f->at = line_end(f, end);
    return true;
}

static void skip_code(struct finder *f)
{
    uint32_t length = 0;
    while (f->at + length < f->end && f->text[f->at + length] == '`')
        length++;
    uint32_t at = f->at + length;
    while (at < f->end) {
        uint32_t run = 0;
        while (at + run < f->end && f->text[at + run] == '`')
            run++;
        if (run == length)
            break;
        at += run ? run : 1;
        if (f->text[at - 1] == '\n' && at < f->end && f->text[at] == '\n')
            at = f->end;
    }
    f->at = at < f->end ? at + length : f->at + length;
}

static void skip_front_matter(struct finder *f)
{
    if (f->format != DISPLAYS_MARKDOWN || !begins(f, 0, "---"))
        return;
    uint32_t at = line_end(f, 0);
    while ((at = find(f, at + 1, "\n---", false)) < f->end) {
        f->at = line_end(f, at + 1);
        return;
    }
}

/* --- all of it --- */

static bool take_markdown(struct finder *f)
{
    if (take_fence(f))
        return true;
    if (begins(f, f->at, "<!--")) {
        f->at = find(f, f->at, "-->", false);
        return true;
    }
    if (f->text[f->at] == '`') {
        skip_code(f);
        return true;
    }
    if (begins(f, f->at, "\\\\(")) {
        take(f, "\\\\(", "\\\\)", true);
        return true;
    }
    if (begins(f, f->at, "\\\\[")) {
        take(f, "\\\\[", "\\\\]", false);
        return true;
    }
    return false;
}

static void take_backslash(struct finder *f)
{
    if (!macros_check(f->source, f->at, f->diags)) {
        f->failed = true;
        f->at = f->end;
    } else if (begins(f, f->at, "\\(")) {
        take(f, "\\(", "\\)", true);
    } else if (begins(f, f->at, "\\[")) {
        take(f, "\\[", "\\]", false);
    } else if (!begins(f, f->at, "\\begin{") || !take_environment(f)) {
        f->at += 2;
    }
}

static void step(struct finder *f)
{
    char c = f->text[f->at];
    if (f->format == DISPLAYS_MARKDOWN && take_markdown(f))
        return;
    if (c == '\\')
        take_backslash(f);
    else if (begins(f, f->at, "$$"))
        take(f, "$$", "$$", false);
    else if (c == '$')
        take_dollar(f);
    else if (c == '%' && f->format == DISPLAYS_TEX)
        f->at = line_end(f, f->at);
    else
        f->at++;
}

static bool is_at_line_end(const struct finder *f, uint32_t at)
{
    while (at < f->end && (f->text[at] == ' ' || f->text[at] == '\t'))
        at++;
    return at == f->end || f->text[at] == '\n' || f->text[at] == '\r';
}

/* Whether what stands between `$$` has text before or after it in its one line. */
static bool is_within_line(const struct finder *f, struct span span)
{
    return span.begin >= 2 && begins(f, span.begin - 2, "$$") &&
           !memchr(f->text + span.begin, '\n', span.end - span.begin) &&
           !(is_at_line_begin(f, span.begin - 2) && is_at_line_end(f, span.end + 2));
}

/* Kramdown has no other delimiter than `$$`: within a line they hold a part of the text.
 */
static void find_inlines(struct finder *f)
{
    struct displays *displays = f->displays;
    for (size_t i = 0; i < displays->count; i++)
        if (displays->items[i].is_inline)
            return;
    for (size_t i = 0; i < displays->count; i++)
        displays->items[i].is_inline = is_within_line(f, displays->items[i].span);
}

/* Every line of a plain text is one formula; those that are prose hold no equation. */
static void take_lines(struct finder *f)
{
    while (f->at < f->end) {
        if (f->format == DISPLAYS_MARKDOWN && take_markdown(f))
            continue;
        uint32_t end = plain_end(f->source, f->at);
        if (end > f->at)
            add(f, f->at, (struct span){f->at, end}, false);
        f->at = end + 1;
    }
}

static bool has_suffix(const char *name, const char *suffix)
{
    size_t length = strlen(name), other = strlen(suffix);
    return length > other && strcmp(name + length - other, suffix) == 0;
}

static bool has_delimiters(const char *text)
{
    return strchr(text, '$') || strstr(text, "\\[") || strstr(text, "\\(") ||
           strstr(text, "\\begin{") || strstr(text, "```math");
}

enum displays_format displays_format(const struct source *source)
{
    if (has_suffix(source->name, ".md") || has_suffix(source->name, ".markdown") ||
        has_suffix(source->name, ".qmd") || has_suffix(source->name, ".rmd"))
        return DISPLAYS_MARKDOWN;
    if (has_suffix(source->name, ".tex") || has_suffix(source->name, ".ltx"))
        return DISPLAYS_TEX;
    if (!has_delimiters(source->text))
        return DISPLAYS_PLAIN;
    return strstr(source->text, "\\documentclass") ? DISPLAYS_TEX : DISPLAYS_MARKDOWN;
}

bool displays_find(struct displays *displays, const struct source *source,
                   enum displays_format format, struct diags *diags)
{
    struct finder f = {.displays = displays,
                       .source = source,
                       .text = source->text,
                       .end = (uint32_t)source->length,
                       .format = format,
                       .diags = diags};
    *displays = (struct displays){.count = 0};
    skip_front_matter(&f);
    if (format == DISPLAYS_PLAIN || !has_delimiters(source->text))
        take_lines(&f);
    while (f.at < f.end)
        step(&f);
    if (format == DISPLAYS_MARKDOWN)
        find_inlines(&f);
    return !f.failed;
}

void displays_clear(struct displays *displays)
{
    memory_free(displays->items);
}
