/* Edits of names: another index, another name, another exponent. */
#include "tex/index.h"
#include "tex/tree.h"
#include "verify/repair_parts.h"

#include <string.h>

enum { LEAVES = 8, DEPTH = 6, MOST_EXPONENT = 4 };

/* The leaves of one script of a name. */
struct leaves {
    const struct parse_node *items[LEAVES];
    size_t count;
};

/* Recursion ends at `depth`. */
static void collect(struct leaves *leaves, const struct parse_node *node, int depth)
{
    bool is_leaf =
        node->count == 0 && (node->kind == PARSE_NUMBER || node->kind == PARSE_NAME);
    if (is_leaf && leaves->count < LEAVES)
        leaves->items[leaves->count++] = node;
    for (size_t i = 0; i < node->count && depth > 0; i++)
        collect(leaves, node->parts[i], depth - 1);
}

static const struct parse_node *node_of(const struct repairing *r, size_t spot)
{
    return r->spots.items[spot].node;
}

/* The argument of a function that is one name has a reason of its own. */
static enum repair_kind kind_of(const struct repairing *r, size_t spot,
                                enum repair_kind kind)
{
    long parent = r->spots.items[spot].parent;
    bool is_argument = parent >= 0 && node_of(r, (size_t)parent)->kind == PARSE_CALL;
    return is_argument ? REPAIR_ARGUMENT : kind;
}

static enum index_reading reading_of(struct repairing *r, const struct parse_node *name)
{
    struct buf canonical;
    buf_init(&canonical);
    enum index_reading reading = repair_read_name(r, name, &canonical);
    buf_clear(&canonical);
    return reading;
}

static enum index_reading reading_of_text(struct repairing *r, const char *text)
{
    struct source source;
    const struct parse_node *name = repair_parse(r, text, strlen(text), &source);
    return name && name->kind == PARSE_NAME ? reading_of(r, name) : INDEX_NONE;
}

/* The name with a part of its text replaced. */
static void try_name(struct repairing *r, size_t spot, enum repair_kind kind,
                     struct span part, const char *after)
{
    struct span span = node_of(r, spot)->span;
    const char *text = repair_replaced(r, span, part, after);
    if (reading_of_text(r, text) == reading_of(r, node_of(r, spot)))
        repair_try(r, (struct edit){.kind = kind_of(r, spot, kind),
                                    .span = span,
                                    .after = text,
                                    .spot = spot,
                                    .test = EDIT_PUT,
                                    .expression = r->spots.items[spot].is_place
                                                      ? repair_read(r, text)
                                                      : 0});
}

/* --- indices --- */

static void try_digits(struct repairing *r, size_t spot, struct span digits)
{
    for (uint32_t at = digits.begin; at < digits.end; at++)
        for (char c = '0'; c <= '9'; c++)
            if (r->text[at] != c)
                try_name(r, spot, REPAIR_INDEX, (struct span){at, at + 1},
                         (char[]){c, '\0'});
}

static void try_letters(struct repairing *r, size_t spot, struct span letters)
{
    bool is_command = r->text[letters.begin] == '\\';
    for (uint32_t at = letters.begin; at < letters.end; at++) {
        struct span one = is_command ? letters : (struct span){at, at + 1};
        for (size_t i = 0; i < r->letter_count; i++)
            if (strlen(r->letters[i]) != one.end - one.begin ||
                memcmp(r->letters[i], r->text + one.begin, one.end - one.begin) != 0)
                try_name(r, spot, REPAIR_INDEX, one, r->letters[i]);
        if (is_command)
            return;
    }
}

/* Two neighbours change places: within a run, `w_{12}`, or beside a comma. */
static void try_swapped(struct repairing *r, size_t spot, struct span a, struct span b)
{
    struct span both = {a.begin, b.end};
    const char *text =
        repair_format(r, "%.*s%.*s%.*s", (int)(b.end - b.begin), r->text + b.begin,
                      (int)(b.begin - a.end), r->text + a.end, (int)(a.end - a.begin),
                      r->text + a.begin);
    if (strncmp(text, r->text + both.begin, both.end - both.begin) != 0)
        try_name(r, spot, REPAIR_INDEX, both, text);
}

static void try_indices(struct repairing *r, size_t spot, const struct parse_node *script)
{
    struct leaves leaves = {.count = 0};
    collect(&leaves, script, DEPTH);
    for (size_t i = 0; i < leaves.count; i++) {
        struct span span = leaves.items[i]->span;
        if (leaves.items[i]->kind == PARSE_NUMBER)
            try_digits(r, spot, span);
        else
            try_letters(r, spot, span);
        for (uint32_t at = span.begin; at + 1 < span.end && r->text[span.begin] != '\\';
             at++)
            try_swapped(r, spot, (struct span){at, at + 1},
                        (struct span){at + 1, at + 2});
        if (i > 0)
            try_swapped(r, spot, leaves.items[i - 1]->span, span);
    }
}

/* --- exponents --- */

/* From the sign `^` to the end of the script. */
static struct span script_span(const struct repairing *r, const struct parse_node *script)
{
    struct span span = script->span;
    while (span.begin > 0 && r->text[span.begin] != '^')
        span.begin--;
    while (r->text[span.end] == ' ')
        span.end++;
    bool is_braced = strcspn(r->text + span.begin, "{") < script->span.begin - span.begin;
    span.end = is_braced && r->text[span.end] == '}' ? span.end + 1 : script->span.end;
    return span;
}

static void try_exponent(struct repairing *r, size_t spot,
                         const struct parse_node *script)
{
    struct span span = script_span(r, script);
    struct span power = span_join(node_of(r, spot)->span, span);
    for (int n = 1; n <= MOST_EXPONENT; n++) {
        const char *exponent = n == 1 ? "" : repair_format(r, "^%d", n);
        repair_try(r, (struct edit){.kind = REPAIR_EXPONENT,
                                    .span = power,
                                    .after = repair_replaced(r, power, span, exponent),
                                    .spot = spot,
                                    .test = EDIT_PUT});
    }
}

static void try_square(struct repairing *r, size_t spot, bool is_braced)
{
    struct span span = node_of(r, spot)->span;
    const char *base = repair_copy(r, span);
    repair_try(r, (struct edit){.kind = REPAIR_EXPONENT,
                                .span = span,
                                .after = is_braced ? repair_format(r, "{%s}^2", base)
                                                   : repair_format(r, "%s^2", base),
                                .spot = spot,
                                .test = EDIT_PUT});
}

/* Whether the name with `^2` is another name. */
static bool is_index_name(struct repairing *r, const struct parse_node *name)
{
    const char *text = repair_format(r, "%s^2", repair_copy(r, name->span));
    return reading_of_text(r, text) == INDEX_NAME;
}

static void edit_scripts(struct repairing *r, size_t spot)
{
    const struct parse_node *name = node_of(r, spot);
    const struct parse_node *sub = tree_script(name, PARSE_SUB);
    const struct parse_node *sup = tree_script(name, PARSE_SUP);
    bool is_power = sup && reading_of(r, name) == INDEX_POWER;
    if (sub)
        try_indices(r, spot, sub);
    if (sup && !is_power)
        try_indices(r, spot, sup);
    if (is_power)
        try_exponent(r, spot, sup);
    else
        try_square(r, spot, sup || is_index_name(r, name));
}

/* --- other names --- */

static bool is_of_family(const struct parse_node *name, const struct word *word)
{
    size_t length = strlen(name->text);
    return strncmp(word->text, name->text, length) == 0 &&
           strchr("_^", word->text[length]) && word->text[length];
}

/* On the left side, what stands there tells what is meant: another one of its family. */
static bool may_stand_for(const struct repairing *r, const struct spot *at,
                          const struct word *word)
{
    return repair_fits(at, word) && word->expression != at->expression &&
           (!r->is_left || is_of_family(at->node, word));
}

static void try_words(struct repairing *r, size_t spot)
{
    const struct spot *at = &r->spots.items[spot];
    for (size_t i = 0; i < r->names.count; i++) {
        const struct word *word = &r->names.items[i];
        if (!may_stand_for(r, at, word))
            continue;
        repair_try(r, (struct edit){.kind = kind_of(r, spot, REPAIR_NAME),
                                    .span = at->node->span,
                                    .after = word->text,
                                    .spot = spot,
                                    .test = EDIT_PUT,
                                    .expression = at->is_place ? word->expression : 0});
    }
}

void repair_edit_name(struct repairing *r, size_t spot)
{
    const struct parse_node *node = node_of(r, spot);
    if (node->kind == PARSE_NAME) {
        edit_scripts(r, spot);
        try_words(r, spot);
    } else if (node->kind == PARSE_POWER) {
        try_exponent(r, spot, node->parts[1]);
    } else if (node->kind == PARSE_BRACKET && node->text[0] == '(') {
        try_square(r, spot, false);
    }
}
