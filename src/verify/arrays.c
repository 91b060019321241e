#include "verify/arrays.h"

#include <ctype.h>
#include <string.h>

static const char array_end[] = "\\end{array}";

void arrays_init(struct arrays *arrays, const char *text, struct span display)
{
    *arrays = (struct arrays){.text = text, .end = display.end, .first = display.begin};
}

/* The first place of a word from `at` on, sought on from where it was `found` last. */
static uint32_t find_from(const struct arrays *a, uint32_t found, uint32_t at,
                          const char *word)
{
    if (found >= at)
        return found;
    const char *place = memmem(a->text + at, a->end - at, word, strlen(word));
    return place ? (uint32_t)(place - a->text) : a->end;
}

static bool holds_equations(struct arrays *a, uint32_t at)
{
    a->next_end = find_from(a, a->next_end, at, array_end);
    a->next_equal = find_from(a, a->next_equal, at, "=");
    return a->next_equal < a->next_end;
}

/* Passes a blank, or one of these words. */
static bool pass(const struct arrays *a, uint32_t *at, const char *const *words)
{
    if (*at >= a->end)
        return false;
    for (; *words; words++) {
        size_t length = strlen(*words);
        if (a->end - *at >= length && memcmp(a->text + *at, *words, length) == 0) {
            *at += (uint32_t)length;
            return true;
        }
    }
    bool is_blank = isspace((unsigned char)a->text[*at]);
    *at += is_blank;
    return is_blank;
}

static bool is_first(struct arrays *a, uint32_t at)
{
    static const char *const openers[] = {"\\left", "\\lbrace", "\\{", "{",
                                          "(",      "[",        ".",   NULL};
    while (a->first < at && pass(a, &a->first, openers))
        ;
    return a->first >= at;
}

static uint32_t skip_braces(const struct arrays *a, uint32_t at)
{
    while (at < a->end && a->text[at] != '}')
        at++;
    return at;
}

static bool is_last(struct arrays *a)
{
    static const char *const closers[] = {
        "\\right", "\\rbrace", "\\}", "\\\\", "}", ")",          "]",       ".", ",",
        ";",       "|",        "$",   "&",    "*", "\\nonumber", "\\notag", NULL};
    static const char *const marks[] = {"\\label{", "\\tag{", "\\end{", NULL};
    uint32_t at = a->next_end;
    if (a->end_seen == at)
        return a->is_last;
    for (bool passes = true; passes;) {
        bool is_mark = pass(a, &at, marks);
        if (is_mark)
            at = skip_braces(a, at);
        passes = is_mark || pass(a, &at, closers);
    }
    a->end_seen = a->next_end;
    a->is_last = at >= a->end;
    return a->is_last;
}

bool arrays_is_of_rows(struct arrays *a, uint32_t begin, uint32_t end)
{
    return holds_equations(a, end) && is_first(a, begin) && is_last(a);
}
