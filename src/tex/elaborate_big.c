/* Sums and products over an index: what the letter runs through. */
#include "tex/machine.h"

#include "tex/index.h"
#include "tex/range.h"
#include "tex/tree.h"

#include <string.h>

enum { NODES_A_TERM = 10 };

static bool read_limit(struct machine *m, struct parse_node *limit, long *value)
{
    return index_limit(m->context, tree_ungroup(limit), value) ||
           machine_fail(m, DIAG_FORMULA_LIMIT_VALUE, limit, NULL);
}

/* The n of a sum to n is as many as there are names; where it only counts, or is counted
   to, it has no value. */
static bool read_last(struct machine *m, const struct parse_node *big, struct run *run)
{
    struct parse_node *last = tree_ungroup(big->parts[2]);
    long value;
    if (!index_integer(m->context->bindings, last, &value) &&
        index_limit(m->context, last, &value) &&
        !range_is_carried(m->context, run->letter, big->parts[3]))
        return machine_fail(m, DIAG_FORMULA_COUNT, last, NULL);
    return read_limit(m, last, &run->last);
}

/* The values for which the names of the body exist. */
static bool read_family(struct machine *m, const struct parse_node *big, struct run *run)
{
    struct binding range[2];
    struct parse_node letter = *big->parts[0];
    letter.text = run->letter;
    if (!range_of_letter(m->context, &letter, big->parts[3], range))
        return false;
    run->at = range[0].value;
    run->last = range[1].value;
    return true;
}

/* `j \neq i`: the sum is over the one that has no value yet, if the first has one. */
static bool read_excluded(struct machine *m, const struct parse_node *condition,
                          struct run *run)
{
    const struct bindings *bindings = m->context->bindings;
    const struct parse_node *letter = condition->parts[0], *other = condition->parts[1];
    run->skips = true;
    if (index_integer(bindings, other, &run->skipped))
        return true;
    if (other->kind != PARSE_NAME || other->count > 0 ||
        !index_integer(bindings, letter, &run->skipped))
        return machine_fail(m, DIAG_FORMULA_EXCLUDED, other, letter->text);
    run->letter = other->text;
    return true;
}

/* `\{1, 2, 4\}` */
static bool read_numbers(struct machine *m, const struct parse_node *list,
                         struct run *run)
{
    long *set = arena_array(&m->arena, list->count, sizeof *set);
    for (size_t i = 0; i < list->count; i++)
        if (!index_limit(m->context, list->parts[i], &set[i]))
            return machine_fail(m, DIAG_FORMULA_SET, list->parts[i], NULL);
    run->set = set;
    run->at = 0;
    run->last = (long)list->count - 1;
    return true;
}

/* `\{1, \ldots, n\}`, `\{1, 2, \ldots, n\}` */
static bool read_run(struct machine *m, const struct parse_node *list, struct run *run)
{
    size_t dots = list->count - 2;
    for (size_t i = 0; i < dots; i++) {
        long value;
        if (!index_limit(m->context, list->parts[i], &value) ||
            (i > 0 && value != run->at + (long)i))
            return machine_fail(m, DIAG_FORMULA_SET, list->parts[i], NULL);
        if (i == 0)
            run->at = value;
    }
    return read_limit(m, list->parts[list->count - 1], &run->last);
}

static bool read_set(struct machine *m, const struct parse_node *big,
                     struct parse_node *set, struct run *run)
{
    if (set->kind == PARSE_NAME || set->kind == PARSE_DOTS)
        return read_family(m, big, run);
    if (set->kind != PARSE_BRACKET || strcmp(set->text, "\\{") != 0)
        return machine_fail(m, DIAG_FORMULA_SET, set, NULL);
    const struct parse_node *list = set->parts[0];
    if (list->kind != PARSE_LIST)
        return machine_fail(m, DIAG_FORMULA_SET, set, NULL);
    bool dots = list->count >= 3 && list->parts[list->count - 2]->kind == PARSE_DOTS;
    return dots ? read_run(m, list, run) : read_numbers(m, list, run);
}

static bool is_word(const struct parse_node *node)
{
    return node->kind == PARSE_NAME && node->text[0] != '\\' && strlen(node->text) > 1;
}

/* What stands below the operator is no letter. */
static bool refuse_index(struct machine *m, const struct parse_node *big)
{
    const struct parse_node *index = big->parts[0];
    bool paths = index->kind == PARSE_RELATION && strchr(index->text, ':');
    if (paths)
        return machine_fail(m, DIAG_FORMULA_PATHS, index, NULL);
    bool prose =
        is_word(index) || (index->kind == PARSE_PRODUCT && is_word(index->parts[0]));
    return machine_fail(m, prose ? DIAG_FORMULA_PROSE : DIAG_FORMULA_SUM_INDEX, index,
                        big->text);
}

static bool read_limits(struct machine *m, const struct parse_node *big, struct run *run)
{
    struct parse_node *first = big->parts[1], *last = big->parts[2];
    struct parse_node *condition = big->count > 4 ? big->parts[4] : NULL;
    bool excludes = condition && strcmp(condition->text, "\\neq") == 0;
    if (condition && !m->context->scope->by_hand)
        return machine_fail(m, DIAG_FORMULA_SUM_INDEX, condition, big->text);
    if (excludes && !read_excluded(m, condition, run))
        return false;
    if (condition && !excludes && !first && !last)
        return read_set(m, big, condition->parts[1], run);
    if (!first && (!last || excludes))
        return read_family(m, big, run) && (!last || read_limit(m, last, &run->last));
    if (!first || !last || (condition && !excludes))
        return machine_fail(m, DIAG_FORMULA_BOTH_LIMITS, big->parts[0], big->text);
    return read_limit(m, first, &run->at) && read_last(m, big, run);
}

/* Nested sums multiply: their size is known before they are written out. */
static bool count_copies(struct machine *m, const struct parse_node *big,
                         const struct run *run)
{
    uint64_t count = run->last < run->at ? 0 : (uint64_t)(run->last - run->at) + 1;
    if (count > m->context->budget->max_nodes / (m->copies * NODES_A_TERM))
        return machine_fail(m, DIAG_FORMULA_TOO_LARGE, big, NULL);
    m->copies *= count > 0 ? count : 1;
    return true;
}

/* `\sum_{ij}` over two letters. */
static const struct parse_node *split_pair(struct machine *m,
                                           const struct parse_node *big)
{
    const struct parse_node *index = big->parts[0];
    struct parse_node *body = big->parts[3];
    for (uint32_t i = 2; i > 0; i--) {
        struct span span = {index->span.begin + i - 1, index->span.begin + i};
        struct parse_node *parts[] = {
            tree_leaf(&m->arena, PARSE_NAME, span,
                      arena_strndup(&m->arena, index->text + i - 1, 1)),
            big->parts[1], big->parts[2], body};
        body = tree_make(&m->arena, PARSE_BIG, big->span, parts, 4);
        body->text = big->text;
    }
    return body;
}

bool machine_open_big(struct machine *m, const struct parse_node *big)
{
    const struct parse_node *index = big->parts[0];
    uint64_t around = m->copies;
    if (m->context->scope->by_hand && is_word(index) && strlen(index->text) == 2 &&
        big->count == 4)
        return machine_open_big(m, split_pair(m, big));
    bool prose = m->context->scope->by_hand && is_word(index);
    if (index->kind != PARSE_NAME || index->count > 0 || prose)
        return refuse_index(m, big);
    struct run run = {.letter = index->text};
    if (!read_limits(m, big, &run) || !count_copies(m, big, &run))
        return false;
    struct frame *f = machine_open(m, big);
    f->run = run;
    f->copies = around;
    bindings_push(m->context->bindings, run.letter, 0);
    return true;
}

bool machine_next_value(struct machine *m, struct frame *f)
{
    struct bindings *bindings = m->context->bindings;
    struct run *run = &f->run;
    struct binding *letter = &bindings->items[bindings->count - 1];
    while (run->at <= run->last) {
        letter->value = run->set ? run->set[run->at] : run->at;
        run->at++;
        if (!run->skips || letter->value != run->skipped)
            return true;
    }
    bindings->count--;
    m->copies = f->copies;
    return false;
}
