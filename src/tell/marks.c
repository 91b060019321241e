#include "tell/marks.h"

#include "base/memory.h"

#include <string.h>

enum { MARKS_DEPTH = 8 };

/* A place in an expression. */
struct cursor {
    expr_id e;
    uint32_t steps[MARKS_DEPTH];
    size_t depth;
};

static bool descend(struct cursor *cursor, const struct pool *pool, size_t part)
{
    if (cursor->depth + 1 >= MARKS_DEPTH)
        return false;
    cursor->steps[cursor->depth++] = (uint32_t)part;
    cursor->e = expr_part(pool, cursor->e, part);
    return true;
}

/* a - b, where the label of an output at the goal is a - b or b - a, perhaps with a
 * factor. */
static bool is_error(const struct pool *pool, expr_id sum, expr_id label)
{
    if (expr_kind(pool, label) == EXPR_PRODUCT)
        label = expr_part(pool, label, expr_count(pool, label) - 1);
    if (sum == label || expr_kind(pool, label) != EXPR_SUM)
        return sum == label;
    expr_id a = expr_part(pool, sum, 0), b = expr_part(pool, sum, 1);
    return expr_kind(pool, b) == EXPR_NEGATE &&
           expr_part(pool, b, 0) == expr_part(pool, label, 0) &&
           expr_kind(pool, expr_part(pool, label, 1)) == EXPR_NEGATE &&
           expr_part(pool, expr_part(pool, label, 1), 0) == a;
}

/* A sum of so many terms that is neither the error of an output (`label`, 0 for none) nor
 * `0 - a`. */
static bool may_be(const struct pool *pool, expr_id e, size_t terms, expr_id label)
{
    return expr_kind(pool, e) == EXPR_SUM && expr_count(pool, e) == terms &&
           !expr_is_integer(pool, expr_part(pool, e, 0), 0) &&
           !(label && is_error(pool, e, label));
}

/* Goes to the sum that the product at the cursor contains; products of more than one sum
   of that length have none. */
static bool find_sum(struct cursor *cursor, const struct pool *pool, size_t terms,
                     expr_id label)
{
    if (expr_kind(pool, cursor->e) != EXPR_PRODUCT)
        return may_be(pool, cursor->e, terms, label);
    size_t found = 0, place = 0;
    for (size_t i = 0; i < expr_count(pool, cursor->e); i++) {
        if (!may_be(pool, expr_part(pool, cursor->e, i), terms, label))
            continue;
        found++;
        place = i;
    }
    return found == 1 && descend(cursor, pool, place);
}

static void push(struct marks *marks, const struct cursor *cursor, unsigned path)
{
    if (marks->count == marks->capacity) {
        marks->capacity = marks->capacity ? 2 * marks->capacity : 8;
        marks->items = memory_array(marks->items, marks->capacity, sizeof *marks->items);
    }
    struct mark *mark = &marks->items[marks->count++];
    *mark = (struct mark){.path = path};
    mark->site.depth = cursor->depth;
    mark->site.steps = memory_array(NULL, cursor->depth, sizeof *mark->site.steps);
    memcpy(mark->site.steps, cursor->steps, cursor->depth * sizeof *mark->site.steps);
}

static unsigned number_of(size_t output, size_t path)
{
    return (unsigned)(output * FORMULA_PATHS + path);
}

static void mark_terms(struct marks *marks, const struct pool *pool, struct cursor sum,
                       size_t count, size_t output)
{
    for (size_t i = 0; i < count; i++) {
        struct cursor term = sum;
        if (descend(&term, pool, i))
            push(marks, &term, number_of(output, i));
    }
}

/* Number of paths to an output if they can be told apart, else 0. */
static size_t paths_to(struct derivation *derivation, node_id output)
{
    mpz_srcptr count = graph_count(derivation->graph, output);
    bool fits = mpz_cmp_ui(count, 2) >= 0 && mpz_cmp_ui(count, FORMULA_PATHS) <= 0;
    return fits ? mpz_get_ui(count) : 0;
}

static size_t place_of(const struct derivation *derivation, node_id output)
{
    size_t place = 0;
    while (derivation->outputs[place] != output)
        place++;
    return place;
}

bool marks_path(struct derivation *derivation, node_id output, size_t place,
                unsigned *number)
{
    if (output == derivation->from || place >= paths_to(derivation, output))
        return false;
    size_t at = place_of(derivation, output);
    *number = number_of(at, place);
    return at < FORMULA_OUTPUTS;
}

/* The last sum over the paths to one output, at the cursor or inside its product. */
static void mark_output(struct marks *marks, struct derivation *derivation,
                        struct cursor cursor, size_t place)
{
    const struct pool *pool = network_pool(derivation->network);
    node_id output = derivation->outputs[place];
    size_t count = paths_to(derivation, output);
    expr_id label = graph_label(derivation->graph, output, derivation->to);
    if (count && place < FORMULA_OUTPUTS && find_sum(&cursor, pool, count, label))
        mark_terms(marks, pool, cursor, count, place);
}

void marks_find(struct marks *marks, struct derivation *derivation,
                const struct chain *chain, expr_id e)
{
    const struct pool *pool = network_pool(derivation->network);
    struct cursor cursor = {.e = e};
    memset(marks, 0, sizeof *marks);
    if (chain->role == CHAIN_OUTPUT) {
        mark_output(marks, derivation, cursor, place_of(derivation, chain->output));
        return;
    }
    if (chain->role == CHAIN_GOAL || derivation->is_direct)
        return;
    if (derivation->output_count == 1) {
        mark_output(marks, derivation, cursor, 0);
        return;
    }
    if (!find_sum(&cursor, pool, derivation->output_count, 0))
        return;
    for (size_t i = 0; i < derivation->output_count; i++) {
        struct cursor group = cursor;
        if (descend(&group, pool, i))
            mark_output(marks, derivation, group, i);
    }
}

void marks_clear(struct marks *marks)
{
    for (size_t i = 0; i < marks->count; i++)
        memory_free(marks->items[i].site.steps);
    memory_free(marks->items);
}
