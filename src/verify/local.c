#include "verify/local.h"

#include "base/memory.h"
#include "expr/walk.h"
#include "verify/judge.h"

/* LOCAL_BY_LEAVES: those by a parameter, as in `\sum_k \frac{\partial h_3}{\partial h_k}
   \frac{\partial h_k}{\partial w}`. */
enum reading_of { LOCAL_ALL, LOCAL_BUT_ERROR, LOCAL_BY_LEAVES, READINGS };

static expr_id rebuild(struct pool *pool, expr_id node, const expr_id *made)
{
    size_t count = expr_count(pool, node);
    if (count == 0)
        return node;
    expr_id *parts = memory_array(NULL, count, sizeof *parts);
    for (size_t i = 0; i < count; i++)
        parts[i] = made[expr_part(pool, node, i)];
    expr_id whole = expr_make(pool, expr_kind(pool, node), parts, count);
    memory_free(parts);
    return whole;
}

static bool is_used(struct section *section, expr_id definition, expr_id symbol)
{
    struct expr_list symbols;
    bool found = false;
    expr_list_init(&symbols);
    walk_symbols(section->scope->pool, definition, &symbols);
    for (size_t i = 0; i < symbols.count && !found; i++)
        found = symbols.items[i] == symbol;
    expr_list_clear(&symbols);
    return found;
}

/* The derivative of a symbol by itself is 1, whatever its definition; and
 * nobody means a local derivative where there is no edge: it would be 0. */
static bool is_local(struct section *section, expr_id node, enum reading_of reading)
{
    const struct pool *pool = section->scope->pool;
    if (expr_kind(pool, node) != EXPR_DERIVATIVE)
        return false;
    expr_id of = expr_part(pool, node, 0), by = expr_part(pool, node, 1);
    if (expr_kind(pool, of) != EXPR_SYMBOL || of == by)
        return false;
    if (reading == LOCAL_BUT_ERROR && of == section->scope->error)
        return false;
    if (reading == LOCAL_BY_LEAVES && section_definition(section, by) != 0)
        return false;
    expr_id definition = section_definition(section, of);
    return definition && is_used(section, definition, by);
}

/* `e` with local derivatives; how many there are. */
static expr_id make_local(struct section *section, expr_id e, enum reading_of reading,
                          size_t *count)
{
    struct pool *pool = section->scope->pool;
    struct expr_list nodes;
    expr_list_init(&nodes);
    walk_nodes(pool, e, &nodes);
    expr_id *made = memory_zeroed((size_t)e + 1, sizeof *made);
    for (size_t i = 0; i < nodes.count; i++) {
        expr_id node = nodes.items[i];
        bool local = is_local(section, node, reading);
        *count += local;
        made[node] =
            local ? expr_local(pool, expr_part(pool, node, 0), expr_part(pool, node, 1))
                  : rebuild(pool, node, made);
    }
    expr_id changed = made[e];
    memory_free(made);
    expr_list_clear(&nodes);
    return changed;
}

static bool is_true(struct section *section, const struct judged *judged,
                    enum reading_of reading)
{
    struct judged other = *judged;
    size_t count = 0;
    other.pairs = memory_array(NULL, judged->pair_count, sizeof *other.pairs);
    for (size_t i = 0; i < judged->pair_count; i++)
        other.pairs[i] =
            (struct pair){judged->pairs[i].base,
                          make_local(section, judged->pairs[i].member, reading, &count)};
    bool is_proved = count > 0 && judge_holds(section->prover, &other);
    memory_free(other.pairs);
    return is_proved;
}

void local_try(struct section *section, struct judged *judged)
{
    for (enum reading_of reading = 0; reading < READINGS; reading++) {
        if (!is_true(section, judged, reading))
            continue;
        judged->verdict = VERDICT_PROVED;
        diag_at(&judged->diags, DIAG_VERIFY_LOCAL,
                (struct place){section->reading->claims->document,
                               judged->step->claim->right},
                (char *)NULL);
        return;
    }
}
