#include "verify/rows.h"

#include "base/memory.h"
#include "verify/mask.h"
#include "verify/nostep.h"
#include "verify/phrase.h"
#include "verify/prose.h"
#include "verify/units.h"

#include <ctype.h>
#include <string.h>

struct reader {
    struct rows *rows;
    struct claims *claims;
    struct units units;
    /* The expression under way begins here; what it is compared with, if anything. */
    uint32_t begin;
    bool has_left, continues, is_let, is_inline, is_skipped, is_counted;
    struct span left;
    struct unit relation;
    struct span condition, label;
    bool is_spent; /* the condition's own row had equations: it goes no further */
    uint32_t member;
    size_t row_first; /* the first claim of the row */
    /* Up to here the next sign that counts is known, and whether it is a relation. */
    uint32_t ahead;
    bool is_equation_ahead;
};

/* --- claims --- */

static void push_claim(struct claims *claims, struct claim claim)
{
    if (claims->count == claims->capacity) {
        claims->capacity = 2 * claims->capacity + 32;
        claims->items =
            memory_array(claims->items, claims->capacity, sizeof *claims->items);
    }
    claims->items[claims->count++] = claim;
}

static void add_claim(struct reader *r, struct span right)
{
    if (!r->is_counted) {
        r->is_counted = true;
        r->rows->equation++;
    }
    if (!r->continues)
        r->rows->chain++;
    push_claim(r->claims,
               (struct claim){.relation = r->relation.kind == UNIT_APPROX ? CLAIM_APPROX
                                                                          : CLAIM_EQUAL,
                              .left = r->left,
                              .right = right,
                              .relation_sign = r->relation.span,
                              .equation = r->rows->equation,
                              .member = ++r->member,
                              .chain = r->rows->chain,
                              .continues = r->continues,
                              .is_let = r->is_let || r->relation.is_let,
                              .condition = r->condition});
    r->continues = true;
}

static void set_last(struct rows *rows, struct span span, bool is_alone)
{
    rows->last = span;
    rows->is_last_alone = is_alone;
    rows->beside = (struct span){0, 0};
}

/* The expression up to here is complete: the right side of a step, if one is under way.
 */
static void end_expression(struct reader *r, uint32_t end)
{
    struct span span = units_trim(&r->units, r->begin, end);
    if (r->has_left && !r->is_skipped && !units_is_empty(span)) {
        bool is_step = r->continues || (!nostep_is_range(r->units.text, r->left, span) &&
                                        !nostep_is_update(r->units.text, r->left, span));
        if (is_step) {
            add_claim(r, span);
            set_last(r->rows, span, false);
        }
    }
}

/* An equation that stands where none is read, as in `\mathbf{E = y}`: a step that is
   not read, lest it be taken for one that is true. */
static void note_hidden(struct reader *r, uint32_t end)
{
    struct span span = units_trim(&r->units, r->begin, end), sign;
    if (r->has_left || !nostep_hides(r->units.text, span, &sign))
        return;
    r->left = span;
    r->relation = (struct unit){.kind = UNIT_EQUAL, .span = sign};
    r->continues = false;
    add_claim(r, sign);
}

static void end_chain(struct reader *r, uint32_t end, uint32_t next)
{
    end_expression(r, end);
    note_hidden(r, end);
    r->begin = next;
    r->has_left = r->continues = r->is_skipped = r->is_let = false;
}

static void read_relation(struct reader *r, const struct unit *unit)
{
    struct span span = units_trim(&r->units, r->begin, unit->span.begin);
    if (r->has_left) {
        end_expression(r, unit->span.begin);
        r->left = span;
    } else if (!units_is_empty(span)) {
        if (r->is_spent)
            r->condition = (struct span){0, 0};
        r->left = span;
        r->continues = false;
    } else if (r->is_inline && !units_is_empty(r->rows->beside)) {
        r->left = r->rows->beside;
        r->continues = false;
    } else if (!units_is_empty(r->rows->last)) {
        r->left = r->rows->last;
        r->continues = !r->rows->is_last_alone;
    } else {
        r->is_skipped = true;
    }
    r->has_left = true;
    r->relation = *unit;
    r->begin = unit->span.end;
}

/* --- separators --- */

/* Whether an equation comes before the row ends, outside of brackets. */
static bool equation_follows(struct reader *r)
{
    struct units ahead = r->units;
    struct unit unit;
    bool ends = false;
    if (ahead.at < r->ahead)
        return r->is_equation_ahead;
    while (!ends) {
        unit = units_next(&ahead);
        r->is_equation_ahead = units_is_relation(unit.kind);
        ends = r->is_equation_ahead || unit.kind == UNIT_ROW || unit.kind == UNIT_END ||
               (unit.kind == UNIT_SEPARATOR && !unit.is_weak);
    }
    r->ahead = unit.span.begin;
    return r->is_equation_ahead;
}

static void read_separator(struct reader *r, const struct unit *unit)
{
    bool separates = !unit->is_weak || (r->has_left && equation_follows(r)) ||
                     (!r->has_left &&
                      units_is_empty(units_trim(&r->units, r->begin, unit->span.begin)));
    if (separates)
        end_chain(r, unit->span.begin, unit->span.end);
    else
        mask_span(r->claims, unit->span);
}

/* --- columns --- */

static bool is_operator(const struct reader *r, uint32_t at)
{
    return units_start(&r->units, at, "+") || units_start(&r->units, at, "-") ||
           units_start(&r->units, at, "\\cdot") || units_start(&r->units, at, "\\times");
}

/* Whether the column after a mark holds an equation with a left side of its own. */
static bool column_begins(const struct reader *r)
{
    struct units ahead = r->units;
    uint32_t begin = units_skip_blanks(&r->units, r->units.at);
    struct unit unit;
    if (r->units.depth > 0 || is_operator(r, begin))
        return false;
    do
        unit = units_next(&ahead);
    while (unit.kind == UNIT_OTHER || unit.kind == UNIT_TEXT);
    if (unit.kind == UNIT_MARK)
        unit = units_next(&ahead);
    bool is_relation = units_is_relation(unit.kind);
    return is_relation && !units_is_empty(units_trim(&r->units, begin, unit.span.begin));
}

/* What a row begins with behind marks and wide spaces. */
static uint32_t row_begin(const struct reader *r, bool *has_mark)
{
    struct units ahead = r->units;
    for (;;) {
        uint32_t at = ahead.at = units_skip_blanks(&r->units, ahead.at);
        struct unit unit = units_next(&ahead);
        bool is_space = unit.kind == UNIT_SEPARATOR && unit.is_weak;
        if (unit.kind != UNIT_MARK && !is_space)
            return at;
        *has_mark |= unit.kind == UNIT_MARK;
    }
}

/* `(12)` alone in the last column, the number of the equation; its end, or 0. */
static uint32_t number_end(const struct reader *r)
{
    bool has_mark = true;
    uint32_t at = row_begin(r, &has_mark);
    if (!units_start(&r->units, at, "(") || r->units.depth > 0)
        return 0;
    do
        at++;
    while (at < r->units.end && isdigit((unsigned char)r->units.text[at]));
    if (!units_start(&r->units, at, ")"))
        return 0;
    uint32_t end = units_skip_blanks(&r->units, at + 1);
    return end == r->units.end || units_start(&r->units, end, "\\\\") ? at + 1 : 0;
}

/* Marks in a row are as one. */
static void pass_marks(struct reader *r)
{
    uint32_t at = units_skip_blanks(&r->units, r->units.at);
    while (units_start(&r->units, at, "&")) {
        mask_span(r->claims, (struct span){at, at + 1});
        r->units.at = at + 1;
        at = units_skip_blanks(&r->units, at + 1);
    }
}

/* `a &= b & c &= d` are two equations. */
static void read_mark(struct reader *r, const struct unit *unit)
{
    pass_marks(r);
    bool is_complete =
        r->has_left && !units_is_empty(units_trim(&r->units, r->begin, unit->span.begin));
    uint32_t number = is_complete ? number_end(r) : 0;
    mask_span(r->claims, unit->span);
    if (number)
        mask_span(r->claims, (struct span){r->units.at, number});
    else if (is_complete && column_begins(r))
        end_chain(r, unit->span.begin, unit->span.end);
}

/* --- rows --- */

/* Whether the row that begins here continues the expression before it: with a sign, or as
   an operator's second operand, unless it is an equation of its own. */
static bool row_continues(const struct reader *r)
{
    struct units ahead = r->units;
    bool has_mark = false;
    uint32_t at = row_begin(r, &has_mark);
    if (!is_operator(r, at))
        return false;
    /* `-a &= b` is an equation of its own. */
    ahead.at = at;
    for (struct unit unit = units_next(&ahead);
         !has_mark && unit.kind != UNIT_END && unit.kind != UNIT_ROW;
         unit = units_next(&ahead)) {
        if (unit.kind != UNIT_MARK)
            continue;
        return !units_start(&r->units, units_skip_blanks(&r->units, ahead.at), "=");
    }
    return true;
}

static void read_row_end(struct reader *r, const struct unit *unit)
{
    mask_span(r->claims, unit->span);
    if (r->units.depth > 0 || (r->has_left && row_continues(r)))
        return;
    end_chain(r, unit->span.begin, unit->span.end);
}

/* --- words --- */

/* The formula after `if`: up to a colon, a comma, an alignment mark, a wide space or the
   end of the row. */
static void read_condition(struct reader *r)
{
    uint32_t begin = r->units.at, end = begin;
    struct unit unit;
    do {
        end = r->units.at;
        unit = units_next(&r->units);
    } while (unit.kind != UNIT_END && unit.kind != UNIT_ROW &&
             unit.kind != UNIT_SEPARATOR && unit.kind != UNIT_MARK &&
             unit.kind != UNIT_TEXT && r->units.text[unit.span.begin] != ':');
    r->units.at = unit.kind == UNIT_ROW || unit.kind == UNIT_TEXT ? end : unit.span.end;
    r->condition = units_trim(&r->units, begin, end);
    r->is_spent = false;
    /* Behind the equations that it restricts. */
    for (size_t i = r->row_first; i < r->claims->count; i++)
        if (units_is_empty(r->claims->items[i].condition))
            r->claims->items[i].condition = r->condition;
}

static enum phrase phrase_in(const struct reader *r, struct span span)
{
    while (span.begin < span.end && r->units.text[span.begin] != '{')
        span.begin++;
    struct span inner = units_trim(&r->units, span.begin + 1, span.end - 1);
    return phrase_of(r->units.text + inner.begin, inner.end - inner.begin);
}

static void read_text(struct reader *r, const struct unit *unit)
{
    switch (phrase_in(r, unit->span)) {
    case PHRASE_AND:
        end_chain(r, unit->span.begin, unit->span.end);
        break;
    case PHRASE_CONDITION:
        end_chain(r, unit->span.begin, unit->span.end);
        read_condition(r);
        r->begin = r->units.at;
        break;
    case PHRASE_LET:
        end_chain(r, unit->span.begin, unit->span.end);
        r->is_let = true;
        break;
    case PHRASE_REMARK:
        if (units_is_empty(units_trim(&r->units, r->begin, unit->span.begin)) &&
            !r->has_left)
            r->begin = unit->span.end;
        else if (!equation_follows(r) || r->has_left)
            mask_span(r->claims, unit->span);
        break;
    default:
        break;
    }
}

/* --- all of it --- */

static void read_label(struct reader *r, size_t first)
{
    const char *text = r->claims->document->text;
    for (uint32_t i = r->units.end; i > r->claims->items[first].left.begin; i--) {
        if (memcmp(text + i - 1, "\\label{", i + 6 <= r->units.end ? 7 : 1) != 0 ||
            i + 6 > r->units.end)
            continue;
        uint32_t begin = i + 6, end = begin;
        while (end < r->units.end && text[end] != '}')
            end++;
        for (size_t k = r->claims->count; k > first; k--)
            if (r->claims->items[k - 1].right.end <= i) {
                r->claims->items[k - 1].label = (struct span){begin, end};
                break;
            }
    }
}

static void read_unit(struct reader *r, const struct unit *unit)
{
    switch (unit->kind) {
    case UNIT_EQUAL:
    case UNIT_APPROX:
        read_relation(r, unit);
        break;
    case UNIT_RELATION:
        end_expression(r, unit->span.begin);
        r->has_left = r->is_skipped = true;
        r->begin = unit->span.end;
        break;
    case UNIT_IN:
        end_expression(r, unit->span.begin);
        r->is_skipped = r->has_left = true;
        break;
    case UNIT_MARK:
        read_mark(r, unit);
        break;
    case UNIT_SEPARATOR:
        read_separator(r, unit);
        break;
    case UNIT_ROW:
        read_row_end(r, unit);
        r->is_spent |= r->claims->count > r->row_first;
        r->row_first = r->claims->count;
        break;
    case UNIT_TEXT:
        read_text(r, unit);
        break;
    default:
        break;
    }
}

static bool holds(const struct rows *rows, struct span span, const char *word)
{
    return memmem(rows->claims->text.text + span.begin, span.end - span.begin, word,
                  strlen(word)) != NULL;
}

/* What an equation may go on from that begins with its sign: a display from the last
   one, a formula in prose from a derivative in prose as well. Names are only mentioned
   there. */
static void note_expression(struct rows *rows, const struct display *display,
                            struct span span)
{
    if (!display->is_inline)
        set_last(rows, span, true);
    else if (holds(rows, span, "\\frac") || holds(rows, span, "\\partial"))
        rows->beside = span;
}

void rows_read(struct rows *rows, const struct display *display)
{
    const char *text = rows->claims->text.text;
    if (display->is_inline && display->is_if &&
        nostep_is_condition(text, display->span)) {
        prose_condition(rows, display);
        return;
    }
    prose_end_sentence(rows, display);
    struct reader r = {.rows = rows,
                       .claims = rows->claims,
                       .units = {.text = rows->claims->text.text,
                                 .at = display->span.begin,
                                 .end = display->span.end},
                       .begin = display->span.begin,
                       .condition = rows->condition,
                       .is_inline = display->is_inline,
                       .is_let = display->is_let};
    size_t first = r.row_first = r.claims->count;
    struct unit unit;
    while ((unit = units_next(&r.units)).kind != UNIT_END)
        read_unit(&r, &unit);
    bool is_expression = !r.has_left && r.claims->count == first;
    struct span all = units_trim(&r.units, r.begin, display->span.end);
    end_chain(&r, display->span.end, display->span.end);
    if (is_expression && r.claims->count == first)
        note_expression(rows, display, all);
    if (r.claims->count == first)
        return;
    rows->condition = (struct span){0, 0};
    rows->first = first;
    rows->end = display->span.end;
    read_label(&r, first);
}
