#include "verify/nostep.h"

#include <ctype.h>
#include <string.h>

/* Whether two stretches differ in blanks only. */
static bool same_text(const char *a, const char *a_end, const char *b, const char *b_end)
{
    for (;;) {
        while (a < a_end && isspace((unsigned char)*a))
            a++;
        while (b < b_end && isspace((unsigned char)*b))
            b++;
        if (a == a_end || b == b_end)
            return a == a_end && b == b_end;
        if (*a++ != *b++)
            return false;
    }
}

bool nostep_is_update(const char *text, struct span left, struct span right)
{
    int depth = 0;
    uint32_t begin = right.begin;
    for (uint32_t i = right.begin; i <= right.end; i++) {
        char c = i < right.end ? text[i] : '+';
        depth += c == '(' || c == '{' || c == '[';
        depth -= c == ')' || c == '}' || c == ']';
        if (depth > 0 || (c != '+' && c != '-'))
            continue;
        bool is_all = begin == right.begin && i == right.end;
        if (!is_all && begin < i &&
            same_text(text + left.begin, text + left.end, text + begin, text + i))
            return true;
        begin = i + 1;
    }
    return false;
}

static bool is_index_letter(const char *text, struct span span)
{
    return span.end - span.begin == 1 && strchr("ijklmnpqrst", text[span.begin]);
}

bool nostep_is_range(const char *text, struct span left, struct span right)
{
    if (!is_index_letter(text, left))
        return false;
    for (uint32_t i = right.begin; i < right.end; i++) {
        char c = text[i];
        if (c == '\\') {
            while (i + 1 < right.end && isalpha((unsigned char)text[i + 1]))
                i++;
        } else if (!isdigit((unsigned char)c) && !isspace((unsigned char)c) && c != ',' &&
                   c != '.' && !(isalpha((unsigned char)c) && i + 1 == right.end)) {
            return false;
        }
    }
    return right.begin < right.end;
}

bool nostep_is_condition(const char *text, struct span span)
{
    static const char *const signs[] = {"=", "\\neq", "\\ne", "≠"};
    const char *at = text + span.begin, *end = text + span.end;
    while (at < end && isspace((unsigned char)*at))
        at++;
    while (end > at && isspace((unsigned char)end[-1]))
        end--;
    if (end - at < 3 || !isalpha((unsigned char)*at) || !isalpha((unsigned char)end[-1]))
        return false;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (same_text(at + 1, end - 1, signs[i], signs[i] + strlen(signs[i])))
            return true;
    return false;
}
