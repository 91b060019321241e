#include "verify/local.h"

#include "base/memory.h"
#include "expr/walk.h"
#include "tex/tree.h"
#include "verify/judge.h"

#include <string.h>

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

/* `e` with local derivatives; how many there are. One that is a base is marked as total.
 */
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
        bool is_total = expr_kind(pool, node) == EXPR_POWER &&
                        expr_kind(pool, expr_part(pool, node, 0)) == EXPR_DERIVATIVE;
        bool local = is_local(section, node, reading);
        *count += local;
        if (is_total)
            made[node] = node;
        else
            made[node] = local ? expr_local(pool, expr_part(pool, node, 0),
                                            expr_part(pool, node, 1))
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

/* --- what is written with d --- */

static bool is_written_d(void *context, const struct parse_node *node)
{
    (void)context;
    return node->kind == PARSE_DERIVATIVE && strcmp(node->text, "d") == 0;
}

static bool is_written_partial(void *context, const struct parse_node *node)
{
    (void)context;
    return node->kind == PARSE_DERIVATIVE && strcmp(node->text, "d") != 0;
}

/* Who writes both signs means a total derivative by d. */
static bool has_both(const struct parse_node *tree)
{
    return tree_any(tree, is_written_d, NULL) && tree_any(tree, is_written_partial, NULL);
}

static void note(struct section *section, struct judged *judged, enum verdict verdict,
                 enum diag_code code)
{
    judged->verdict = verdict;
    diag_at(
        &judged->diags, code,
        (struct place){section->reading->claims->document, judged->step->claim->right},
        (char *)NULL);
}

/* --- the left side --- */

static const struct parse_node *left_of(const struct section *section,
                                        const struct judged *judged)
{
    return section->steps[judged->base].step->left;
}

/* Whether `\frac{\partial y}{\partial x}` on the left makes a step true if it is local.
 */
static bool is_left_local(struct section *section, const struct judged *judged)
{
    struct judged other = *judged;
    size_t count = 0;
    if (left_of(section, judged)->kind != PARSE_DERIVATIVE ||
        tree_any(left_of(section, judged), is_written_d, NULL))
        return false;
    other.pairs = memory_array(NULL, judged->pair_count, sizeof *other.pairs);
    for (size_t i = 0; i < judged->pair_count; i++)
        other.pairs[i] = (struct pair){
            make_local(section, judged->pairs[i].base, LOCAL_BUT_ERROR, &count),
            judged->pairs[i].member};
    bool is_proved = count > 0 && judge_holds(section->prover, &other);
    memory_free(other.pairs);
    return is_proved;
}

/* Whether a left side of the section is total and nothing else. */
static bool find_left_total(struct section *section)
{
    const struct pool *pool = section->scope->pool;
    for (size_t i = section->first; i < section->end; i++) {
        const struct judged *other = &section->steps[i];
        if (other->pair_count > 0 &&
            expr_kind(pool, other->pairs[0].base) == EXPR_DERIVATIVE &&
            is_local(section, other->pairs[0].base, LOCAL_BUT_ERROR) &&
            judge_holds(section->prover, other) && !is_left_local(section, other))
            return true;
    }
    return false;
}

static bool has_left_total(struct section *section)
{
    if (section->looked_for_totals != section->number) {
        section->looked_for_totals = section->number;
        section->has_totals = find_left_total(section);
    }
    return section->has_totals;
}

/* `\frac{\partial y}{\partial x} = 1`, where y = x + h and h hangs on x: too little to
   be held against who writes no total derivative so. */
static bool may_be_local(struct section *section, const struct judged *judged)
{
    return !section->scope->network && is_left_local(section, judged) &&
           !has_left_total(section);
}

void local_try(struct section *section, struct judged *judged)
{
    struct judged marked = *judged;
    bool is_marked = has_both(judged->step->right), found = false;
    if (is_marked)
        section_mark_totals(section, &marked);
    for (enum reading_of reading = 0; reading < READINGS && !found; reading++)
        found =
            marked.pair_count == judged->pair_count && is_true(section, &marked, reading);
    if (is_marked)
        memory_free(marked.pairs);
    if (found)
        note(section, judged, VERDICT_PROVED, DIAG_VERIFY_LOCAL);
    else if (may_be_local(section, judged))
        note(section, judged, VERDICT_UNDECIDED, DIAG_VERIFY_LEFT_LOCAL);
}
