/* What an edit may put in: names of the line and its neighbours, factors and terms of the
   chain rule, small numbers. */
#include "base/memory.h"
#include "base/name.h"
#include "expr/diff.h"
#include "tex/apply.h"
#include "tex/index.h"
#include "tex/tree.h"
#include "verify/repair_parts.h"
#include "verify/respell.h"
#include "verify/script.h"
#include "verify/split.h"
#include "verify/terms.h"

#include <string.h>

enum {
    MOST_NAMES = 64,
    MOST_STEPS = 64, /* around the line whose names are taken */
    MOST_PATHS = 64,
    MOST_TERMS = 512,
    MOST_FACTORS = 256
};

static void add(struct words *words, struct word word, size_t most)
{
    for (size_t i = 0; i < words->count; i++)
        if (strcmp(words->items[i].text, word.text) == 0)
            return;
    if (words->count == most || !word.expression)
        return;
    if (words->count == words->capacity) {
        words->capacity = 2 * words->capacity + 32;
        words->items = memory_array(words->items, words->capacity, sizeof *words->items);
    }
    words->items[words->count++] = word;
}

/* --- names --- */

static void add_letter(struct repairing *r, const char *letter)
{
    for (size_t i = 0; i < r->letter_count; i++)
        if (strcmp(r->letters[i], letter) == 0)
            return;
    if (r->letter_count < REPAIR_LETTERS)
        r->letters[r->letter_count++] = arena_strndup(&r->arena, letter, strlen(letter));
}

static void add_letters(struct repairing *r, const struct occurrence *occurrence)
{
    static const enum parse_kind kinds[] = {PARSE_SUB, PARSE_SUP};
    for (int k = 0; k < 2; k++) {
        struct script script;
        script_read(&script, occurrence->name, kinds[k]);
        for (size_t i = 0; i < script.count; i++)
            if (script.items[i].kind == SCRIPT_LETTER &&
                scope_is_letter(r->section->scope, script.items[i].letter))
                add_letter(r, script.items[i].letter);
    }
}

enum index_reading repair_read_name(struct repairing *r, const struct parse_node *name,
                                    struct buf *canonical)
{
    size_t depth = r->bindings.count;
    for (size_t i = 0; i < r->letter_count; i++)
        if (!bindings_find(&r->bindings, r->letters[i]))
            bindings_push(&r->bindings, r->letters[i], 1);
    enum index_reading reading = index_read(&r->context, name, canonical);
    r->bindings.count = depth;
    return reading;
}

/* In the document's spelling; of a power, its base. */
static const char *spelled(struct repairing *r, const struct parse_node *name,
                           enum index_reading reading, const struct buf *canonical)
{
    struct buf latex;
    if (reading == INDEX_NAME)
        return repair_copy(r, name->span);
    buf_init(&latex);
    name_latex(&latex, buf_peek(canonical));
    const char *text = repair_format(r, "%s", buf_peek(&latex));
    buf_clear(&latex);
    return text;
}

static void add_name(struct repairing *r, const struct occurrence *occurrence,
                     bool is_near)
{
    const struct parse_node *name = occurrence->name;
    const struct scope *scope = r->context.scope;
    struct word word = {.is_near = is_near};
    struct buf canonical;
    if (occurrence->arguments && apply_is_function(&r->context, name->text))
        return;
    buf_init(&canonical);
    enum index_reading reading = index_read(&r->context, name, &canonical);
    word.is_bound = reading == INDEX_NONE;
    if (word.is_bound)
        reading = repair_read_name(r, name, &canonical);
    if (reading == INDEX_NAME || reading == INDEX_POWER) {
        word.text = spelled(r, name, reading, &canonical);
        word.expression =
            scope->name(scope->context, buf_peek(&canonical),
                        (struct place){r->context.source, name->span}, &r->tried);
        add(&r->names, word, MOST_NAMES);
    }
    buf_clear(&canonical);
}

static void add_names(struct repairing *r, const struct parse_node *tree, bool is_near)
{
    struct occurrences names = {.arena = &r->arena};
    if (!tree)
        return;
    occurrences_collect(&names, tree);
    for (size_t i = 0; i < names.count && is_near; i++)
        add_letters(r, names.items[i]);
    for (size_t i = 0; i < names.count; i++)
        add_name(r, names.items[i], is_near);
    occurrences_clear(&names);
}

static void add_names_around(struct repairing *r)
{
    const struct section *section = r->section;
    size_t here = (size_t)(r->judged - section->steps);
    for (size_t distance = 1; distance <= MOST_STEPS; distance++) {
        const struct judged *steps[2] = {NULL, NULL};
        if (here >= section->first + distance)
            steps[0] = &section->steps[here - distance];
        if (here + distance < section->end)
            steps[1] = &section->steps[here + distance];
        for (int i = 0; i < 2 && r->names.count < MOST_NAMES; i++) {
            if (!steps[i])
                continue;
            add_names(r, steps[i]->step->left, false);
            add_names(r, steps[i]->step->right, false);
        }
    }
}

/* --- texts of expressions --- */

static const char *spell(void *context, expr_id symbol)
{
    const struct repairing *r = context;
    for (size_t i = 0; i < r->names.count; i++)
        if (r->names.items[i].expression == symbol && !r->names.items[i].is_bound)
            return r->names.items[i].text;
    return NULL;
}

/* The sign of the line's first derivative. */
static const char *sign_of(const struct repairing *r)
{
    static const char *const signs[] = {"\\delta ", "\\mathrm{d} ", "d "};
    for (size_t i = 0; i < r->spots.count; i++) {
        const struct parse_node *node = r->spots.items[i].node;
        if (node->kind != PARSE_DERIVATIVE)
            continue;
        const char *begin = r->text + node->span.begin;
        begin += strcspn(begin, "{") + 1;
        for (size_t k = 0; k < 3; k++)
            if (strncmp(begin, signs[k], strlen(signs[k]) - 1) == 0)
                return signs[k];
        break;
    }
    return "\\partial ";
}

static const char *text_of(struct repairing *r, expr_id e)
{
    struct buf text;
    buf_init(&text);
    const struct spelling spelling = {spell, r, sign_of(r)};
    bool is_written = respell(&text, r->context.scope->pool, e, &spelling);
    const char *copy = is_written ? repair_format(r, "%s", buf_peek(&text)) : NULL;
    buf_clear(&text);
    return copy;
}

static void add_expression(struct repairing *r, struct words *words, expr_id e,
                           const char *path, size_t most)
{
    enum expr_kind kind = expr_kind(r->context.scope->pool, e);
    if (words->count == most || kind == EXPR_NUMBER)
        return;
    for (size_t i = 0; i < words->count; i++)
        if (words->items[i].expression == e)
            return;
    const char *text = text_of(r, e);
    if (text)
        add(words,
            (struct word){.text = text,
                          .expression = e,
                          .path = path,
                          .is_sum = kind == EXPR_SUM || kind == EXPR_NEGATE},
            most);
}

/* --- factors and terms --- */

/* `f'(z)` for a name that is defined as f(z). */
static void add_primes(struct repairing *r)
{
    struct pool *pool = r->context.scope->pool;
    for (size_t i = 0; i < r->names.count; i++) {
        expr_id symbol = r->names.items[i].expression;
        expr_id value = expr_kind(pool, symbol) == EXPR_SYMBOL
                            ? section_definition(r->section, symbol)
                            : 0;
        if (value && expr_kind(pool, value) == EXPR_APPLY && expr_count(pool, value) == 2)
            add_expression(r, &r->factors, function_derivative(pool, value, 0, symbol),
                           NULL, MOST_FACTORS);
    }
}

static const char *path_text(struct repairing *r, const struct term_path *path)
{
    struct buf text;
    buf_init(&text);
    for (size_t i = 0; i <= path->length; i++) {
        buf_text(&text, i > 0 ? " \\to " : "");
        buf_text(&text, expr_peek_name(r->context.scope->pool, path->symbols[i]));
    }
    char *told = buf_take(&text);
    split_unmark(told);
    const char *copy = repair_format(r, "%s", told);
    memory_free(told);
    return copy;
}

/* The labels from symbol `first` to symbol `last`, the outermost first; with derivatives
   written instead if `is_chain`. */
static expr_id product_along(struct pool *pool, const struct term_path *path,
                             size_t first, size_t last, bool is_chain)
{
    struct expr_list factors;
    expr_list_init(&factors);
    for (size_t i = last; i > first; i--)
        expr_list_push(&factors, is_chain ? expr_derivative(pool, path->symbols[i],
                                                            path->symbols[i - 1])
                                          : path->labels[i - 1]);
    expr_id product = expr_product(pool, factors.items, factors.count);
    expr_list_clear(&factors);
    return is_chain ? product : fold(pool, product);
}

static void add_path(struct repairing *r, const struct term_path *path, bool is_chain)
{
    struct pool *pool = r->context.scope->pool;
    const char *text = path_text(r, path);
    for (size_t last = path->length; last > 0; last--)
        for (size_t first = 0; first < last; first++)
            add_expression(r, &r->terms, product_along(pool, path, first, last, is_chain),
                           text, MOST_TERMS);
    for (size_t i = 0; i < path->length; i++) {
        add_expression(r, &r->factors, product_along(pool, path, i, i + 1, is_chain),
                       NULL, MOST_FACTORS);
        if (is_chain && i > 0)
            add_expression(
                r, &r->factors,
                expr_derivative(pool, path->symbols[path->length], path->symbols[i]),
                NULL, MOST_FACTORS);
    }
}

static bool is_derivative(void *context, const struct parse_node *node)
{
    (void)context;
    return node->kind == PARSE_DERIVATIVE || node->kind == PARSE_LOCAL;
}

static void add_paths(struct repairing *r)
{
    const struct pool *pool = r->context.scope->pool;
    expr_id base = r->judged->pairs[r->judged->decided].base;
    struct term_paths paths;
    if (expr_kind(pool, base) != EXPR_DERIVATIVE ||
        expr_kind(pool, expr_part(pool, base, 0)) != EXPR_SYMBOL)
        return;
    bool is_chain = tree_any(r->tree, is_derivative, NULL);
    term_paths_init(&paths, &r->section->defs, expr_part(pool, base, 0),
                    expr_part(pool, base, 1), MOST_PATHS);
    for (size_t i = 0; i < paths.count; i++)
        add_path(r, &paths.items[i], is_chain);
    term_paths_clear(&paths);
}

static void add_constants(struct repairing *r)
{
    static const char *const texts[] = {"2", "\\frac{1}{2}", "3", "\\frac{1}{3}",
                                        "4", "\\frac{1}{4}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        add(&r->constants,
            (struct word){.text = texts[i], .expression = repair_read(r, texts[i])},
            sizeof texts / sizeof *texts);
}

/* What is read anew each time must be near, or have an index that is bound there. */
bool repair_fits(const struct spot *spot, const struct word *word)
{
    return spot->is_place ? !word->is_bound
                          : word->is_near || (spot->is_bound && word->is_bound);
}

void repair_words(struct repairing *r)
{
    add_names(r, r->tree, true);
    add_names(r, r->other, true);
    add_names_around(r);
    for (size_t i = 0; i < r->names.count; i++)
        add(&r->factors, r->names.items[i], MOST_FACTORS);
    add_primes(r);
    add_paths(r);
    add_constants(r);
}
