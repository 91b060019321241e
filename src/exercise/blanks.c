#include "exercise/parts.h"
#include "exercise/passage.h"

#include "base/memory.h"
#include "expr/walk.h"
#include "path/graph.h"

#include <stdlib.h>
#include <string.h>

enum { FEWEST = 2, MOST = 4, MOST_A_LINE = 3, MOST_SIZE = 9 };

/* The parts of all lines. */
struct page {
    struct network *network;
    const struct pool *pool;
    struct parts *lines;
    size_t count;
};

static void page_init(struct page *page, struct network *network,
                      const struct exercise_lines *lines)
{
    *page = (struct page){network, network_pool(network), NULL, lines->count};
    page->lines = memory_zeroed(lines->count, sizeof *page->lines);
    for (size_t i = 0; i < lines->count; i++)
        parts_find(&page->lines[i], page->pool, lines->sides[i]);
}

static void page_clear(struct page *page)
{
    for (size_t i = 0; i < page->count; i++)
        parts_clear(&page->lines[i]);
    memory_free(page->lines);
}

/* --- what may be left out --- */

static bool is_difference(const struct pool *pool, expr_id e)
{
    bool found = false;
    for (size_t i = 0; expr_kind(pool, e) == EXPR_SUM && i < expr_count(pool, e); i++)
        found = found || expr_kind(pool, expr_part(pool, e, i)) == EXPR_NEGATE;
    return found;
}

static bool has_names(const struct pool *pool, expr_id e)
{
    struct expr_list symbols;
    expr_list_init(&symbols);
    walk_symbols(pool, e, &symbols);
    bool any = symbols.count > 0;
    expr_list_clear(&symbols);
    return any;
}

/* dy/dw where no path leads from w to y. */
static bool is_zero_derivative(const struct page *page, expr_id e)
{
    node_id of = network_node(page->network, expr_part(page->pool, e, 0));
    node_id by = network_node(page->network, expr_part(page->pool, e, 1));
    if (of < 0 || by < 0)
        return false;
    struct graph *graph = graph_new(page->network, by, of);
    bool is_zero = mpz_sgn(graph_total(graph)) == 0;
    graph_free(graph);
    return is_zero;
}

/* Whether it can be seen to be 0, as `0 - dy/dw` without a path. */
static bool is_zero(const struct page *page, expr_id e)
{
    enum expr_kind kind = expr_kind(page->pool, e);
    size_t zeros = 0, count = expr_count(page->pool, e);
    if (kind == EXPR_DERIVATIVE)
        return is_zero_derivative(page, e);
    if (kind != EXPR_SUM && kind != EXPR_PRODUCT && kind != EXPR_NEGATE)
        return expr_is_integer(page->pool, e, 0);
    for (size_t i = 0; i < count; i++)
        zeros += is_zero(page, expr_part(page->pool, e, i));
    return kind == EXPR_PRODUCT ? zeros > 0 : zeros == count;
}

/* Beside a factor that is 0, anything could be filled in. */
static bool is_lost(const struct page *page, expr_id line, const struct site *site)
{
    for (size_t depth = 0; depth < site->depth; depth++) {
        if (expr_kind(page->pool, line) == EXPR_PRODUCT && is_zero(page, line))
            return true;
        line = expr_part(page->pool, line, site->steps[depth]);
    }
    return is_zero(page, line);
}

/* A factor or a term that somebody can work out, in one way only; numbers alone are no
   question. */
static bool is_blank(const struct page *page, size_t line, const struct part *part)
{
    const struct pool *pool = page->pool;
    if (part->whole == 0 || expr_tree_size(pool, part->e) > MOST_SIZE)
        return false;
    enum expr_kind whole = expr_kind(pool, part->whole);
    return (whole == EXPR_SUM || whole == EXPR_PRODUCT) &&
           !is_difference(pool, part->whole) && has_names(pool, part->e) &&
           !is_lost(page, page->lines[line].items[0].e, &part->site);
}

static bool stands_in(const struct parts *line, expr_id e)
{
    for (size_t i = 0; i < line->count; i++)
        if (line->items[i].e == e)
            return true;
    return false;
}

/* Whether one stands inside the other, or both in the same sum or product: then what
   belongs into which could not be told. */
static bool are_close(const struct site *a, const struct site *b)
{
    size_t shorter = a->depth < b->depth ? a->depth : b->depth, alike = 0;
    while (alike < shorter && a->steps[alike] == b->steps[alike])
        alike++;
    return alike == shorter || (a->depth == b->depth && alike + 1 == shorter);
}

static bool has_room(const struct exercise *exercise, size_t line,
                     const struct site *site)
{
    size_t count = 0;
    for (size_t i = 0; i < exercise->blank_count; i++) {
        const struct exercise_blank *blank = &exercise->blanks[i];
        if (blank->line != line)
            continue;
        count++;
        if (are_close(&blank->site, site))
            return false;
    }
    return count < MOST_A_LINE;
}

/* --- leaving it out --- */

static void add_blank(struct exercise *exercise, unsigned number, size_t line,
                      const struct part *part)
{
    struct exercise_blank blank = {.number = number, .line = line, .part = part->e};
    blank.site.depth = part->site.depth;
    blank.site.steps = memory_array(NULL, part->site.depth, sizeof *blank.site.steps);
    memcpy(blank.site.steps, part->site.steps,
           part->site.depth * sizeof *blank.site.steps);
    exercise->blanks = memory_array(exercise->blanks, exercise->blank_count + 1,
                                    sizeof *exercise->blanks);
    exercise->blanks[exercise->blank_count++] = blank;
}

static void take_back(struct exercise *exercise, size_t count)
{
    while (exercise->blank_count > count)
        memory_free(exercise->blanks[--exercise->blank_count].site.steps);
}

/* Leaves a part out wherever it stands from a line on, so that it cannot be copied; false
   if there is no room for that. */
static bool leave_out(struct exercise *exercise, const struct page *page, size_t line,
                      expr_id e, unsigned number)
{
    size_t before = exercise->blank_count;
    for (size_t i = line; i < page->count; i++)
        for (size_t k = 0; k < page->lines[i].count; k++) {
            const struct part *part = &page->lines[i].items[k];
            if (part->e != e)
                continue;
            if (!is_blank(page, i, part) || !has_room(exercise, i, &part->site)) {
                take_back(exercise, before);
                return false;
            }
            add_blank(exercise, number, i, part);
        }
    return true;
}

/* A part and the line in which it comes up. */
struct candidate {
    size_t line;
    expr_id e;
};

static size_t list_candidates(const struct page *page, struct candidate **list)
{
    size_t count = 0;
    *list = NULL;
    for (size_t i = 0; i < page->count; i++)
        for (size_t k = 0; k < page->lines[i].count; k++) {
            const struct part *part = &page->lines[i].items[k];
            if (!is_blank(page, i, part) ||
                (i > 0 && stands_in(&page->lines[i - 1], part->e)))
                continue;
            *list = memory_array(*list, count + 1, sizeof **list);
            (*list)[count++] = (struct candidate){i, part->e};
        }
    return count;
}

static unsigned draw_blanks(struct maker *maker, struct exercise *exercise,
                            const struct page *page)
{
    struct candidate *candidates;
    size_t count = list_candidates(page, &candidates);
    size_t *order = memory_array(NULL, count + 1, sizeof *order);
    unsigned number = 0,
             wanted = FEWEST + (unsigned)maker_below(maker, MOST - FEWEST + 1);
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    maker_shuffle(maker, order, count);
    for (size_t i = 0; i < count && number < wanted; i++) {
        const struct candidate *candidate = &candidates[order[i]];
        number += leave_out(exercise, page, candidate->line, candidate->e, number + 1);
    }
    memory_free(order);
    memory_free(candidates);
    return number;
}

/* --- numbers as they are read --- */

static int compare_blanks(const void *left, const void *right)
{
    const struct exercise_blank *a = left, *b = right;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    for (size_t i = 0; i < a->site.depth && i < b->site.depth; i++)
        if (a->site.steps[i] != b->site.steps[i])
            return a->site.steps[i] < b->site.steps[i] ? -1 : 1;
    return 0;
}

static void number_blanks(struct exercise *exercise)
{
    unsigned numbers[MOST + 1] = {0}, last = 0;
    qsort(exercise->blanks, exercise->blank_count, sizeof *exercise->blanks,
          compare_blanks);
    for (size_t i = 0; i < exercise->blank_count; i++) {
        struct exercise_blank *blank = &exercise->blanks[i];
        if (numbers[blank->number] == 0)
            numbers[blank->number] = ++last;
        blank->number = numbers[blank->number];
    }
}

static bool leave_blanks(struct maker *maker, struct exercise *exercise)
{
    struct page page;
    page_init(&page, maker->network, &exercise->lines);
    unsigned count = draw_blanks(maker, exercise, &page);
    page_clear(&page);
    if (count < FEWEST)
        return false;
    number_blanks(exercise);
    return true;
}

bool make_blanks(struct maker *maker, node_id node, struct exercise *exercise)
{
    struct derivation *derivation = maker_derivation(maker, node);
    struct passage passage;
    if (derivation == NULL)
        return false;
    bool ok = passage_choose(&passage, maker, derivation, 2);
    if (ok) {
        exercise->lines.left = passage.left;
        for (size_t i = 0; i < passage.shown; i++)
            lines_push(&exercise->lines,
                       passage.steps[passage_shown(&passage, i)].step->after);
        mpz_set(exercise->path_count, graph_total(derivation->graph));
        ok = leave_blanks(maker, exercise);
    }
    passage_clear(&passage);
    return ok;
}
