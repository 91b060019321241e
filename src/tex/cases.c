#include "tex/cases.h"

#include "tex/tree.h"

#include <ctype.h>
#include <string.h>

static struct parse_node *make(struct arena *arena, enum parse_kind kind,
                               struct parse_node *a, struct parse_node *b)
{
    struct parse_node *parts[] = {a, b};
    struct span span = b ? span_join(a->span, b->span) : a->span;
    return tree_make(arena, kind, span, parts, b ? 2 : 1);
}

/* Whether two sides are written alike but for blanks. */
static bool is_same(const struct source *source, struct span a, struct span b)
{
    for (;;) {
        while (a.begin < a.end && isspace((unsigned char)source->text[a.begin]))
            a.begin++;
        while (b.begin < b.end && isspace((unsigned char)source->text[b.begin]))
            b.begin++;
        if (a.begin == a.end || b.begin == b.end)
            return a.begin == a.end && b.begin == b.end;
        if (source->text[a.begin++] != source->text[b.begin++])
            return false;
    }
}

/* Whether one relation holds exactly where the other does not. */
static bool is_complement(const struct source *source, const struct parse_node *a,
                          const struct parse_node *b)
{
    static const char *const pairs[][2] = {{"=", "\\neq"}, {"<", "\\ge"}, {">", "\\le"}};
    if (a->kind != PARSE_RELATION || b->kind != PARSE_RELATION || a->count != 2 ||
        b->count != 2 || !is_same(source, a->parts[0]->span, b->parts[0]->span) ||
        !is_same(source, a->parts[1]->span, b->parts[1]->span))
        return false;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        for (int k = 0; k < 2; k++)
            if (strcmp(a->text, pairs[i][k]) == 0 && strcmp(b->text, pairs[i][!k]) == 0)
                return true;
    return false;
}

/* 1 - [c] */
static struct parse_node *fails(struct arena *arena, struct parse_node *holds)
{
    struct parse_node *one = tree_leaf(arena, PARSE_NUMBER, holds->span, "1");
    struct parse_node *sum =
        make(arena, PARSE_SUM, one, make(arena, PARSE_NEGATE, holds, NULL));
    struct parse_node *bracket = make(arena, PARSE_BRACKET, sum, NULL);
    bracket->text = "(";
    return bracket;
}

static struct parse_node *in_brackets(struct arena *arena, struct parse_node *value)
{
    struct parse_node *bracket = make(arena, PARSE_BRACKET, value, NULL);
    bracket->text = "(";
    return bracket;
}

struct parse_node *cases_make(struct arena *arena, const struct source *source,
                              const struct parse_node *call)
{
    size_t count = call->count;
    struct parse_node *const *parts = call->parts;
    bool is_told =
        count % 2 == 1 || (count == 4 && is_complement(source, parts[1], parts[3]));
    if (count < 3 || !is_told)
        return NULL;
    struct parse_node *rest = in_brackets(arena, parts[(count - 1) / 2 * 2]);
    for (size_t i = (count - 1) / 2 * 2; i >= 2; i -= 2) {
        if (parts[i - 1]->kind != PARSE_RELATION || parts[i - 2]->kind == PARSE_RELATION)
            return NULL;
        struct parse_node *holds = make(arena, PARSE_INDICATOR, parts[i - 1], NULL);
        struct parse_node *value = in_brackets(arena, parts[i - 2]);
        rest = in_brackets(
            arena, make(arena, PARSE_SUM, make(arena, PARSE_PRODUCT, holds, value),
                        make(arena, PARSE_PRODUCT, fails(arena, holds), rest)));
    }
    rest->span = call->span;
    return rest;
}
