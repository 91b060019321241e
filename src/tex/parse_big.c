/* Sums, products and path sums: what stands below them, and what they come down to. */
#include "tex/parser.h"

#include "base/language.h"

#include <string.h>

/* What one letter of a big operator runs through. */
struct letter {
    struct parse_node *name, *first, *last, *condition;
};

static bool is_relation(const struct parse_node *node, const char *signs)
{
    return node && node->kind == PARSE_RELATION && strcmp(node->text, signs) == 0;
}

static bool is_bare(const struct parse_node *node)
{
    return node->kind == PARSE_NAME && node->count == 0;
}

static bool same_name(const struct parse_node *a, const struct parse_node *b)
{
    return is_bare(a) && is_bare(b) && strcmp(a->text, b->text) == 0;
}

bool parser_attach_limit(struct parser *p, struct parse_node *big, enum parse_kind kind,
                         struct parse_node *script)
{
    size_t place = kind == PARSE_SUB ? 0 : 2;
    if (big->parts[place])
        return parser_fail(p, DIAG_FORMULA_TWO_SCRIPTS, script->span,
                           NC_("diagnostic", "limit"));
    big->parts[place] = script;
    return true;
}

/* `k`, `k=1`, `j \neq i`, `j \in …`, `1 \le k \le n`. False if it is something else. */
static bool read_letter(struct parse_node *item, struct letter *letter)
{
    *letter = (struct letter){.name = item};
    bool is_range = is_relation(item, "\\le \\le");
    bool is_first = is_relation(item, "=") && item->count == 2;
    bool is_condition =
        (is_relation(item, "\\neq") || is_relation(item, "\\in")) && item->count == 2;
    if (is_range || is_first || is_condition)
        letter->name = item->parts[is_range];
    if (is_range)
        letter->first = item->parts[0];
    if (is_range)
        letter->last = item->parts[2];
    if (is_first)
        letter->first = item->parts[1];
    if (is_condition)
        letter->condition = item;
    return is_bare(letter->name);
}

static bool merge(struct letter *into, const struct letter *more)
{
    if (!more->first && !more->last && !more->condition)
        return false;
    if ((into->first && more->first) || (into->condition && more->condition) ||
        (into->last && more->last))
        return false;
    into->first = into->first ? into->first : more->first;
    into->last = into->last ? into->last : more->last;
    into->condition = into->condition ? into->condition : more->condition;
    return true;
}

/* The letters of `i,j` and of `j=1, j\neq i`; how many, 0 if they are no letters. */
static size_t read_letters(struct parse_node *const *items, size_t count,
                           struct letter *letters)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (!read_letter(items[i], &letters[found]))
            return 0;
        bool again = found > 0 && same_name(letters[found - 1].name, letters[found].name);
        if (again && !merge(&letters[found - 1], &letters[found]))
            return 0;
        found += !again;
    }
    return found;
}

static struct parse_node *make_big(struct arena *arena, const struct parse_node *big,
                                   const struct letter *letter, struct parse_node *body)
{
    struct parse_node *parts[] = {letter->name, letter->first, letter->last, body,
                                  letter->condition};
    struct parse_node *node =
        tree_make(arena, PARSE_BIG, span_join(big->span, body->span), parts,
                  letter->condition ? 5 : 4);
    node->text = big->text;
    return node;
}

/* `\sum_{i,j=1}^n`: the limits are for all letters. */
static void share_limits(struct letter *letters, size_t count, struct parse_node *last)
{
    struct parse_node *first = letters[count - 1].first;
    for (size_t i = 0; i < count; i++) {
        if (!letters[i].last)
            letters[i].last = last;
        if (!letters[i].first)
            letters[i].first = first;
    }
}

/* --- path sums --- */

/* `\prod_{w\in p}w` */
static bool is_weight_product(const struct parse_node *product,
                              const struct parse_node *path)
{
    return product->count == 5 && is_relation(product->parts[4], "\\in") &&
           same_name(product->parts[0], product->parts[3]) &&
           same_name(product->parts[4]->parts[1], path);
}

/* `\prod_{u\to v\in p}\frac{\partial v}{\partial u}` */
static bool is_derivative_product(const struct parse_node *product,
                                  const struct parse_node *path)
{
    const struct parse_node *below = product->parts[0], *body = product->parts[3];
    return is_relation(below, "\\to \\in") && body->kind == PARSE_DERIVATIVE &&
           same_name(below->parts[0], body->parts[1]) &&
           same_name(below->parts[1], body->parts[0]) && same_name(below->parts[2], path);
}

/* `\sum_{p:a\to b}` over such a product; NULL if it is something else. */
static struct parse_node *read_paths(struct arena *arena, const struct parse_node *big,
                                     const struct parse_node *body)
{
    const struct parse_node *below = big->parts[0];
    if (!is_relation(below, ": \\to") || strcmp(big->text, "\\sum") != 0 ||
        body->kind != PARSE_BIG || strcmp(body->text, "\\prod") != 0 || big->parts[2] ||
        body->parts[1] || body->parts[2])
        return NULL;
    bool weights = is_weight_product(body, below->parts[0]);
    if (!weights && !is_derivative_product(body, below->parts[0]))
        return NULL;
    struct parse_node *paths = tree_make(
        arena, PARSE_PATHS, span_join(big->span, body->span), below->parts + 1, 2);
    paths->text = weights ? "weights" : "derivatives";
    return paths;
}

/* --- complete --- */

struct parse_node *parser_complete_big(struct parser *p, struct parse_node *big,
                                       struct parse_node *body)
{
    struct arena *arena = parser_arena(p);
    struct parse_node *paths = read_paths(arena, big, body);
    if (paths)
        return paths;
    struct parse_node *below = big->parts[0];
    bool list = below->kind == PARSE_LIST;
    size_t count = list ? below->count : 1;
    struct letter *letters = arena_array(arena, count, sizeof *letters);
    count = read_letters(list ? below->parts : &below, count, letters);
    if (count == 0) {
        letters[0] = (struct letter){.name = below, .last = big->parts[2]};
        return make_big(arena, big, &letters[0], body);
    }
    share_limits(letters, count, big->parts[2]);
    for (size_t i = count; i > 0; i--)
        body = make_big(arena, big, &letters[i - 1], body);
    return body;
}
