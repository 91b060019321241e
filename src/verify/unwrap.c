#include "verify/unwrap.h"

#include "base/memory.h"
#include "verify/mask.h"
#include "verify/units.h"

#include <ctype.h>
#include <string.h>

/* A bracket that is still open. */
struct opener {
    struct span span;
    bool is_alone;      /* nothing stands before it in its equation */
    bool has_relation;  /* within it, but in no bracket in it */
    bool is_at_begin;   /* of an equation within it */
    bool may_be_remark; /* a relation stands before it in its row: `(k = 1)` */
};

struct unwrapper {
    struct claims *claims;
    struct units units;
    struct opener *open; /* the first stands for the display */
    size_t count, capacity;
    bool has_relation; /* the row, so far */
};

static void push(struct unwrapper *w, struct span span, bool is_alone)
{
    if (w->count == w->capacity) {
        w->capacity = 2 * w->capacity + 16;
        w->open = memory_array(w->open, w->capacity, sizeof *w->open);
    }
    w->open[w->count++] = (struct opener){.span = span,
                                          .is_alone = is_alone,
                                          .is_at_begin = true,
                                          .may_be_remark = w->has_relation};
}

static struct opener *top(struct unwrapper *w)
{
    return &w->open[w->count - 1];
}

/* The next unit, as if no bracket were around it. */
static struct unit next(struct units *units)
{
    units->depth = 0;
    return units_next(units);
}

static bool is_text(const struct unwrapper *w, struct span span, const char *text)
{
    return span.end - span.begin == strlen(text) &&
           memcmp(w->units.text + span.begin, text, strlen(text)) == 0;
}

static bool is_among(const struct unwrapper *w, struct span span,
                     const char *const *texts)
{
    while (*texts && !is_text(w, span, *texts))
        texts++;
    return *texts != NULL;
}

static bool is_opener(const struct unwrapper *w, struct span span)
{
    static const char *const texts[] = {"(", "[", "{", "\\{", NULL};
    return is_among(w, span, texts) || units_start(&w->units, span.begin, "\\left");
}

static bool is_closer(const struct unwrapper *w, struct span span)
{
    static const char *const texts[] = {")", "]", "}", "\\}", NULL};
    return is_among(w, span, texts) || units_start(&w->units, span.begin, "\\right");
}

static bool is_space(const struct unwrapper *w, struct span span)
{
    static const char *const texts[] = {".", "\\,", "\\;", "\\:", "\\!", "\\ ", NULL};
    return isspace((unsigned char)w->units.text[span.begin]) || is_among(w, span, texts);
}

static bool is_round(const struct unwrapper *w, struct span close)
{
    static const char *const texts[] = {")", "\\right)", NULL};
    return is_among(w, close, texts);
}

/* Whether the pair says nothing about what stands in it; `\{ \}` is a set. */
static bool is_transparent(const struct unwrapper *w, const struct opener *opener,
                           struct span close)
{
    struct span open = opener->span;
    static const char *const pairs[][2] = {{"{", "}"},
                                           {"(", ")"},
                                           {"\\left(", "\\right)"},
                                           {"\\left\\{", "\\right."},
                                           {"\\left.", "\\right\\}"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (is_text(w, open, pairs[i][0]) && is_text(w, close, pairs[i][1]))
            return !(opener->may_be_remark && is_round(w, close));
    return false;
}

/* Whether the equation ends here. */
static bool is_at_end(const struct unwrapper *w)
{
    struct units ahead = w->units;
    struct unit unit;
    do
        unit = next(&ahead);
    while (unit.kind == UNIT_OTHER && is_space(w, unit.span));
    return unit.kind != UNIT_OTHER || is_closer(w, unit.span);
}

static void close_bracket(struct unwrapper *w, struct span close)
{
    struct opener opener = *top(w);
    if (w->count == 1)
        return;
    w->count--;
    top(w)->is_at_begin = false;
    if (!opener.has_relation || !opener.is_alone || !is_transparent(w, &opener, close) ||
        !is_at_end(w))
        return;
    top(w)->has_relation = true;
    mask_span(w->claims, opener.span);
    mask_span(w->claims, close);
}

static void see(struct unwrapper *w, const struct unit *unit)
{
    struct opener *opener = top(w);
    if (unit->kind == UNIT_EQUAL || unit->kind == UNIT_APPROX)
        opener->has_relation = w->has_relation = true;
    if (unit->kind == UNIT_ROW)
        w->has_relation = false;
    if (unit->kind != UNIT_OTHER)
        opener->is_at_begin = true;
    else if (is_closer(w, unit->span))
        close_bracket(w, unit->span);
    else if (is_opener(w, unit->span))
        push(w, unit->span, opener->is_at_begin);
    else if (!is_space(w, unit->span))
        opener->is_at_begin = false;
}

/* --- whether there is anything to take away --- */

static bool is_equality(const char *text, uint32_t at, uint32_t end)
{
    static const char *const words[] = {"\\approx", "\\simeq", "\\equiv", "\\triangleq",
                                        "\\doteq"};
    if (text[at] != '\\')
        return text[at] == '=' || (text[at] & 0x80);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);
        if (end - at >= length && memcmp(text + at, words[i], length) == 0)
            return true;
    }
    return false;
}

static bool begins_script(const char *text, struct span display, uint32_t at)
{
    return text[at] == '{' && at > display.begin &&
           (text[at - 1] == '_' || text[at - 1] == '^');
}

/* Whether a sign of equality stands in a bracket that is none of a script: in few
   displays one does. */
static bool has_inner_equality(const char *text, struct span display)
{
    size_t depth = 0, script = 0; /* the depth from which on they are of a script */
    for (uint32_t i = display.begin; i < display.end; i++) {
        if (strchr("([{", text[i])) {
            depth++;
            if (!script && begins_script(text, display, i))
                script = depth;
        } else if (strchr(")]}", text[i])) {
            script = script == depth ? 0 : script;
            depth -= depth > 0;
        } else if (depth > 0 && !script && is_equality(text, i, display.end)) {
            return true;
        }
    }
    return false;
}

void unwrap_display(struct claims *claims, struct span display)
{
    if (!has_inner_equality(claims->text.text, display))
        return;
    struct unwrapper w = {
        .claims = claims,
        .units = {.text = claims->text.text, .at = display.begin, .end = display.end}};
    struct unit unit;
    push(&w, (struct span){display.begin, display.begin}, false);
    while ((unit = next(&w.units)).kind != UNIT_END)
        see(&w, &unit);
    memory_free(w.open);
}
