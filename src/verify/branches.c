#include "verify/branches.h"

#include "base/word.h"
#include "verify/mask.h"
#include "verify/units.h"

#include <ctype.h>
#include <string.h>

static const char *const begins[] = {"\\begin{cases}", "\\begin{dcases}"};
static const char *const ends[] = {"\\end{cases}", "\\end{dcases}"};

enum { KINDS = 2, MOST_CELLS = 32 };

/* The cells of one environment, value and condition in turn, and what stands between. */
struct branches {
    struct span cells[MOST_CELLS], gaps[MOST_CELLS];
    size_t count;
    uint32_t end; /* where `\end` begins */
};

static bool starts(const char *text, uint32_t at, uint32_t end, const char *word)
{
    size_t length = strlen(word);
    return at + length <= end && memcmp(text + at, word, length) == 0;
}

/* False if there are too many, or a row that is no value with its condition. */
static bool add_cell(struct branches *b, uint32_t begin, const struct unit *unit)
{
    bool is_value = b->count % 2 == 0;
    if (b->count == MOST_CELLS || (unit->kind == UNIT_MARK && !is_value) ||
        (unit->kind == UNIT_ROW && is_value))
        return false;
    b->cells[b->count] = (struct span){begin, unit->span.begin};
    b->gaps[b->count++] = unit->span;
    return true;
}

/* Reads up to the end of the environment. */
static bool read_cells(struct branches *b, struct units units, const char *end)
{
    uint32_t begin = units.at;
    for (;;) {
        struct unit unit = units_next(&units);
        b->end = unit.span.begin;
        if (unit.kind == UNIT_END || starts(units.text, b->end, units.end, "\\begin"))
            return false;
        if (starts(units.text, b->end, units.end, end))
            break;
        if (unit.kind != UNIT_MARK && unit.kind != UNIT_ROW)
            continue;
        if (units.depth > 0 || !add_cell(b, begin, &unit))
            return false;
        begin = unit.span.end;
    }
    struct span last = units_trim(&units, begin, b->end);
    if (units_is_empty(last))
        return b->count > 1;
    struct unit unit = {.kind = UNIT_END, .span = {b->end, b->end}};
    return b->count % 2 == 1 && add_cell(b, begin, &unit);
}

/* --- conditions --- */

static bool says_else(const char *text, struct span cell)
{
    static const char *const words[] = {"otherwise", "Otherwise", "else"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (memmem(text + cell.begin, cell.end - cell.begin, words[i], strlen(words[i])))
            return true;
    return false;
}

/* `y &= w x` is an equation of its own. */
static bool holds_equation(const struct units *units, const struct branches *b)
{
    for (size_t i = 1; i < b->count; i += 2) {
        struct span cell = units_trim(units, b->cells[i].begin, b->cells[i].end);
        if (!units_is_empty(cell) && strchr("=<>", units->text[cell.begin]))
            return true;
    }
    return false;
}

/* The end of `\text{if }` where it begins; 0 if something else does. */
static uint32_t word_end(const char *text, struct span cell)
{
    static const char *const words[] = {"if", "If", "for", "when", "where"};
    static const char *const commands[] = {"\\text{", "\\mbox{", "\\textrm{", "\\mathrm{",
                                           "\\textit{"};
    for (size_t c = 0; c < sizeof commands / sizeof *commands; c++) {
        if (!starts(text, cell.begin, cell.end, commands[c]))
            continue;
        uint32_t at = cell.begin + (uint32_t)strlen(commands[c]);
        at += (uint32_t)strspn(text + at, " ~");
        uint32_t end = at;
        while (end < cell.end && isalpha((unsigned char)text[end]))
            end++;
        uint32_t close = end + (uint32_t)strspn(text + end, " ~");
        for (size_t w = 0; w < sizeof words / sizeof *words && text[close] == '}'; w++)
            if (word_is(words[w], text + at, end - at))
                return close + 1;
    }
    return 0;
}

/* Masks what a condition begins with, and what stands at the edges of a cell. */
static void mask_edges(struct claims *claims, const struct units *units, struct span cell,
                       bool is_condition)
{
    static const char *const spaces[] = {"\\qquad", "\\quad"};
    struct span inner = units_trim(units, cell.begin, cell.end);
    uint32_t end = inner.begin;
    for (size_t i = 0; is_condition && i < 2; i++)
        if (starts(units->text, end, inner.end, spaces[i]))
            end += (uint32_t)strlen(spaces[i]);
    while (end < inner.end && units->text[end] == ' ')
        end++;
    uint32_t word =
        is_condition ? word_end(units->text, (struct span){end, inner.end}) : 0;
    mask_span(claims, (struct span){cell.begin, word ? word : end});
    mask_span(claims, (struct span){inner.end, cell.end});
}

/* --- all of it --- */

static void write_out(struct claims *claims, const struct units *units,
                      const struct branches *b, struct span begin, struct span end)
{
    char *text = claims->text.text;
    for (size_t i = 0; i < b->count; i++) {
        bool is_condition = i % 2 == 1, is_last = i + 1 == b->count;
        if (is_condition && is_last && says_else(text, b->cells[i])) {
            mask_span(claims, (struct span){b->gaps[i - 1].begin, b->cells[i].end});
        } else {
            mask_edges(claims, units, b->cells[i], is_condition);
        }
        mask_span(claims, b->gaps[i]);
        if (!is_last)
            text[b->gaps[i].begin] = ',';
    }
    if (b->count % 2 == 0 && text[b->gaps[b->count - 2].begin] == ',' &&
        units_is_empty(
            units_trim(units, b->cells[b->count - 1].begin, b->cells[b->count - 1].end)))
        text[b->gaps[b->count - 2].begin] = ' ';
    mask_span(claims, begin);
    memcpy(text + begin.begin, "\\=(", 3);
    mask_span(claims, end);
    text[end.end - 1] = ')';
}

void branches_mask(struct claims *claims, struct span display)
{
    struct units units = {
        .text = claims->text.text, .at = display.begin, .end = display.end};
    for (uint32_t at = display.begin; at < display.end; at++)
        for (size_t i = 0; i < KINDS && units.text[at] == '\\'; i++) {
            struct branches branches = {.count = 0};
            if (!starts(units.text, at, display.end, begins[i]))
                continue;
            struct span begin = {at, at + (uint32_t)strlen(begins[i])};
            units.at = begin.end;
            units.depth = 0;
            if (!read_cells(&branches, units, ends[i]) ||
                holds_equation(&units, &branches))
                continue;
            struct span end = {branches.end, branches.end + (uint32_t)strlen(ends[i])};
            write_out(claims, &units, &branches, begin, end);
        }
}
