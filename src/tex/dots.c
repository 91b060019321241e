#include "tex/dots.h"

#include "base/memory.h"
#include "tex/index.h"
#include "tex/tree.h"

#include <stdio.h>
#include <string.h>

/* Two trees that are compared, part by part; what `a` becomes with the letter in place of
   the integer that differs. */
struct pair {
    const struct parse_node *a, *b;
    struct parse_node **copy;
};

struct comparison {
    const struct elaborate *context;
    struct arena *arena;
    const char *letter; /* no name is spelt so, nor the letter of dots around these */
    struct pair *pairs;
    size_t count, capacity;
    bool differs;
    long from, to; /* where it differs, always the same */
};

static void push(struct comparison *c, struct pair pair)
{
    if (c->count == c->capacity) {
        c->capacity = 2 * c->capacity + 32;
        c->pairs = memory_array(c->pairs, c->capacity, sizeof *c->pairs);
    }
    c->pairs[c->count++] = pair;
}

static bool is_leaf(const struct parse_node *node)
{
    return (node->kind == PARSE_NUMBER || node->kind == PARSE_NAME) && node->count == 0;
}

static bool same_text(const struct parse_node *a, const struct parse_node *b)
{
    return strcmp(a->text, b->text) == 0;
}

/* `w_{11} \cdots w_{31}` has two readings, 21 and three terms. */
static bool is_clear(long from, long to)
{
    return from < 10 || to < 10 || (from >= 100) != (to >= 100) || from / 10 == to / 10;
}

/* Two leaves that differ: an integer of the run and another. */
static bool read_difference(struct comparison *c, const struct pair *pair)
{
    long from, to;
    if (!index_limit(c->context, pair->a, &from) ||
        !index_limit(c->context, pair->b, &to) || !is_clear(from, to) ||
        (c->differs && (from != c->from || to != c->to)))
        return false;
    c->differs = true;
    c->from = from;
    c->to = to;
    *pair->copy = tree_leaf(c->arena, PARSE_NAME, pair->a->span, c->letter);
    return true;
}

static bool compare_pair(struct comparison *c, const struct pair *pair)
{
    const struct parse_node *a = pair->a, *b = pair->b;
    *pair->copy = NULL;
    if (!a || !b)
        return a == b;
    if (is_leaf(a) && is_leaf(b) && (a->kind != b->kind || !same_text(a, b)))
        return read_difference(c, pair);
    if (a->kind != b->kind || a->count != b->count || !same_text(a, b))
        return false;
    struct parse_node *copy = tree_make(c->arena, a->kind, a->span, a->parts, a->count);
    copy->text = a->text;
    *pair->copy = copy;
    for (size_t i = 0; i < a->count; i++)
        push(c, (struct pair){a->parts[i], b->parts[i], &copy->parts[i]});
    return true;
}

/* Whether two trees are the same but for one integer; the first with the letter for it.
 */
static bool compare(struct comparison *c, const struct parse_node *a,
                    const struct parse_node *b, struct parse_node **copy)
{
    bool alike = true;
    c->count = 0;
    c->differs = false;
    push(c, (struct pair){a, b, copy});
    while (alike && c->count > 0) {
        struct pair pair = c->pairs[--c->count];
        alike = compare_pair(c, &pair);
    }
    return alike && c->differs;
}

static bool is_dots(const struct parse_node *node)
{
    return node->kind == PARSE_DOTS ||
           (node->kind == PARSE_NEGATE && node->parts[0]->kind == PARSE_DOTS);
}

/* The number of dots, and where the last are. */
static size_t count_dots(const struct parse_node *node, size_t *place)
{
    size_t count = 0;
    for (size_t i = 0; i < node->count; i++)
        if (is_dots(node->parts[i])) {
            *place = i;
            count++;
        }
    return count;
}

static const struct parse_node *refuse(const struct elaborate *context,
                                       const struct parse_node *dots)
{
    diag_at(context->diags, DIAG_FORMULA_DOTS,
            (struct place){context->source, dots->span}, (char *)NULL);
    return NULL;
}

/* The terms between the one before the dots and the one after them; NULL if the pattern
   is not clear. */
static struct parse_node *read_pattern(struct comparison *c,
                                       const struct parse_node *node, size_t dots)
{
    struct parse_node *template, *ignored;
    const struct parse_node *before = node->parts[dots - 1];
    bool negative = before->kind == PARSE_NEGATE;
    if ((node->parts[dots]->kind == PARSE_NEGATE) != negative)
        return NULL;
    if (dots > 1 && compare(c, node->parts[dots - 2], before, &ignored) &&
        c->to != c->from + 1)
        return NULL;
    if (!compare(c, before, node->parts[dots + 1], &template) || c->to <= c->from)
        return NULL;
    char limits[2][24];
    snprintf(limits[0], sizeof limits[0], "%ld", c->from + 1);
    snprintf(limits[1], sizeof limits[1], "%ld", c->to);
    struct span span = node->parts[dots]->span;
    struct parse_node *parts[] = {tree_leaf(c->arena, PARSE_NAME, span, c->letter), NULL,
                                  NULL, template};
    for (int i = 0; i < 2; i++)
        parts[1 + i] = tree_leaf(c->arena, PARSE_NUMBER, span,
                                 arena_strndup(c->arena, limits[i], strlen(limits[i])));
    struct parse_node *big = tree_make(c->arena, PARSE_BIG, span, parts, 4);
    big->text = node->kind == PARSE_SUM ? "\\sum" : "\\prod";
    return big;
}

const struct parse_node *dots_fill(const struct elaborate *context, struct arena *arena,
                                   const struct parse_node *node)
{
    size_t dots = 0, count = count_dots(node, &dots);
    if (count == 0)
        return node;
    if (count > 1 || dots == 0 || dots + 1 == node->count)
        return refuse(context, node->parts[dots]);
    char letter[32];
    int length = snprintf(letter, sizeof letter, "\\cdots%zu", context->bindings->count);
    struct comparison c = {.context = context,
                           .arena = arena,
                           .letter = arena_strndup(arena, letter, (size_t)length)};
    struct parse_node *terms = read_pattern(&c, node, dots);
    memory_free(c.pairs);
    if (!terms)
        return refuse(context, node->parts[dots]);
    struct parse_node *filled =
        tree_make(arena, node->kind, node->span, node->parts, node->count);
    filled->parts[dots] = terms;
    filled->count--;
    for (size_t i = dots + 1; i < filled->count; i++)
        filled->parts[i] = node->parts[i + 1];
    return filled;
}
