#include "verify/nostep.h"

#include "base/word.h"

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

/* --- equations in braces --- */

static bool is_of_script(const char *text, uint32_t begin, uint32_t at)
{
    while (at > begin && isspace((unsigned char)text[at - 1]))
        at--;
    return at > begin && (text[at - 1] == '_' || text[at - 1] == '^');
}

/* Whether the braces at a place are those of a command whose argument is no formula of
   its own. */
static bool is_of_remark(const char *text, uint32_t begin, uint32_t at)
{
    static const char *const names[] = {"\\underset",    "\\overset",    "\\stackrel",
                                        "\\xrightarrow", "\\xleftarrow", "\\text",
                                        "\\textrm",      "\\textit",     "\\textbf",
                                        "\\mbox",        "\\hbox"};
    uint32_t name = at;
    while (name > begin && isalpha((unsigned char)text[name - 1]))
        name--;
    for (size_t i = 0; name > begin && i < sizeof names / sizeof *names; i++)
        if (word_is(names[i], text + name - 1, at - name + 1))
            return true;
    return false;
}

/* 1 at the begin of an environment that is no rows, -1 at its end. */
static int fence_change(const char *text, uint32_t at, uint32_t end)
{
    if (end - at > 7 && memcmp(text + at, "\\begin{", 7) == 0)
        return 1;
    return end - at > 5 && memcmp(text + at, "\\end{", 5) == 0 ? -1 : 0;
}

bool nostep_hides(const char *text, struct span span, struct span *sign)
{
    /* `depth` counts braces and environments, `passed` from which on they hold scripts or
     * remarks. */
    size_t depth = 0, passed = 0;
    for (uint32_t i = span.begin; i < span.end; i++) {
        if (text[i] == '\\') {
            int change = fence_change(text, i, span.end);
            depth = change < 0 && depth == 0 ? 0 : depth + (size_t)change;
            i++;
        } else if (text[i] == '{') {
            depth++;
            if (!passed &&
                (is_of_script(text, span.begin, i) || is_of_remark(text, span.begin, i)))
                passed = depth;
        } else if (text[i] == '}') {
            passed = passed == depth ? 0 : passed;
            depth -= depth > 0;
        } else if (text[i] == '$') {
            passed = 0;
        } else if (text[i] == '=' && depth > 0 && !passed) {
            *sign = (struct span){i, i + 1};
            return true;
        }
    }
    return false;
}
