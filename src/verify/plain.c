#include "verify/plain.h"

#include "verify/mask.h"

#include <ctype.h>
#include <string.h>

enum { GAP = 3 };

static uint32_t skip(const char *text, uint32_t at, const char *characters)
{
    return at + (uint32_t)strspn(text + at, characters);
}

static uint32_t line_end(const char *text, uint32_t at)
{
    return at + (uint32_t)strcspn(text + at, "\r\n");
}

/* --- lines that continue --- */

static int depth_change(const char *text, uint32_t begin, uint32_t end)
{
    int depth = 0;
    for (uint32_t i = begin; i < end; i++) {
        depth += strchr("([{", text[i]) != NULL;
        depth -= strchr(")]}", text[i]) != NULL;
    }
    return depth;
}

static bool is_operator(const char *text)
{
    static const char *const operators[] = {"+", "- ", "−", "·", "×", "* "};
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (strncmp(text, operators[i], strlen(operators[i])) == 0)
            return true;
    return false;
}

/* An `=` outside of brackets. */
static bool has_relation(const char *text, uint32_t begin, uint32_t end)
{
    int depth = 0;
    for (uint32_t i = begin; i < end; i++) {
        depth += depth_change(text, i, i + 1);
        if (text[i] == '=' && depth <= 0)
            return true;
    }
    return false;
}

uint32_t plain_end(const struct source *source, uint32_t begin)
{
    const char *text = source->text;
    uint32_t end = line_end(text, begin);
    int depth = depth_change(text, begin, end);
    bool is_equation = has_relation(text, begin, end);
    while (is_equation && text[end]) {
        uint32_t line = end + 1 + (text[end] == '\r' && text[end + 1] == '\n');
        uint32_t first = skip(text, line, " \t"), next = line_end(text, first);
        bool continues = first > line && first < next &&
                         (depth > 0 || is_operator(text + first)) &&
                         !has_relation(text, first, next);
        if (!continues)
            break;
        depth += depth_change(text, first, next);
        end = next;
    }
    return end;
}

/* --- what stands beside a formula --- */

/* `It is assumed that t₁ + t₂ = 1`: no more than such words can be told from names. */
static void mask_words(struct claims *claims, struct span formula)
{
    static const char last[] = " that ";
    const char *text = claims->text.text + formula.begin;
    size_t length = 0;
    while (isalpha((unsigned char)text[length]) || text[length] == ' ')
        length++;
    const char *found = memmem(text, length, last, strlen(last));
    if (found)
        mask_span(claims,
                  (struct span){formula.begin, formula.begin + (uint32_t)(found - text) +
                                                   (uint32_t)strlen(last)});
}

/* `(12)` at the end of a formula, apart from it. */
static void mask_number(struct claims *claims, struct span formula)
{
    const char *text = claims->text.text;
    uint32_t end = formula.end, begin = end - (end > formula.begin);
    while (begin > formula.begin && isdigit((unsigned char)text[begin - 1]))
        begin--;
    bool is_number = text[end - 1] == ')' && begin + 1 < end &&
                     begin > formula.begin + GAP && text[begin - 1] == '(' &&
                     text[begin - 2] == ' ' && text[begin - 3] == ' ' &&
                     text[begin - 4] == ' ';
    if (is_number)
        mask_span(claims, (struct span){begin - 1, end});
}

static void part_equations(struct claims *claims, struct span formula)
{
    char *text = claims->text.text;
    uint32_t at = skip(text, formula.begin, " \t");
    while (at < formula.end) {
        uint32_t end = skip(text, at, " \t");
        bool is_gap = end >= at + GAP && end < formula.end;
        if (is_gap && !strchr("\r\n=", text[end]))
            text[at] = ',';
        at = end + 1;
        while (at < formula.end && strchr("\r\n", text[at - 1]))
            at = skip(text, at, " \t\r\n") + 1;
    }
}

void plain_mask(struct claims *claims, struct span formula)
{
    mask_number(claims, formula);
    mask_words(claims, formula);
    part_equations(claims, formula);
}
