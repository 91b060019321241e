#include "verify/units.h"

#include "base/word.h"

#include <ctype.h>
#include <string.h>

static const struct word {
    const char *name;
    enum unit_kind kind;
    bool is_weak, is_let;
} words[] = {
    {"approx", UNIT_APPROX, false, false},
    {"simeq", UNIT_APPROX, false, false},
    {"equiv", UNIT_EQUAL, false, false},
    {"triangleq", UNIT_EQUAL, false, true},
    {"doteq", UNIT_EQUAL, false, true},
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

static uint32_t group_end(const struct units *u, uint32_t at)
{
    size_t depth = 0;
    for (; at < u->end; at++) {
        if (u->text[at] == '\\')
            at++;
        else if (u->text[at] == '{')
            depth++;
        else if (u->text[at] == '}' && (depth == 0 || --depth == 0))
            return at + 1;
    }
    return u->end;
}

static struct unit make_unit(enum unit_kind kind, uint32_t begin, uint32_t end)
{
    return (struct unit){.kind = kind, .span = {begin, end}};
}

/* `{…}` after blanks; empty if there is none. */
static struct span next_group(const struct units *u, uint32_t at)
{
    at = units_skip_blanks(u, at);
    if (!units_start(u, at, "{"))
        return (struct span){at, at};
    return (struct span){at, group_end(u, at)};
}

static bool group_holds(const struct units *u, struct span group, const char *text)
{
    return memmem(u->text + group.begin, group.end - group.begin, text, strlen(text)) !=
           NULL;
}

/* `\stackrel{(1)}{=}`; with `!` or `?` above it claims nothing. */
static struct unit stacked_unit(const struct units *u, uint32_t at, uint32_t end)
{
    struct span remark = next_group(u, end), sign = next_group(u, remark.end);
    if (units_is_empty(remark) || units_is_empty(sign))
        return make_unit(UNIT_OTHER, at, end);
    struct units inner = {.text = u->text, .at = sign.begin + 1, .end = sign.end - 1};
    struct span inside = units_trim(&inner, inner.at, inner.end);
    inner.at = inside.begin;
    struct unit unit = units_next(&inner);
    if (!units_is_relation(unit.kind) || unit.span.end != inside.end)
        return make_unit(UNIT_OTHER, at, end);
    bool is_claim = !group_holds(u, remark, "!") && !group_holds(u, remark, "?");
    unit.is_let |= group_holds(u, remark, "def");
    unit.kind = is_claim ? unit.kind : UNIT_RELATION;
    unit.span = (struct span){at, sign.end};
    return unit;
}

static bool is_stacked(const struct units *u, uint32_t at, uint32_t end)
{
    static const char *const names[] = {"\\stackrel", "\\overset", "\\underset"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (word_is(names[i], u->text + at, end - at))
            return true;
    return false;
}

static struct unit word_unit(const struct units *u, uint32_t at)
{
    uint32_t end = at + 1;
    while (end < u->end && isalpha((unsigned char)u->text[end]))
        end++;
    if (is_stacked(u, at, end))
        return stacked_unit(u, at, end);
    for (size_t i = 0; i < WORDS; i++) {
        if (!word_is(words[i].name, u->text + at + 1, end - at - 1))
            continue;
        /* `\mathrm d` is no text. */
        if (words[i].kind == UNIT_TEXT && !units_start(u, units_skip_blanks(u, end), "{"))
            break;
        struct unit unit = make_unit(words[i].kind, at, end);
        unit.is_weak = words[i].is_weak;
        unit.is_let = words[i].is_let;
        if (unit.kind == UNIT_TEXT)
            unit.span.end = group_end(u, end);
        else if (unit.is_weak && end + 2 <= u->end && memcmp(u->text + end, "{}", 2) == 0)
            unit.span.end += 2;
        return unit;
    }
    return make_unit(UNIT_OTHER, at, end);
}

/* `\\`, `\\*`, `\\[2pt]` */
static struct unit row_unit(const struct units *u, uint32_t at)
{
    uint32_t end = at + 2;
    if (end < u->end && u->text[end] == '*')
        end++;
    if (end < u->end && u->text[end] == '[' && isdigit((unsigned char)u->text[end + 1])) {
        while (end < u->end && u->text[end] != ']')
            end++;
        end += end < u->end;
    }
    return make_unit(UNIT_ROW, at, end);
}

static struct unit backslash_unit(const struct units *u, uint32_t at)
{
    char next = at + 1 < u->end ? u->text[at + 1] : ' ';
    if (next == '\\')
        return row_unit(u, at);
    if (isalpha((unsigned char)next))
        return word_unit(u, at);
    return make_unit(UNIT_OTHER, at, at + 2 < u->end ? at + 2 : u->end);
}

bool units_start(const struct units *u, uint32_t at, const char *word)
{
    size_t length = strlen(word);
    return at + length <= u->end && memcmp(u->text + at, word, length) == 0;
}

/* A relation that is written without a command. */
static struct unit sign_unit(const struct units *u, uint32_t at)
{
    static const char *const equals[] = {"{=}", "≡", "＝", "≜", "≝"};
    static const char *const relations[] = {":=", "≔", "<", ">", "→",
                                            "←",  "≠", "≤", "≥", "∝"};
    for (size_t i = 0; i < sizeof equals / sizeof *equals; i++)
        if (units_start(u, at, equals[i]))
            return make_unit(UNIT_EQUAL, at, at + (uint32_t)strlen(equals[i]));
    if (units_start(u, at, "≈") || units_start(u, at, "≃"))
        return make_unit(UNIT_APPROX, at, at + 3);
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
        if (units_start(u, at, relations[i]))
            return make_unit(UNIT_RELATION, at, at + (uint32_t)strlen(relations[i]));
    return make_unit(UNIT_OTHER, at, at + 1);
}

static struct unit character_unit(const struct units *u, uint32_t at)
{
    struct unit unit = make_unit(UNIT_OTHER, at, at + 1);
    char c = u->text[at];
    if (c == '=')
        unit.kind = UNIT_EQUAL;
    else if (c == '&')
        unit.kind = UNIT_MARK;
    else if (c == ',' || c == ';')
        unit.kind = UNIT_SEPARATOR;
    else if ((c & 0x80) || strchr(":<>{", c))
        return sign_unit(u, at);
    unit.is_weak = unit.kind == UNIT_SEPARATOR;
    return unit;
}

/* How a bracket at a place changes the depth. */
static int bracket_change(const struct units *u, const struct unit *unit)
{
    char c = u->text[unit->span.begin];
    if (c == '\\') {
        c = u->text[unit->span.begin + 1];
        return c == '{' ? 1 : c == '}' ? -1 : 0;
    }
    return c == '(' || c == '[' || c == '{'   ? 1
           : c == ')' || c == ']' || c == '}' ? -1
                                              : 0;
}

static bool is_fence(const struct units *u, const struct unit *unit, const char *word)
{
    size_t length = strlen(word);
    return unit->span.end - unit->span.begin == length &&
           memcmp(u->text + unit->span.begin, word, length) == 0;
}

struct unit units_next(struct units *u)
{
    if (u->at >= u->end)
        return make_unit(UNIT_END, u->end, u->end);
    struct unit unit =
        u->text[u->at] == '\\' ? backslash_unit(u, u->at) : character_unit(u, u->at);
    u->at = unit.span.end;
    if (is_fence(u, &unit, "\\left") || is_fence(u, &unit, "\\right")) {
        /* The delimiter itself, which may be a point, counts no more. */
        u->depth += is_fence(u, &unit, "\\left") ? 1 : -1;
        while (u->at < u->end && isspace((unsigned char)u->text[u->at]))
            u->at++;
        u->at += units_start(u, u->at, "\\") ? 2 : 1;
        return make_unit(UNIT_OTHER, unit.span.begin, u->at);
    }
    /* What is left of environments is no alignment, but a bracket. */
    if (is_fence(u, &unit, "\\begin") || is_fence(u, &unit, "\\end"))
        u->depth += is_fence(u, &unit, "\\begin") ? 1 : -1;
    u->depth += unit.kind == UNIT_OTHER ? bracket_change(u, &unit) : 0;
    if (u->depth < 0)
        u->depth = 0;
    if (u->depth > 0 && unit.kind != UNIT_ROW && unit.kind != UNIT_MARK)
        unit.kind = UNIT_OTHER;
    return unit;
}

static bool is_edge(char c)
{
    return isspace((unsigned char)c) || c == ',' || c == '.' || c == ';' || c == ':';
}

/* Spacing commands at the edge of an expression: `\,`, `\;`, `\!`, `\ `. */
static bool is_space_command(const struct units *u, uint32_t at)
{
    return u->text[at] == '\\' && at + 1 < u->end && strchr(",;:! ", u->text[at + 1]);
}

struct span units_trim(const struct units *u, uint32_t begin, uint32_t end)
{
    bool moved = true;
    while (moved && begin < end) {
        moved = false;
        if (isspace((unsigned char)u->text[begin]) || u->text[begin] == ',' ||
            u->text[begin] == ':') {
            begin++;
            moved = true;
        } else if (end - begin >= 2 && is_space_command(u, begin)) {
            begin += 2;
            moved = true;
        } else if (end - begin >= 2 && is_space_command(u, end - 2)) {
            end -= 2;
            moved = true;
        } else if (is_edge(u->text[end - 1])) {
            end--;
            moved = true;
        }
    }
    return (struct span){begin, end};
}

bool units_is_empty(struct span span)
{
    return span.begin >= span.end;
}

uint32_t units_skip_blanks(const struct units *u, uint32_t at)
{
    while (at < u->end && isspace((unsigned char)u->text[at]))
        at++;
    return at;
}

bool units_is_relation(enum unit_kind kind)
{
    return kind == UNIT_EQUAL || kind == UNIT_APPROX || kind == UNIT_RELATION;
}
