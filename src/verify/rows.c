#include "verify/rows.h"

#include "base/memory.h"
#include "verify/mask.h"

#include <ctype.h>
#include <string.h>

/* What stands at a place of a row, outside of all brackets. */
enum unit_kind {
    UNIT_OTHER,
    UNIT_EQUAL,
    UNIT_APPROX,
    UNIT_RELATION,  /* one that makes no step: < \le \propto \to \leftarrow := */
    UNIT_IN,        /* `\in`: what follows says where the value lies */
    UNIT_ROW,       /* `\\` */
    UNIT_MARK,      /* & */
    UNIT_SEPARATOR, /* \quad , ; \Rightarrow \therefore */
    UNIT_TEXT,      /* \text{…} */
    UNIT_END
};

struct unit {
    enum unit_kind kind;
    struct span span;
    bool is_let;  /* `\triangleq`: the left side is defined */
    bool is_weak; /* a separator only if equations stand on both sides: , \quad */
};

struct reader {
    struct rows *rows;
    struct claims *claims;
    char *text;
    uint32_t at, end;
    int depth;
    /* The expression under way begins here; what it is compared with, if anything. */
    uint32_t begin;
    bool has_left, continues, is_let, is_skipped, is_counted;
    struct span left;
    struct unit relation;
    struct span condition, label;
    uint32_t member;
    size_t row_first; /* the first claim of the row */
};

static const struct word {
    const char *name;
    enum unit_kind kind;
    bool is_weak, is_let;
} words[] = {
    {"approx", UNIT_APPROX, false, false},
    {"simeq", UNIT_APPROX, false, false},
    {"equiv", UNIT_EQUAL, false, false},
    {"triangleq", UNIT_EQUAL, false, true},
    {"coloneqq", UNIT_RELATION, false, false},
    {"propto", UNIT_RELATION, false, false},
    {"sim", UNIT_RELATION, false, false},
    {"to", UNIT_RELATION, false, false},
    {"leftarrow", UNIT_RELATION, false, false},
    {"gets", UNIT_RELATION, false, false},
    {"mapsto", UNIT_RELATION, false, false},
    {"le", UNIT_RELATION, false, false},
    {"leq", UNIT_RELATION, false, false},
    {"ge", UNIT_RELATION, false, false},
    {"geq", UNIT_RELATION, false, false},
    {"ll", UNIT_RELATION, false, false},
    {"gg", UNIT_RELATION, false, false},
    {"neq", UNIT_RELATION, false, false},
    {"ne", UNIT_RELATION, false, false},
    {"in", UNIT_IN, false, false},
    {"quad", UNIT_SEPARATOR, true, false},
    {"qquad", UNIT_SEPARATOR, true, false},
    {"Rightarrow", UNIT_SEPARATOR, false, false},
    {"rightarrow", UNIT_SEPARATOR, false, false},
    {"Longrightarrow", UNIT_SEPARATOR, false, false},
    {"longrightarrow", UNIT_SEPARATOR, false, false},
    {"implies", UNIT_SEPARATOR, false, false},
    {"therefore", UNIT_SEPARATOR, false, false},
    {"because", UNIT_SEPARATOR, false, false},
    {"iff", UNIT_SEPARATOR, false, false},
    {"Leftrightarrow", UNIT_SEPARATOR, false, false},
    {"text", UNIT_TEXT, false, false},
    {"textrm", UNIT_TEXT, false, false},
    {"textit", UNIT_TEXT, false, false},
    {"mbox", UNIT_TEXT, false, false},
    {"mathrm", UNIT_TEXT, false, false},
    {"intertext", UNIT_TEXT, false, false},
};

enum { WORDS = sizeof words / sizeof *words };

/* --- units --- */

static uint32_t group_end(const struct reader *r, uint32_t at)
{
    size_t depth = 0;
    for (; at < r->end; at++) {
        if (r->text[at] == '\\')
            at++;
        else if (r->text[at] == '{')
            depth++;
        else if (r->text[at] == '}' && (depth == 0 || --depth == 0))
            return at + 1;
    }
    return r->end;
}

static struct unit make_unit(enum unit_kind kind, uint32_t begin, uint32_t end)
{
    return (struct unit){.kind = kind, .span = {begin, end}};
}

static struct unit word_unit(const struct reader *r, uint32_t at)
{
    uint32_t end = at + 1;
    while (end < r->end && isalpha((unsigned char)r->text[end]))
        end++;
    for (size_t i = 0; i < WORDS; i++) {
        if (strlen(words[i].name) != end - at - 1 ||
            memcmp(words[i].name, r->text + at + 1, end - at - 1) != 0)
            continue;
        struct unit unit = make_unit(words[i].kind, at, end);
        unit.is_weak = words[i].is_weak;
        unit.is_let = words[i].is_let;
        if (unit.kind == UNIT_TEXT)
            unit.span.end = group_end(r, end);
        else if (unit.is_weak && end + 2 <= r->end && memcmp(r->text + end, "{}", 2) == 0)
            unit.span.end += 2;
        return unit;
    }
    return make_unit(UNIT_OTHER, at, end);
}

/* `\\`, `\\*`, `\\[2pt]` */
static struct unit row_unit(const struct reader *r, uint32_t at)
{
    uint32_t end = at + 2;
    if (end < r->end && r->text[end] == '*')
        end++;
    if (end < r->end && r->text[end] == '[' && isdigit((unsigned char)r->text[end + 1])) {
        while (end < r->end && r->text[end] != ']')
            end++;
        end += end < r->end;
    }
    return make_unit(UNIT_ROW, at, end);
}

static struct unit backslash_unit(const struct reader *r, uint32_t at)
{
    char next = at + 1 < r->end ? r->text[at + 1] : ' ';
    if (next == '\\')
        return row_unit(r, at);
    if (isalpha((unsigned char)next))
        return word_unit(r, at);
    return make_unit(UNIT_OTHER, at, at + 2 < r->end ? at + 2 : r->end);
}

static bool starts(const struct reader *r, uint32_t at, const char *word)
{
    size_t length = strlen(word);
    return at + length <= r->end && memcmp(r->text + at, word, length) == 0;
}

static struct unit character_unit(const struct reader *r, uint32_t at)
{
    static const char *const relations[] = {":=", "<", ">", "→", "←", "≠", "≤", "≥", "∝"};
    if (starts(r, at, "="))
        return make_unit(UNIT_EQUAL, at, at + 1);
    if (starts(r, at, "&"))
        return make_unit(UNIT_MARK, at, at + 1);
    if (starts(r, at, ",") || starts(r, at, ";")) {
        struct unit unit = make_unit(UNIT_SEPARATOR, at, at + 1);
        unit.is_weak = true;
        return unit;
    }
    if (starts(r, at, "≈"))
        return make_unit(UNIT_APPROX, at, at + 3);
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
        if (starts(r, at, relations[i]))
            return make_unit(UNIT_RELATION, at, at + (uint32_t)strlen(relations[i]));
    return make_unit(UNIT_OTHER, at, at + 1);
}

/* How a bracket at a place changes the depth. */
static int bracket_change(const struct reader *r, const struct unit *unit)
{
    char c = r->text[unit->span.begin];
    if (c == '\\') {
        c = r->text[unit->span.begin + 1];
        return c == '{' ? 1 : c == '}' ? -1 : 0;
    }
    return c == '(' || c == '[' || c == '{'   ? 1
           : c == ')' || c == ']' || c == '}' ? -1
                                              : 0;
}

static bool is_fence(const struct reader *r, const struct unit *unit, const char *word)
{
    size_t length = strlen(word);
    return unit->span.end - unit->span.begin == length &&
           memcmp(r->text + unit->span.begin, word, length) == 0;
}

/* The next unit; what stands in brackets is of no matter. */
static struct unit next_unit(struct reader *r)
{
    if (r->at >= r->end)
        return make_unit(UNIT_END, r->end, r->end);
    struct unit unit =
        r->text[r->at] == '\\' ? backslash_unit(r, r->at) : character_unit(r, r->at);
    r->at = unit.span.end;
    if (is_fence(r, &unit, "\\left") || is_fence(r, &unit, "\\right")) {
        /* The delimiter itself, which may be a point, counts no more. */
        r->depth += is_fence(r, &unit, "\\left") ? 1 : -1;
        while (r->at < r->end && isspace((unsigned char)r->text[r->at]))
            r->at++;
        r->at += starts(r, r->at, "\\") ? 2 : 1;
        return make_unit(UNIT_OTHER, unit.span.begin, r->at);
    }
    r->depth += unit.kind == UNIT_OTHER ? bracket_change(r, &unit) : 0;
    if (r->depth < 0)
        r->depth = 0;
    if (r->depth > 0 && unit.kind != UNIT_ROW && unit.kind != UNIT_MARK)
        unit.kind = UNIT_OTHER;
    return unit;
}

/* --- expressions --- */

static bool is_edge(char c)
{
    return isspace((unsigned char)c) || c == ',' || c == '.' || c == ';' || c == ':';
}

/* Spacing commands at the edge of an expression: `\,`, `\;`, `\!`, `\ `. */
static bool is_space_command(const struct reader *r, uint32_t at)
{
    return r->text[at] == '\\' && at + 1 < r->end && strchr(",;:! ", r->text[at + 1]);
}

static struct span trim(const struct reader *r, uint32_t begin, uint32_t end)
{
    bool moved = true;
    while (moved && begin < end) {
        moved = false;
        if (isspace((unsigned char)r->text[begin]) || r->text[begin] == ',' ||
            r->text[begin] == ':') {
            begin++;
            moved = true;
        } else if (end - begin >= 2 && is_space_command(r, begin)) {
            begin += 2;
            moved = true;
        } else if (end - begin >= 2 && is_space_command(r, end - 2)) {
            end -= 2;
            moved = true;
        } else if (is_edge(r->text[end - 1])) {
            end--;
            moved = true;
        }
    }
    return (struct span){begin, end};
}

static bool is_empty(struct span span)
{
    return span.begin >= span.end;
}

/* --- what is no step --- */

/* The length of a text without its blanks, for comparing. */
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

/* `w = w - …`: the left side is an addend on the right. */
static bool is_update(const struct reader *r, struct span left, struct span right)
{
    const char *text = r->text;
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

static bool is_index_letter(const struct reader *r, struct span span)
{
    return span.end - span.begin == 1 && strchr("ijklmnpqrst", r->text[span.begin]);
}

/* `k = 1, 2`, `j = 1, \ldots, n`: what an index runs through. */
static bool is_range(const struct reader *r, struct span left, struct span right)
{
    if (!is_index_letter(r, left))
        return false;
    for (uint32_t i = right.begin; i < right.end; i++) {
        char c = r->text[i];
        if (c == '\\') {
            while (i + 1 < right.end && isalpha((unsigned char)r->text[i + 1]))
                i++;
        } else if (!isdigit((unsigned char)c) && !isspace((unsigned char)c) && c != ',' &&
                   c != '.' && !(isalpha((unsigned char)c) && i + 1 == right.end)) {
            return false;
        }
    }
    return !is_empty(right);
}

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

/* The expression up to here is complete: the right side of a step, if one is under way.
 */
static void end_expression(struct reader *r, uint32_t end)
{
    struct span span = trim(r, r->begin, end);
    if (r->has_left && !r->is_skipped && !is_empty(span)) {
        bool is_step =
            r->continues || (!is_range(r, r->left, span) && !is_update(r, r->left, span));
        if (is_step)
            add_claim(r, span);
        r->rows->last = is_step ? span : r->rows->last;
    }
}

static void end_chain(struct reader *r, uint32_t end, uint32_t next)
{
    end_expression(r, end);
    r->begin = next;
    r->has_left = r->continues = r->is_skipped = r->is_let = false;
}

static void read_relation(struct reader *r, const struct unit *unit)
{
    struct span span = trim(r, r->begin, unit->span.begin);
    if (r->has_left) {
        end_expression(r, unit->span.begin);
        r->left = span;
    } else if (!is_empty(span)) {
        r->left = span;
        r->continues = false;
    } else if (!is_empty(r->rows->last)) {
        r->left = r->rows->last;
        r->continues = true;
    } else {
        r->is_skipped = true;
    }
    r->has_left = true;
    r->relation = *unit;
    r->begin = unit->span.end;
}

/* --- separators --- */

/* Whether an equation comes before the row ends, outside of brackets. */
static bool equation_follows(const struct reader *r)
{
    struct reader ahead = *r;
    for (;;) {
        struct unit unit = next_unit(&ahead);
        if (unit.kind == UNIT_EQUAL || unit.kind == UNIT_APPROX ||
            unit.kind == UNIT_RELATION)
            return true;
        if (unit.kind == UNIT_ROW || unit.kind == UNIT_END ||
            (unit.kind == UNIT_SEPARATOR && !unit.is_weak))
            return false;
    }
}

static void read_separator(struct reader *r, const struct unit *unit)
{
    bool separates = !unit->is_weak || (r->has_left && equation_follows(r)) ||
                     (!r->has_left && is_empty(trim(r, r->begin, unit->span.begin)));
    if (separates)
        end_chain(r, unit->span.begin, unit->span.end);
    else
        mask_span(r->claims, unit->span);
}

/* --- columns --- */

static uint32_t skip_blanks(const struct reader *r, uint32_t at)
{
    while (at < r->end && isspace((unsigned char)r->text[at]))
        at++;
    return at;
}

static bool is_operator(const struct reader *r, uint32_t at)
{
    return starts(r, at, "+") || starts(r, at, "-") || starts(r, at, "\\cdot") ||
           starts(r, at, "\\times");
}

/* Whether the column after a mark holds an equation with a left side of its own. */
static bool column_begins(const struct reader *r)
{
    struct reader ahead = *r;
    uint32_t begin = skip_blanks(r, r->at);
    struct unit unit;
    if (r->depth > 0 || is_operator(r, begin))
        return false;
    do
        unit = next_unit(&ahead);
    while (unit.kind == UNIT_OTHER || unit.kind == UNIT_TEXT);
    if (unit.kind == UNIT_MARK)
        unit = next_unit(&ahead);
    bool is_relation =
        unit.kind == UNIT_EQUAL || unit.kind == UNIT_APPROX || unit.kind == UNIT_RELATION;
    return is_relation && !is_empty(trim(r, begin, unit.span.begin));
}

/* What a row begins with behind marks and wide spaces. */
static uint32_t row_begin(const struct reader *r, bool *has_mark)
{
    struct reader ahead = *r;
    for (;;) {
        uint32_t at = ahead.at = skip_blanks(r, ahead.at);
        struct unit unit = next_unit(&ahead);
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
    if (!starts(r, at, "(") || r->depth > 0)
        return 0;
    do
        at++;
    while (at < r->end && isdigit((unsigned char)r->text[at]));
    if (!starts(r, at, ")"))
        return 0;
    uint32_t end = skip_blanks(r, at + 1);
    return end == r->end || starts(r, end, "\\\\") ? at + 1 : 0;
}

/* `a &= b & c &= d` are two equations. */
static void read_mark(struct reader *r, const struct unit *unit)
{
    bool is_complete = r->has_left && !is_empty(trim(r, r->begin, unit->span.begin));
    uint32_t number = is_complete ? number_end(r) : 0;
    mask_span(r->claims, unit->span);
    if (number)
        mask_span(r->claims, (struct span){r->at, number});
    else if (is_complete && column_begins(r))
        end_chain(r, unit->span.begin, unit->span.end);
}

/* --- rows --- */

/* Whether the row that begins here continues the expression before it: with a sign, or as
   an operator's second operand, unless it is an equation of its own. */
static bool row_continues(const struct reader *r)
{
    struct reader ahead = *r;
    bool has_mark = false;
    uint32_t at = row_begin(r, &has_mark);
    if (!is_operator(r, at))
        return false;
    /* `-a &= b` is an equation of its own. */
    ahead.at = at;
    for (struct unit unit = next_unit(&ahead);
         !has_mark && unit.kind != UNIT_END && unit.kind != UNIT_ROW;
         unit = next_unit(&ahead)) {
        if (unit.kind != UNIT_MARK)
            continue;
        return !starts(r, skip_blanks(r, ahead.at), "=");
    }
    return true;
}

static void read_row_end(struct reader *r, const struct unit *unit)
{
    mask_span(r->claims, unit->span);
    if (r->depth > 0 || (r->has_left && row_continues(r)))
        return;
    end_chain(r, unit->span.begin, unit->span.end);
}

/* --- words --- */

enum text_meaning { TEXT_NAME, TEXT_REMARK, TEXT_AND, TEXT_CONDITION, TEXT_LET };

static bool is_word(const char *text, size_t length, const char *const *list,
                    size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t k = 0;
        while (k < length && list[i][k] && tolower((unsigned char)text[k]) == list[i][k])
            k++;
        if (list[i][k] == '\0' && (k == length || !isalpha((unsigned char)text[k])))
            return true;
    }
    return false;
}

static enum text_meaning meaning_of(const struct reader *r, struct span inner)
{
    static const char *const joins[] = {"and",   "or",    "so",        "then",
                                        "hence", "thus",  "therefore", "where",
                                        "with",  "since", "but"};
    static const char *const conditions[] = {"if", "for", "when"};
    static const char *const lets[] = {"let"};
    inner = trim(r, inner.begin, inner.end);
    const char *text = r->text + inner.begin;
    size_t length = inner.end - inner.begin;
    if (is_word(text, length, joins, sizeof joins / sizeof *joins))
        return TEXT_AND;
    if (is_word(text, length, conditions, sizeof conditions / sizeof *conditions))
        return TEXT_CONDITION;
    if (is_word(text, length, lets, 1))
        return TEXT_LET;
    return memchr(text, ' ', length) || (length > 0 && text[0] == '(') ? TEXT_REMARK
                                                                       : TEXT_NAME;
}

/* The formula after `if`: up to a colon, a comma, an alignment mark, a wide space or the
   end of the row. */
static void read_condition(struct reader *r)
{
    uint32_t begin = r->at, end = begin;
    struct unit unit;
    do {
        end = r->at;
        unit = next_unit(r);
    } while (unit.kind != UNIT_END && unit.kind != UNIT_ROW &&
             unit.kind != UNIT_SEPARATOR && unit.kind != UNIT_MARK &&
             unit.kind != UNIT_TEXT && r->text[unit.span.begin] != ':');
    r->at = unit.kind == UNIT_ROW || unit.kind == UNIT_TEXT ? end : unit.span.end;
    r->condition = trim(r, begin, end);
    /* Behind the equations that it restricts. */
    for (size_t i = r->row_first; i < r->claims->count; i++)
        if (is_empty(r->claims->items[i].condition))
            r->claims->items[i].condition = r->condition;
}

static struct span text_inside(const struct reader *r, struct span span)
{
    while (span.begin < span.end && r->text[span.begin] != '{')
        span.begin++;
    return (struct span){span.begin + 1, span.end - 1};
}

static void read_text(struct reader *r, const struct unit *unit)
{
    enum text_meaning meaning = meaning_of(r, text_inside(r, unit->span));
    switch (meaning) {
    case TEXT_AND:
        end_chain(r, unit->span.begin, unit->span.end);
        break;
    case TEXT_CONDITION:
        end_chain(r, unit->span.begin, unit->span.end);
        read_condition(r);
        r->begin = r->at;
        break;
    case TEXT_LET:
        end_chain(r, unit->span.begin, unit->span.end);
        r->is_let = true;
        break;
    case TEXT_REMARK:
        if (is_empty(trim(r, r->begin, unit->span.begin)) && !r->has_left)
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
    for (uint32_t i = r->end; i > r->claims->items[first].left.begin; i--) {
        if (memcmp(text + i - 1, "\\label{", i + 6 <= r->end ? 7 : 1) != 0 ||
            i + 6 > r->end)
            continue;
        uint32_t begin = i + 6, end = begin;
        while (end < r->end && text[end] != '}')
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
        r->row_first = r->claims->count;
        break;
    case UNIT_TEXT:
        read_text(r, unit);
        break;
    default:
        break;
    }
}

void rows_read(struct rows *rows, const struct display *display)
{
    struct reader r = {.rows = rows,
                       .claims = rows->claims,
                       .text = rows->claims->text.text,
                       .at = display->span.begin,
                       .end = display->span.end,
                       .begin = display->span.begin,
                       .is_let = display->is_let};
    size_t first = r.row_first = r.claims->count;
    struct unit unit;
    while ((unit = next_unit(&r)).kind != UNIT_END)
        read_unit(&r, &unit);
    end_chain(&r, r.end, r.end);
    if (r.claims->count > first)
        read_label(&r, first);
}
