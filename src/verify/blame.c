#include "verify/blame.h"

#include "base/memory.h"
#include "expr/substitute.h"
#include "expr/walk.h"
#include "verify/judge.h"
#include "verify/numbers.h"
#include "verify/value.h"

#include <string.h>

/* False steps granted: the definitions changed so that they are true. What `\frac{dA}{db}
   = X` says is put in for A: A + (b - b_0)(X - dA/db), where b_0 is b, but held fixed. So
   every derivative by b that passes through A has X in the place of dA/db. */
struct granting {
    struct section changed; /* the section with other values */
    struct budget budget;
    struct expr_list held; /* b, b_0, b, b_0, … */
};

/* Definitions that many false steps have changed grow beyond what blame is worth. */
enum { BLAME_NODES = 20000, BLAME_BYTES = 1 << 20 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool is_false(const struct judged *judged)
{
    return judged->role != ROLE_UNREAD && judged->verdict == VERDICT_REFUTED;
}

static bool is_root(const struct judged *judged)
{
    return is_false(judged) && judged->carried_from < 0;
}

static void granting_init(struct granting *granting, const struct section *section)
{
    granting->changed = *section;
    granting->budget = *section->budget;
    granting->budget.max_nodes = least(section->budget->max_nodes, BLAME_NODES);
    granting->budget.max_bytes = least(section->budget->max_bytes, BLAME_BYTES);
    granting->changed.budget = &granting->budget;
    granting->changed.values =
        memory_array(NULL, section->value_count + 1, sizeof *section->values);
    memcpy(granting->changed.values, section->values,
           section->value_count * sizeof *section->values);
    expr_list_init(&granting->held);
}

static void granting_clear(struct granting *granting)
{
    memory_free(granting->changed.values);
    expr_list_clear(&granting->held);
}

static expr_id hold(struct granting *granting, expr_id b)
{
    struct pool *pool = granting->changed.scope->pool;
    struct buf name;
    for (size_t i = 0; i < granting->held.count; i += 2)
        if (granting->held.items[i] == b)
            return granting->held.items[i + 1];
    buf_init(&name);
    buf_format(&name, "\\held_{%u}", (unsigned)b);
    expr_id held = expr_symbol(pool, buf_peek(&name));
    buf_clear(&name);
    expr_list_push(&granting->held, b);
    expr_list_push(&granting->held, held);
    return held;
}

/* With the values granted so far, until `close_granted`: the scope has its old
 * definitions then.
 */
static struct defs *open_granted(struct section *changed)
{
    struct defs *before = changed->scope->defs;
    section_open(changed);
    return before;
}

static void close_granted(struct section *changed, struct defs *before)
{
    section_close(changed);
    changed->scope->defs = before;
}

/* Numbers need one that is worked out. */
static expr_id slope(struct section *changed, expr_id value, expr_id by, size_t step)
{
    expr_id worked_out = 0;
    if (numbers_are_meant(changed, &changed->steps[step])) {
        struct defs *before = open_granted(changed);
        worked_out = value_slope(changed, value, by);
        close_granted(changed, before);
    }
    return worked_out ? worked_out : expr_derivative(changed->scope->pool, value, by);
}

static void grant_derivative(struct granting *granting, expr_id of, expr_id by,
                             expr_id said, size_t step)
{
    struct section *section = &granting->changed;
    struct pool *pool = section->scope->pool;
    expr_id value = section_definition(section, of);
    if (!value)
        return;
    expr_id shift = expr_subtract(pool, by, hold(granting, by));
    expr_id error = expr_subtract(pool, substitute_one(pool, said, of, value),
                                  slope(section, value, by, step));
    section_define(section, of, expr_add(pool, value, expr_multiply(pool, shift, error)),
                   step);
}

/* Grants what a false step says, if it says something of a name or a derivative. */
static void grant(struct granting *granting, size_t step)
{
    const struct pool *pool = granting->changed.scope->pool;
    const struct judged *judged = &granting->changed.steps[step];
    for (size_t i = 0; i < judged->pair_count; i++) {
        expr_id base = judged->pairs[i].base, said = judged->pairs[i].member;
        if (expr_kind(pool, base) == EXPR_SYMBOL)
            section_define(&granting->changed, base, said, step);
        else if (expr_kind(pool, base) == EXPR_DERIVATIVE &&
                 expr_kind(pool, expr_part(pool, base, 0)) == EXPR_SYMBOL)
            grant_derivative(granting, expr_part(pool, base, 0), expr_part(pool, base, 1),
                             said, step);
    }
}

static bool agrees(struct granting *granting, const struct judged *judged)
{
    struct section *section = &granting->changed;
    struct defs *before = open_granted(section);
    for (size_t i = 0; i < granting->held.count; i += 2)
        prove_assume(section->prover, granting->held.items[i + 1],
                     granting->held.items[i]);
    bool equal = (judge_holds(section->prover, judged) &&
                  judge_find_nowhere(section, judged) == judged->pair_count) ||
                 numbers_hold(section, judged);
    close_granted(section, before);
    return equal;
}

static bool agrees_if_granted(struct section *section, size_t step, long root)
{
    struct granting granting;
    granting_init(&granting, section);
    for (size_t i = section->first; i < step; i++)
        if (is_root(&section->steps[i]) && (root < 0 || i == (size_t)root))
            grant(&granting, i);
    bool equal = agrees(&granting, &section->steps[step]);
    granting_clear(&granting);
    return equal;
}

/* --- equal to a false step before it --- */

static bool says_the_same(struct section *section, const struct judged *a,
                          const struct judged *b)
{
    bool same = a->pair_count == b->pair_count;
    for (size_t i = 0; i < a->pair_count && same; i++)
        same = a->pairs[i].base == b->pairs[i].base &&
               judge_is_equal(section->prover, a->pairs[i].member, b->pairs[i].member);
    return same;
}

static long find_same(struct section *section, size_t step)
{
    for (size_t i = step; i > section->first; i--) {
        const struct judged *before = &section->steps[i - 1];
        if (is_false(before) && (says_the_same(section, before, &section->steps[step]) ||
                                 numbers_repeat(section, before, &section->steps[step])))
            return before->carried_from < 0 ? (long)(i - 1) : before->carried_from;
    }
    return -1;
}

/* The last root that explains a step alone; else, if all together do, the last one. */
static long find_root(struct section *section, size_t step)
{
    long last = -1;
    size_t count = 0;
    for (size_t i = step; i > section->first; i--) {
        if (!is_root(&section->steps[i - 1]))
            continue;
        count++;
        if (last < 0)
            last = (long)(i - 1);
        if (agrees_if_granted(section, step, (long)(i - 1)))
            return (long)(i - 1);
    }
    return count > 1 && agrees_if_granted(section, step, -1) ? last : -1;
}

void blame_steps(struct section *section)
{
    for (size_t i = section->first; i < section->end; i++) {
        struct judged *judged = &section->steps[i];
        if (!is_false(judged))
            continue;
        judged->carried_from = find_same(section, i);
        if (judged->carried_from < 0)
            judged->carried_from = find_root(section, i);
    }
}
