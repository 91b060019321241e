#include "verify/tags.h"

#include "base/word.h"
#include "verify/mask.h"
#include "verify/units.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST_FORALL = 100 };

/* How surely a space sets a number apart from a formula. */
enum gap {
    GAP_NONE, /* blanks and thin spaces: the bracket is a factor */
    GAP_WIDE, /* one `\;` or `~` */
    GAP_SURE  /* `\quad`, two spaces, a comma or a point */
};

struct tagger {
    struct claims *claims;
    const char *text, *document;
    struct span display;
    uint32_t row;  /* begins here */
    uint32_t last; /* the end of what stands in it before the space */
};

/* --- spaces --- */

static const struct space {
    const char *command;
    int width;
} spaces[] = {{"\\qquad", 2},  {"\\quad", 2},      {"\\enspace", 2}, {"\\hfill", 2},
              {"\\hspace", 2}, {"\\hskip", 2},     {"~", 1},         {"\\;", 1},
              {"\\:", 1},      {"\\ ", 1},         {"\\>", 1},       {"\\,", 0},
              {"\\!", 0},      {"\\thickspace", 1}};

static bool is_at(const struct tagger *t, const char *text, uint32_t at, const char *word)
{
    size_t length = strlen(word);
    return at + length <= t->display.end && memcmp(text + at, word, length) == 0;
}

/* The space that begins here, if any. */
static const struct space *space_at(const struct tagger *t, const char *text, uint32_t at)
{
    if (text[at] != '\\' && text[at] != '~')
        return NULL;
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (is_at(t, text, at, spaces[i].command))
            return &spaces[i];
    return NULL;
}

static bool is_point(char c)
{
    return c == ',' || c == '.' || c == ';';
}

/* The width of what stands between two places, which is nothing but space; masked
   commands are looked up where they were written. */
static enum gap gap_between(const struct tagger *t, uint32_t begin, uint32_t end)
{
    int width = 0, count = 0;
    for (uint32_t i = begin; i < end; i++) {
        const struct space *space = space_at(t, t->document, i);
        width += is_point(t->text[i]) ? 2 : space ? space->width : 0;
        count += space != NULL;
    }
    return width >= 2 || count >= 2 ? GAP_SURE : width == 1 ? GAP_WIDE : GAP_NONE;
}

/* Where the space after a place ends. */
static uint32_t skip_space(const struct tagger *t, uint32_t at)
{
    for (;;) {
        const struct space *space = space_at(t, t->text, at);
        if (space && at < t->display.end)
            at += (uint32_t)strlen(space->command);
        else if (at < t->display.end &&
                 (isspace((unsigned char)t->text[at]) || is_point(t->text[at])))
            at++;
        else
            return at;
    }
}

/* --- numbers of equations --- */

/* `(2)`, `(2.3)`, `(2a)`, `(A1)`, `(*)`; its end, or 0. */
static uint32_t label_end(const struct tagger *t, uint32_t at)
{
    static const char *const stars[] = {"*", "\\ast", "\\star", "\\dagger"};
    if (t->text[at++] != '(')
        return 0;
    for (size_t i = 0; i < sizeof stars / sizeof *stars; i++)
        while (is_at(t, t->text, at, stars[i]))
            at += (uint32_t)strlen(stars[i]);
    at += isupper((unsigned char)t->text[at]) && isdigit((unsigned char)t->text[at + 1]);
    bool is_decimal = t->text[at] == '0';
    while (isdigit((unsigned char)t->text[at]) ||
           (t->text[at] == '.' && isdigit((unsigned char)t->text[at + 1])))
        at++;
    at += islower((unsigned char)t->text[at]) && isdigit((unsigned char)t->text[at - 1]);
    bool is_label = t->text[at] == ')' && t->text[at - 1] != '(' && !is_decimal;
    return is_label && at < t->display.end ? at + 1 : 0;
}

static bool ends_row(const struct tagger *t, uint32_t at)
{
    uint32_t end = skip_space(t, at);
    return end >= t->display.end || t->text[end] == '&' || is_at(t, t->text, end, "\\\\");
}

/* After a number or a bracket, a narrow space may stand for a multiplication. */
static bool may_be_factor(const struct tagger *t)
{
    char before = t->text[t->last - 1];
    return isdigit((unsigned char)before) || before == ')' || before == ']';
}

static bool is_label(const struct tagger *t, uint32_t at, uint32_t end)
{
    enum gap gap = gap_between(t, t->last, at);
    bool is_set_off = gap_between(t, end, skip_space(t, end)) == GAP_SURE;
    if (t->last == t->row)
        return is_set_off && !ends_row(t, end);
    bool is_star = !isalnum((unsigned char)t->text[end - 2]);
    if (!ends_row(t, end))
        return gap == GAP_SURE && is_set_off;
    return gap == GAP_SURE || (gap == GAP_WIDE && !may_be_factor(t)) ||
           (is_star && t->last < at);
}

/* --- words --- */

static uint32_t row_end(const struct tagger *t, uint32_t at)
{
    struct units ahead = {.text = t->text, .at = at, .end = t->display.end};
    struct unit unit;
    do
        unit = units_next(&ahead);
    while (unit.kind != UNIT_END && unit.kind != UNIT_ROW && unit.kind != UNIT_MARK);
    return unit.span.begin;
}

/* Where `\forall i,j:` ends, which restricts nothing; 0 if it may. */
static uint32_t forall_end(const struct tagger *t, uint32_t at)
{
    struct units ahead = {.text = t->text, .at = at, .end = t->display.end};
    for (size_t i = 0; i < LONGEST_FORALL; i++) {
        struct unit unit = units_next(&ahead);
        if (unit.kind == UNIT_END || unit.kind == UNIT_ROW || unit.kind == UNIT_MARK ||
            (unit.kind == UNIT_SEPARATOR && t->text[unit.span.begin] == '\\'))
            return unit.span.begin;
        if (t->text[unit.span.begin] == ':')
            return unit.span.end;
        if (units_is_relation(unit.kind) || unit.kind == UNIT_TEXT)
            return 0;
    }
    return 0;
}

/* The end of what a word begins that is masked; 0: nothing. */
static uint32_t word_end(const struct tagger *t, struct span word)
{
    static const char *const ends[] = {"\\square", "\\blacksquare", "\\Box",
                                       "\\qed",    "\\qedhere",     "\\QED"};
    size_t length = word.end - word.begin;
    uint32_t end = 0;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (word_is(ends[i], t->text + word.begin, length) && ends_row(t, word.end))
            end = word.end;
    if (word_is("\\eqno", t->text + word.begin, length) ||
        word_is("\\leqno", t->text + word.begin, length))
        end = row_end(t, word.end);
    if (word_is("\\forall", t->text + word.begin, length))
        end = forall_end(t, word.end);
    return end;
}

/* Follows what stands in the row. */
static void pass(struct tagger *t, const struct unit *unit)
{
    bool begins = unit->kind == UNIT_ROW || unit->kind == UNIT_MARK;
    char c = t->text[unit->span.begin];
    bool is_space = space_at(t, t->text, unit->span.begin) || isspace((unsigned char)c) ||
                    is_point(c);
    if (begins)
        t->row = unit->span.end;
    if (begins || !is_space)
        t->last = unit->span.end;
}

void tags_mask(struct claims *claims, struct span display)
{
    struct tagger t = {claims,  claims->text.text, claims->document->text,
                       display, display.begin,     display.begin};
    struct units units = {.text = t.text, .at = display.begin, .end = display.end};
    int depth = 0;
    for (struct unit unit = units_next(&units); unit.kind != UNIT_END;
         depth = units.depth, unit = units_next(&units)) {
        uint32_t begin = unit.span.begin, end = 0;
        if (depth == 0 && t.text[begin] == '\\')
            end = word_end(&t, unit.span);
        else if (depth == 0 && label_end(&t, begin) &&
                 is_label(&t, begin, label_end(&t, begin)))
            end = label_end(&t, begin);
        if (end) {
            mask_span(claims, (struct span){ends_row(&t, end) ? t.last : begin, end});
            t.row = t.last == t.row ? end : t.row;
            t.last = end;
            units.at = end;
            units.depth = 0;
        } else {
            pass(&t, &unit);
        }
    }
}
