#include "verify/prose.h"

#include "verify/units.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST_WORD = 4 };

/* A sentence that ends between the condition and a formula is not about that. */
static bool is_same_sentence(const struct rows *rows, const struct display *display)
{
    const char *text = rows->claims->document->text;
    uint32_t begin = rows->condition.end, end = display->span.begin;
    return rows->condition.begin < begin && !memmem(text + begin, end - begin, ". ", 2) &&
           !memmem(text + begin, end - begin, ".\n", 2);
}

void prose_end_sentence(struct rows *rows, const struct display *display)
{
    if (!is_same_sentence(rows, display))
        rows->condition = (struct span){0, 0};
}

/* `… = 1$ if $i = j$`: whether nothing but a small word stands between the last claims
   and their condition. */
static bool is_behind(const struct rows *rows, const struct display *condition)
{
    const char *text = rows->claims->document->text;
    uint32_t at = rows->end, end = condition->span.begin, letters = 0, lines = 0;
    if (rows->first == rows->claims->count)
        return false;
    for (; at < end && letters <= LONGEST_WORD && lines < 2; at++) {
        if (isupper((unsigned char)text[at]) || strchr(".:;", text[at]))
            return false;
        letters += isalpha((unsigned char)text[at]) != 0;
        lines = text[at] == '\n'                   ? lines + 1
                : isspace((unsigned char)text[at]) ? lines
                                                   : 0;
    }
    return at == end;
}

/* False if the claims have a condition already. */
static bool restrict_last(struct rows *rows, struct span condition)
{
    struct claims *claims = rows->claims;
    for (size_t i = rows->first; i < claims->count; i++)
        if (!units_is_empty(claims->items[i].condition))
            return false;
    for (size_t i = rows->first; i < claims->count; i++)
        claims->items[i].condition = condition;
    return true;
}

void prose_condition(struct rows *rows, const struct display *condition)
{
    bool is_told = is_behind(rows, condition) && restrict_last(rows, condition->span);
    rows->condition = is_told ? (struct span){0, 0} : condition->span;
}
