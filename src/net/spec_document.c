#include "net/spec_document.h"

#include <string.h>

/* What begins a line of a document and none of a spec. */
static const char *const openers[] = {"\\documentclass", "\\begin{",    "\\[", "\\\\[",
                                      "\\section",       "\\usepackage", "```",  "~~~"};

enum { OPENERS = sizeof openers / sizeof *openers };

static bool begins_with(const char *text, uint32_t length, const char *word)
{
    size_t wanted = strlen(word);
    return wanted <= length && memcmp(text, word, wanted) == 0;
}

static bool opens_formula(const char *text, uint32_t length)
{
    return text[0] == '$' || begins_with(text, length, "\\(");
}

/* What opens a formula stands in strings and comments of a spec, and nowhere else. */
static uint32_t find_formula(const char *text, uint32_t length)
{
    uint32_t at = 0;
    while (at < length && text[at] != '"' && text[at] != '#') {
        if (opens_formula(text + at, length - at))
            return at;
        at++;
    }
    return length;
}

static bool is_marked(const char *line, uint32_t length, struct span *mark)
{
    uint32_t formula = find_formula(line, length);
    for (int i = 0; i < OPENERS; i++)
        if (begins_with(line, length, openers[i])) {
            *mark = (struct span){0, (uint32_t)strlen(openers[i])};
            return true;
        }
    *mark = (struct span){formula, formula + 1};
    return formula < length;
}

bool spec_is_document(const struct source *source, struct span *mark)
{
    uint32_t at = 0, length = (uint32_t)source->length;
    while (at < length) {
        const char *line = source->text + at;
        const char *end = memchr(line, '\n', length - at);
        uint32_t size = end ? (uint32_t)(end - line) : length - at;
        uint32_t blanks = (uint32_t)strspn(line, " \t");
        if (blanks < size && is_marked(line + blanks, size - blanks, mark)) {
            mark->begin += at + blanks;
            mark->end += at + blanks;
            return true;
        }
        at += size + 1;
    }
    return false;
}
