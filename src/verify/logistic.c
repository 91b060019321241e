#include "verify/logistic.h"

#include "base/memory.h"
#include "expr/function.h"
#include "expr/walk.h"
#include "verify/judge.h"

#include <string.h>

/* The section with one function in the place of another. */
struct change {
    struct section changed;
    enum function_id to;
};

static bool is_arbitrary(const struct pool *pool, expr_id e)
{
    return expr_kind(pool, e) == EXPR_FUNCTION &&
           expr_peek_function(pool, e)->id == FUNCTION_ARBITRARY;
}

/* The name of the only arbitrary function of the pool, NULL if there is none or more. */
static const char *only_function(const struct pool *pool)
{
    const char *name = NULL;
    for (expr_id e = 1; e <= pool_count(pool); e++) {
        if (!is_arbitrary(pool, e))
            continue;
        const char *other = expr_peek_function(pool, e)->name;
        if (name && strcmp(name, other) != 0)
            return NULL;
        name = other;
    }
    return name;
}

static expr_id put_function(const struct change *change, expr_id e)
{
    struct pool *pool = change->changed.scope->pool;
    expr_id function = function_builtin(pool, change->to);
    for (unsigned i = 0; i < expr_peek_function(pool, e)->primes; i++)
        function = function_prime(pool, function);
    return function;
}

static expr_id put_node(const struct change *change, expr_id node, const expr_id *made)
{
    struct pool *pool = change->changed.scope->pool;
    size_t count = expr_count(pool, node);
    if (is_arbitrary(pool, node))
        return put_function(change, node);
    if (count == 0)
        return node;
    expr_id *parts = memory_array(NULL, count, sizeof *parts);
    for (size_t i = 0; i < count; i++)
        parts[i] = made[expr_part(pool, node, i)];
    expr_id whole = expr_make(pool, expr_kind(pool, node), parts, count);
    memory_free(parts);
    return whole;
}

static expr_id put(const struct change *change, expr_id e)
{
    struct expr_list nodes;
    expr_list_init(&nodes);
    walk_nodes(change->changed.scope->pool, e, &nodes);
    expr_id *made = memory_zeroed((size_t)e + 1, sizeof *made);
    for (size_t i = 0; i < nodes.count; i++)
        made[nodes.items[i]] = put_node(change, nodes.items[i], made);
    expr_id changed = made[e];
    memory_free(made);
    expr_list_clear(&nodes);
    return changed;
}

static void put_values(struct change *change, const struct section *section)
{
    change->changed = *section;
    change->changed.values =
        memory_array(NULL, section->value_count + 1, sizeof *section->values);
    for (size_t i = 0; i < section->value_count; i++) {
        change->changed.values[i] = section->values[i];
        if (section->values[i].value)
            change->changed.values[i].value = put(change, section->values[i].value);
    }
}

static bool holds(struct change *change, const struct judged *judged)
{
    struct section *section = &change->changed;
    bool all = true;
    section_open(section);
    for (size_t i = 0; i < judged->pair_count && all; i++)
        all = judge_is_equal(section->prover, put(change, judged->pairs[i].base),
                             put(change, judged->pairs[i].member));
    section_close(section);
    return all;
}

static bool holds_for(struct section *section, const struct judged *judged,
                      enum function_id id)
{
    struct change change = {.to = id};
    put_values(&change, section);
    bool all = holds(&change, judged);
    memory_free(change.changed.values);
    section->scope->defs = &section->defs;
    return all;
}

static void note(struct judged *judged, const char *name, enum function_id id)
{
    struct buf condition;
    buf_init(&condition);
    buf_format(&condition, "%s = %s%s", name, id == FUNCTION_TANH ? "\\" : "",
               function_row(id)->name);
    judged->condition = buf_take(&condition);
    judged->verdict = VERDICT_PROVED;
}

void logistic_try(struct section *section, struct judged *judged)
{
    static const enum function_id known[] = {FUNCTION_SIGMOID, FUNCTION_TANH};
    const char *name =
        section->scope->network ? NULL : only_function(section->scope->pool);
    for (size_t i = 0; name && i < 2; i++)
        if (holds_for(section, judged, known[i])) {
            note(judged, name, known[i]);
            return;
        }
}
