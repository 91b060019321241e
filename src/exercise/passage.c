#include "exercise/passage.h"

#include "base/memory.h"
#include "derive/builder.h"

#include <string.h>

enum { MOST_LINES = 6, MOST_SIZE = 70 };

void lines_push(struct exercise_lines *lines, expr_id side)
{
    lines->sides = memory_array(lines->sides, lines->count + 1, sizeof *lines->sides);
    lines->sides[lines->count++] = side;
}

static void push_steps(struct passage *passage, const struct chain *chain)
{
    for (size_t i = 0; i < chain->count; i++) {
        passage->steps =
            memory_array(passage->steps, passage->count + 1, sizeof *passage->steps);
        passage->steps[passage->count++] =
            (struct passage_step){.step = &chain->steps[i]};
    }
}

static void write_line(struct maker *maker, expr_id left, expr_id side, struct buf *out)
{
    struct exercise_lines lines = {.left = left, .sides = &side, .count = 1};
    buf_truncate(out, 0);
    maker->request->write(maker->request->context, &lines, out);
}

bool lines_look_alike(struct maker *maker, expr_id left, expr_id a, expr_id b)
{
    struct buf first, second;
    buf_init(&first);
    buf_init(&second);
    write_line(maker, left, a, &first);
    write_line(maker, left, b, &second);
    bool are_alike = strcmp(buf_peek(&first), buf_peek(&second)) == 0;
    buf_clear(&first);
    buf_clear(&second);
    return are_alike;
}

/* A line that is too long, or looks like the one before, is left out. */
static void choose_lines(struct passage *passage, struct maker *maker)
{
    expr_id last = 0;
    for (size_t i = 0; i < passage->count; i++) {
        expr_id side = passage->steps[i].step->after;
        if (expr_tree_size(maker->pool, side) > MOST_SIZE ||
            (last && lines_look_alike(maker, passage->left, last, side)))
            continue;
        passage->steps[i].is_shown = true;
        passage->shown++;
        last = side;
    }
}

/* The first lines go where there are too many. */
static void shorten(struct passage *passage)
{
    for (size_t i = 0; passage->shown > MOST_LINES; i++) {
        passage->shown -= passage->steps[i].is_shown;
        passage->steps[i].is_shown = false;
    }
}

/* An output's derivative, or the error's, from the definition to the result. */
static void fill(struct passage *passage, const struct chain *chain)
{
    const struct derivation *derivation = passage->derivation;
    passage->left = chain->left;
    push_steps(passage, chain);
    for (size_t i = 0; chain->role == CHAIN_GOAL && i < derivation->chain_count; i++)
        if (derivation->chains[i].role == CHAIN_RESULT)
            push_steps(passage, &derivation->chains[i]);
}

bool passage_choose(struct passage *passage, struct maker *maker,
                    struct derivation *derivation, size_t lines)
{
    size_t first = maker_below(maker, derivation->chain_count);
    memset(passage, 0, sizeof *passage);
    for (size_t i = 0; i < derivation->chain_count; i++) {
        const struct chain *chain =
            &derivation->chains[(first + i) % derivation->chain_count];
        if (chain->role != CHAIN_GOAL && chain->role != CHAIN_OUTPUT)
            continue;
        passage_clear(passage);
        passage->derivation = derivation;
        fill(passage, chain);
        choose_lines(passage, maker);
        shorten(passage);
        if (passage->shown >= lines)
            return true;
    }
    return false;
}

void passage_clear(struct passage *passage)
{
    memory_free(passage->steps);
    memset(passage, 0, sizeof *passage);
}

size_t passage_shown(const struct passage *passage, size_t i)
{
    size_t step = 0;
    for (;; step++) {
        if (!passage->steps[step].is_shown)
            continue;
        if (i-- == 0)
            return step;
    }
}

/* Derivatives whose values stand in the equations that a step uses. */
static bool is_derivative(void *context, const struct pool *pool, expr_id part)
{
    (void)context;
    return expr_kind(pool, part) == EXPR_DERIVATIVE;
}

/* Where a rule acts on an expression that it was not made for. */
static void find_sites(const struct passage *passage, enum rule_id rule, expr_id before,
                       struct sites *sites)
{
    const struct pool *pool = network_pool(passage->derivation->network);
    sites_init(sites);
    if (rule == RULE_LOCAL)
        sites_find(sites, pool, before, builder_is_local, NULL);
    else if (rule == RULE_PUT_IN)
        sites_find(sites, pool, before, is_derivative, NULL);
    else
        sites_root(sites);
}

expr_id passage_carry(const struct passage *passage, size_t i, expr_id before)
{
    const struct step *step = passage->steps[i].step;
    struct derivation *derivation = passage->derivation;
    struct rule_context context = {derivation, network_pool(derivation->network),
                                   step->uses, step->use_count};
    /* The grouped sum is made from the graph: only taking factors out can be carried. */
    enum rule_id rule = step->rule == RULE_COLLECT ? RULE_COMMON_FACTOR : step->rule;
    struct sites sites;
    find_sites(passage, rule, before, &sites);
    expr_id after = sites.count ? rule_apply(&context, rule, before, &sites) : 0;
    sites_clear(&sites);
    return after == before ? 0 : after;
}
