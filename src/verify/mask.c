#include "verify/mask.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "base/word.h"
#include "verify/arrays.h"
#include "verify/balance.h"
#include "verify/environments.h"

#include <ctype.h>
#include <string.h>

/* What becomes of a command. */
enum treatment {
    BLANK,          /* it alone */
    BLANK_ARGUMENT, /* with its first argument */
    BLANK_LENGTH,   /* with the length after it, which has no braces */
    BLANK_SCRIPT,   /* with the script after its argument: \underbrace */
    REFERENCE,      /* the same as BLANK_ARGUMENT, and it is recorded */
    COLOR,          /* the same, unless it hides what it colours */
    HIDING,         /* it hides its argument: refused if that holds an equation */
    REFUSED
};

static const struct command {
    const char *name;
    enum treatment treatment;
} commands[] = {
    {"nonumber", BLANK},
    {"notag", BLANK},
    {"displaystyle", BLANK},
    {"textstyle", BLANK},
    {"mathstrut", BLANK},
    {"strut", BLANK},
    {"boxed", BLANK},
    {"fbox", BLANK},
    {"mathrel", BLANK},
    {"hline", BLANK},
    {"centering", BLANK},
    {"tag", BLANK_ARGUMENT},
    {"label", BLANK_ARGUMENT},
    {"hspace", BLANK_ARGUMENT},
    {"vspace", BLANK_ARGUMENT},
    {"hskip", BLANK_LENGTH},
    {"kern", BLANK_LENGTH},
    {"mkern", BLANK_LENGTH},
    {"hfill", BLANK},
    {"allowbreak", BLANK},
    {"textcolor", COLOR},
    {"color", COLOR},
    {"underbrace", BLANK_SCRIPT},
    {"overbrace", BLANK_SCRIPT},
    {"underline", BLANK},
    {"overline", REFUSED},
    {"ref", REFERENCE},
    {"eqref", REFERENCE},
    {"phantom", REFUSED},
    {"hphantom", REFUSED},
    {"vphantom", REFUSED},
    {"rlap", HIDING},
    {"llap", HIDING},
    {"def", REFUSED},
    {"let", REFUSED},
    {"newcommand", REFUSED},
    {"renewcommand", REFUSED},
    {"input", REFUSED},
    {"include", REFUSED},
    {"catcode", REFUSED},
    {"csname", REFUSED},
    {"write", REFUSED},
    {"immediate", REFUSED},
    {"special", REFUSED},
    {"iffalse", REFUSED},
    {"cancel", REFUSED},
    {"bcancel", REFUSED},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

struct masker {
    struct claims *claims;
    char *text;
    uint32_t at, end;
    struct arrays arrays;
    size_t brackets; /* around the place: environments that are no rows */
    struct diags *diags;
    bool failed;
};

void mask_span(struct claims *claims, struct span span)
{
    memset(claims->text.text + span.begin, ' ', span.end - span.begin);
}

static void blank(struct masker *m, uint32_t begin, uint32_t end)
{
    mask_span(m->claims, (struct span){begin, end});
}

/* The end of `{…}` at or after blanks at `at`; `at` itself if there is none. */
static uint32_t skip_group(const struct masker *m, uint32_t at)
{
    uint32_t begin = at;
    size_t depth = 0;
    while (begin < m->end && isspace((unsigned char)m->text[begin]))
        begin++;
    if (begin == m->end || m->text[begin] != '{')
        return at;
    for (uint32_t i = begin; i < m->end; i++) {
        if (m->text[i] == '\\')
            i++;
        else if (m->text[i] == '{')
            depth++;
        else if (m->text[i] == '}' && --depth == 0)
            return i + 1;
    }
    return at;
}

/* What stands within the braces that end at `end`. */
static struct span inside(const struct masker *m, uint32_t at, uint32_t end)
{
    while (at < end && m->text[at] != '{')
        at++;
    return at < end ? (struct span){at + 1, end - 1} : (struct span){end, end};
}

static void refuse(struct masker *m, struct span span)
{
    char *text = memory_strndup(m->text + span.begin, span.end - span.begin);
    m->failed = true;
    diag_at(m->diags, DIAG_VERIFY_MACRO, (struct place){m->claims->document, span}, text,
            (char *)NULL);
    memory_free(text);
}

static void add_reference(struct masker *m, struct span name)
{
    struct claims *claims = m->claims;
    if (claims->reference_count == claims->reference_capacity) {
        claims->reference_capacity = 2 * claims->reference_capacity + 8;
        claims->references = memory_array(claims->references, claims->reference_capacity,
                                          sizeof *claims->references);
    }
    claims->references[claims->reference_count++] =
        (struct claims_reference){name, (uint32_t)claims->count};
}

static bool holds_equation(const struct masker *m, struct span span)
{
    return memchr(m->text + span.begin, '=', span.end - span.begin) != NULL;
}

/* Also `white!90!black`, and what no name says: `[rgb]{1,1,1}`. */
static bool may_be_white(const struct masker *m, uint32_t after, struct span color)
{
    while (after < m->end && isspace((unsigned char)m->text[after]))
        after++;
    return (after < m->end && m->text[after] == '[') ||
           (color.end - color.begin >= 5 &&
            memcmp(m->text + color.begin, "white", 5) == 0);
}

/* The script after the group that ends at `end`. */
static void blank_script(struct masker *m, uint32_t end)
{
    uint32_t at = end;
    while (at < m->end && isspace((unsigned char)m->text[at]))
        at++;
    if (at < m->end && (m->text[at] == '_' || m->text[at] == '^'))
        blank(m, end, skip_group(m, at + 1));
}

/* The end of a bracket, which may be a large one with an exponent; `at` itself if there
   is none. */
static uint32_t skip_bracket(const struct masker *m, uint32_t at)
{
    static const char *const sizes[] = {"\\bigl",  "\\bigr",  "\\Bigl",  "\\Bigr",
                                        "\\biggl", "\\biggr", "\\Biggl", "\\Biggr"};
    uint32_t bracket = at;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (strncmp(m->text + at, sizes[i], strlen(sizes[i])) == 0)
            bracket = at + (uint32_t)strlen(sizes[i]);
    bool is_escaped = m->text[bracket] == '\\';
    bracket += is_escaped;
    if (bracket >= m->end || !strchr(is_escaped ? "{}|" : "()[]|", m->text[bracket]))
        return at;
    return m->text[bracket + 1] == '^' ? skip_group(m, bracket + 2) : bracket + 1;
}

/* `{\color{red}(}`: the braces hold one bracket of a pair and are no group. */
static void unwrap_bracket(struct masker *m, uint32_t begin, uint32_t end)
{
    uint32_t after = skip_bracket(m, end);
    if (begin == 0 || m->text[begin - 1] != '{' || after == end || after >= m->end ||
        m->text[after] != '}')
        return;
    blank(m, begin - 1, begin);
    blank(m, after, after + 1);
}

/* The end of a length such as `1.5em` at or after blanks; `at` if there is none. */
static uint32_t skip_length(const struct masker *m, uint32_t at)
{
    static const char *const units[] = {"em", "ex", "mu", "pt", "cm", "mm", "in", "pc"};
    uint32_t end = at;
    while (end < m->end && strchr(" -.0123456789", m->text[end]))
        end++;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (end + 2 <= m->end && memcmp(m->text + end, units[i], 2) == 0)
            return end + 2;
    return at;
}

static void treat(struct masker *m, enum treatment treatment, uint32_t begin,
                  uint32_t after)
{
    if (treatment == BLANK_LENGTH)
        after = skip_length(m, after);
    uint32_t end =
        treatment == BLANK || treatment == BLANK_LENGTH ? after : skip_group(m, after);
    struct span argument = inside(m, after, end);
    if (treatment == REFUSED || (treatment == HIDING && holds_equation(m, argument)) ||
        (treatment == COLOR && may_be_white(m, after, argument))) {
        refuse(m, (struct span){begin, after});
        return;
    }
    if (treatment == REFERENCE)
        add_reference(m, argument);
    if (treatment == COLOR)
        unwrap_bracket(m, begin, end);
    if (treatment == BLANK_SCRIPT)
        blank_script(m, end);
    bool is_alone = treatment == BLANK_SCRIPT;
    blank(m, begin, is_alone ? after : end);
    m->at = is_alone ? after : end;
}

static const struct command *find_command(const char *name, size_t length)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (word_is(commands[i].name, name, length))
            return &commands[i];
    return NULL;
}

static bool is_name(const struct masker *m, uint32_t begin, uint32_t end,
                    const char *name)
{
    return word_is(name, m->text + begin, end - begin);
}

/* `[…]` after the name of an environment, if it is a place, as in `[t]`, or arguments
   follow. */
static uint32_t skip_option(const struct masker *m, uint32_t at, bool has_arguments)
{
    uint32_t end = at;
    if (at == m->end || m->text[at] != '[')
        return at;
    while (end < m->end && m->text[end] != ']')
        end++;
    bool is_place = end == at + 2 && strchr("tcb", m->text[at + 1]);
    return end < m->end && (is_place || has_arguments) ? end + 1 : at;
}

/* `\begin{name}` or `\end{name}`. What is no environment of rows stays: it is a bracket,
   and not read. */
static void mask_environment(struct masker *m, uint32_t begin, uint32_t after)
{
    uint32_t end = skip_group(m, after);
    struct span name = inside(m, after, end);
    bool has_arguments, begins = is_name(m, begin + 1, after, "begin");
    bool has_star = name.end > name.begin && m->text[name.end - 1] == '*';
    enum environment kind = environment_of(
        m->text + name.begin, name.end - name.begin - has_star, &has_arguments);
    bool is_of_rows =
        kind == ENVIRONMENT_MATH ||
        (kind == ENVIRONMENT_TABLE && arrays_is_of_rows(&m->arrays, begin, end));
    bool is_masked = m->brackets == 0 && (!begins || is_of_rows);
    if (begins)
        end = skip_option(m, skip_option(m, end, has_arguments), has_arguments);
    if (begins && has_arguments)
        end = skip_group(m, end);
    if (is_masked)
        blank(m, begin, end);
    else
        m->brackets += begins ? 1 : (size_t)-1;
    m->at = end;
}

static void mask_command(struct masker *m)
{
    uint32_t begin = m->at, end = begin + 1;
    while (end < m->end && isalpha((unsigned char)m->text[end]))
        end++;
    if (end == begin + 1) {
        m->at = end + 1;
        return;
    }
    if (is_name(m, begin + 1, end, "begin") || is_name(m, begin + 1, end, "end")) {
        mask_environment(m, begin, end);
        return;
    }
    const struct command *command = find_command(m->text + begin + 1, end - begin - 1);
    if (command && end < m->end && m->text[end] == '*')
        blank(m, end, end + 1);
    m->at = end;
    if (command)
        treat(m, command->treatment, begin, end);
}

static void mask_comment(struct masker *m)
{
    uint32_t end = m->at;
    while (end < m->end && m->text[end] != '\n')
        end++;
    blank(m, m->at, end);
    m->at = end;
}

/* The `>` of a quotation in Markdown, at the beginning of a line. */
static void mask_line_begin(struct masker *m)
{
    uint32_t at = ++m->at;
    while (at < m->end && (m->text[at] == ' ' || m->text[at] == '>'))
        m->text[at++] = ' ';
}

/* `{}` after something complete. */
static bool is_empty_group(const struct masker *m)
{
    const char *here = m->text + m->at;
    return m->at > 0 && m->at + 1 < m->end && here[0] == '{' && here[1] == '}' &&
           (here[-1] == '}' || here[-1] == ' ' || here[-1] == ')');
}

/* Looks for characters that a reader of the document cannot see. */
static bool check_visible(const struct masker *m)
{
    uint32_t at = m->at, point;
    while (at < m->end) {
        uint32_t size = (uint32_t)utf8_read(m->text + at, m->end - at, &point);
        if (utf8_is_control(point) && !isspace((unsigned char)m->text[at]))
            return diag_at(m->diags, DIAG_VERIFY_INVISIBLE,
                           (struct place){m->claims->document, {at, at + size}},
                           (char *)NULL);
        at += size > 0 ? size : 1;
    }
    return true;
}

bool mask_display(struct claims *claims, struct span display, bool has_comments,
                  struct diags *diags)
{
    struct masker m = {.claims = claims,
                       .text = claims->text.text,
                       .at = display.begin,
                       .end = display.end,
                       .diags = diags};
    arrays_init(&m.arrays, m.text, display);
    m.failed = !check_visible(&m) || !balance_check(claims, display, has_comments, diags);
    while (m.at < m.end && !m.failed) {
        if (m.text[m.at] == '\\')
            mask_command(&m);
        else if (is_empty_group(&m))
            blank(&m, m.at, m.at + 2);
        else if (m.text[m.at] == '%' && has_comments)
            mask_comment(&m);
        else if (m.text[m.at] == '\n' && !has_comments)
            mask_line_begin(&m);
        else
            m.at++;
    }
    return !m.failed;
}
