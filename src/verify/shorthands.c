#include "verify/shorthands.h"

#include "base/word.h"

#include <ctype.h>
#include <string.h>

/* Larger ones are not looked at, nor more of them. */
enum { BODY_LENGTH = 64, DEFINITION_LENGTH = 400, MOST_SHORTHANDS = 64 };

/* `\newcommand{\pd}[2]{body}` */
struct shorthand {
    struct span name; /* with its backslash */
    struct span body;
    uint32_t end;
};

static uint32_t skip_blanks(const struct source *s, uint32_t at)
{
    while (at < s->length && isspace((unsigned char)s->text[at]))
        at++;
    return at;
}

/* The end of the group that begins here; `at` itself if there is none. */
static uint32_t group_end(const struct source *s, uint32_t at, char open, char close)
{
    size_t depth = 0;
    if (at >= s->length || s->text[at] != open)
        return at;
    for (uint32_t i = at; i < s->length && i < at + DEFINITION_LENGTH; i++) {
        depth += s->text[i] == open ? 1 : s->text[i] == close ? (size_t)-1 : 0;
        if (depth == 0)
            return i + 1;
    }
    return at;
}

static uint32_t command_end(const struct source *s, uint32_t at)
{
    for (at++; at < s->length && isalpha((unsigned char)s->text[at]);)
        at++;
    return at;
}

/* Reads the definition whose command ends at `at`; false if it is none. */
static bool read_definition(const struct source *s, uint32_t at,
                            struct shorthand *shorthand)
{
    at += at < s->length && s->text[at] == '*';
    at = skip_blanks(s, at);
    bool is_braced = at < s->length && s->text[at] == '{';
    uint32_t name = skip_blanks(s, at + is_braced);
    if (name >= s->length || s->text[name] != '\\')
        return false;
    shorthand->name = (struct span){name, command_end(s, name)};
    at = skip_blanks(s, shorthand->name.end);
    at = skip_blanks(s, at + (is_braced && at < s->length && s->text[at] == '}'));
    at = skip_blanks(s, group_end(s, at, '[', ']'));
    shorthand->end = group_end(s, at, '{', '}');
    shorthand->body = (struct span){at, shorthand->end};
    return shorthand->end > at;
}

/* --- what it stands for --- */

/* The body without blanks, braces and what only changes how letters look. */
static void plain_body(const struct source *s, struct span body, char plain[BODY_LENGTH])
{
    static const char *const looks[] = {"\\displaystyle", "\\mathrm", "\\operatorname",
                                        "\\text",         "\\,",      "\\!"};
    size_t length = 0;
    for (uint32_t i = body.begin; i < body.end && length + 1 < BODY_LENGTH;) {
        size_t skipped = isspace((unsigned char)s->text[i]) || strchr("{}", s->text[i]);
        for (size_t k = 0; k < sizeof looks / sizeof *looks && !skipped; k++)
            if (strncmp(s->text + i, looks[k], strlen(looks[k])) == 0)
                skipped = strlen(looks[k]);
        if (!skipped)
            plain[length++] = s->text[i];
        i += skipped ? (uint32_t)skipped : 1;
    }
    plain[length] = '\0';
}

static bool is_derivative(const struct source *s, const struct shorthand *shorthand)
{
    static const char *const bodies[] = {"\\partial#1\\partial#2", "d#1d#2",
                                         "\\partial\\partial#2#1", "dd#2#1"};
    static const char *const fractions[] = {"\\frac", "\\dfrac", "\\tfrac"};
    char plain[BODY_LENGTH];
    plain_body(s, shorthand->body, plain);
    for (size_t f = 0; f < 3; f++)
        for (size_t b = 0; b < sizeof bodies / sizeof *bodies; b++)
            if (strncmp(plain, fractions[f], strlen(fractions[f])) == 0 &&
                strcmp(plain + strlen(fractions[f]), bodies[b]) == 0)
                return true;
    return false;
}

/* Commands that the parser would read, though LaTeX itself has none of these names. */
static bool is_taken(const struct source *s, struct span name)
{
    static const char *const names[] = {"\\pdv", "\\dv", "\\pderiv"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (word_is(names[i], s->text + name.begin, name.end - name.begin))
            return true;
    return false;
}

/* --- all of it --- */

/* Puts two characters and blanks for the command wherever it stands after `from`. */
static void replace(struct claims *claims, struct span name, uint32_t from,
                    const char *with)
{
    const struct source *s = claims->document;
    size_t length = name.end - name.begin;
    for (uint32_t i = from; i + length <= s->length; i++) {
        if (memcmp(s->text + i, s->text + name.begin, length) != 0 ||
            isalpha((unsigned char)s->text[i + length]) || s->text[i - 1] == '\\')
            continue;
        memset(claims->text.text + i, ' ', length);
        memcpy(claims->text.text + i, with, 2);
    }
}

static bool is_definer(const struct source *s, uint32_t at, uint32_t end)
{
    static const char *const names[] = {"\\newcommand", "\\renewcommand",
                                        "\\providecommand", "\\DeclareRobustCommand"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (word_is(names[i], s->text + at, end - at))
            return true;
    return false;
}

void shorthands_mask(struct claims *claims)
{
    const struct source *s = claims->document;
    struct shorthand shorthand;
    size_t count = 0;
    for (uint32_t at = 0; at + 1 < s->length; at++) {
        if (s->text[at] != '\\')
            continue;
        if (s->text[at + 1] == '\\') { /* a row ends, whatever stands behind */
            at++;
            continue;
        }
        if (s->text[at + 1] == '@' || s->text[at + 1] == '=')
            claims->text.text[at + 1] = '?';
        uint32_t end = command_end(s, at);
        if (!is_definer(s, at, end) || !read_definition(s, end, &shorthand) ||
            shorthand.name.end - shorthand.name.begin < 2 || ++count > MOST_SHORTHANDS)
            continue;
        if (is_derivative(s, &shorthand))
            replace(claims, shorthand.name, shorthand.end, "\\@");
        else if (is_taken(s, shorthand.name))
            replace(claims, shorthand.name, shorthand.end, "\\?");
    }
}
