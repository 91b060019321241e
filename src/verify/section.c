#include "verify/section.h"

#include "base/memory.h"
#include "expr/walk.h"

#include <string.h>

struct judged *judged_new(const struct reading *reading)
{
    struct judged *steps = memory_zeroed(reading->count + 1, sizeof *steps);
    for (size_t i = 0; i < reading->count; i++) {
        steps[i].step = &reading->steps[i];
        steps[i].carried_from = -1;
        diags_init(&steps[i].diags);
        proof_init(&steps[i].proof);
    }
    return steps;
}

void judged_free(struct judged *steps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        memory_free(steps[i].pairs);
        diags_clear(&steps[i].diags);
        proof_clear(&steps[i].proof);
        memory_free(steps[i].condition);
    }
    memory_free(steps);
}

/* --- definitions --- */

static struct section_value *value_of(struct section *section, expr_id symbol)
{
    if (symbol >= section->value_count) {
        size_t count = 2 * (size_t)symbol + 64;
        section->values = memory_array(section->values, count, sizeof *section->values);
        memset(section->values + section->value_count, 0,
               (count - section->value_count) * sizeof *section->values);
        section->value_count = count;
    }
    return &section->values[symbol];
}

expr_id section_definition(struct section *section, expr_id symbol)
{
    expr_id value = value_of(section, symbol)->value;
    if (value || !section->scope->network)
        return value;
    return defs_get(network_defs(section->scope->network), symbol);
}

void section_define(struct section *section, expr_id symbol, expr_id value, size_t step)
{
    *value_of(section, symbol) = (struct section_value){value, section->number, step};
}

static expr_id make_definition(void *context, expr_id symbol)
{
    return section_definition(context, symbol);
}

/* What the network assumes is granted, as in a derivation. */
static void grant_assumptions(struct prover *prover, const struct network *network)
{
    for (size_t i = 0; network && i < network_assumption_count(network); i++) {
        expr_id left, right;
        network_assumption(network, i, &left, &right);
        prove_assume(prover, left, right);
    }
}

struct prover *section_prover(struct section *section)
{
    struct prover *prover = prover_new(&section->defs, section->budget, section->seed);
    grant_assumptions(prover, section->scope->network);
    return prover;
}

void section_open(struct section *section)
{
    defs_init(&section->defs, section->scope->pool, make_definition, section);
    section->scope->defs = &section->defs;
    section->prover = section_prover(section);
    section->nowhere = (struct nowhere){0};
}

void section_close(struct section *section)
{
    nowhere_clear(&section->nowhere);
    prover_free(section->prover);
    defs_clear(&section->defs);
}

/* --- what is told --- */

bool section_holds_derivative(const struct section *section, expr_id e)
{
    const struct pool *pool = section->scope->pool;
    struct expr_list nodes;
    bool found = false;
    expr_list_init(&nodes);
    walk_nodes(pool, e, &nodes);
    for (size_t i = 0; i < nodes.count && !found; i++)
        found = expr_kind(pool, nodes.items[i]) == EXPR_DERIVATIVE ||
                expr_kind(pool, nodes.items[i]) == EXPR_LOCAL;
    expr_list_clear(&nodes);
    return found;
}

bool section_differentiates_by(const struct section *section, expr_id symbol)
{
    const struct pool *pool = section->scope->pool;
    for (expr_id e = 1; e <= pool_count(pool); e++)
        if (expr_kind(pool, e) == EXPR_DERIVATIVE && expr_part(pool, e, 1) == symbol)
            return true;
    return false;
}

bool section_proves(struct section *section, expr_id left, expr_id right)
{
    struct proof proof;
    proof_init(&proof);
    section_open(section);
    bool equal =
        prove_equal(section->prover, left, right, NULL, 0, &proof) == VERDICT_PROVED;
    section_close(section);
    proof_clear(&proof);
    return equal;
}

bool section_hangs_on(struct section *section, expr_id e, expr_id symbol)
{
    struct defs defs;
    struct expr_list symbols;
    bool found = false;
    expr_list_init(&symbols);
    defs_init(&defs, section->scope->pool, make_definition, section);
    walk_symbols_deep(&defs, e, &symbols);
    defs_clear(&defs);
    for (size_t i = 0; i < symbols.count && !found; i++)
        found = symbols.items[i] == symbol;
    expr_list_clear(&symbols);
    return found;
}

/* --- expressions --- */

struct elaborate section_context(struct section *section, struct bindings *bindings,
                                 struct diags *diags)
{
    return (struct elaborate){.source = &section->reading->claims->text,
                              .scope = &section->scope->scope,
                              .bindings = bindings,
                              .budget = section->budget,
                              .diags = diags,
                              .steps = &section->elaborated,
                              .may_be_undefined = true,
                              .marks_totals = section->marks_totals};
}

/* The chain's first side, unless that was not read or what follows it was defined anew.
 */
static size_t base_of(const struct section *section, size_t i)
{
    const struct judged *before = i > section->first ? &section->steps[i - 1] : NULL;
    if (!section->steps[i].step->claim->continues || !before)
        return i;
    if (before->role == ROLE_DEFINITION)
        return i - 1;
    return before->role == ROLE_UNREAD && before->base == i - 1 && !before->step->left
               ? i
               : before->base;
}

struct taking {
    struct judged *judged;
    const struct elaborate *context;
    const struct parse_node *trees[2];
};

static bool take_pair(void *context)
{
    struct taking *taking = context;
    struct judged *judged = taking->judged;
    expr_id base = elaborate(taking->context, taking->trees[0]);
    expr_id member = base ? elaborate(taking->context, taking->trees[1]) : 0;
    if (!member) {
        judged->role = ROLE_UNREAD;
        return false;
    }
    if (judged->pair_count == judged->pair_capacity) {
        judged->pair_capacity = 2 * judged->pair_capacity + 2;
        judged->pairs =
            memory_array(judged->pairs, judged->pair_capacity, sizeof *judged->pairs);
    }
    judged->pairs[judged->pair_count++] = (struct pair){base, member};
    return true;
}

static void refuse_instances(struct judged *judged, const struct instances *instances,
                             enum instances_end end, struct place place)
{
    judged->role = ROLE_UNREAD;
    if (end == INSTANCES_NONE && instances->letter_count == 0)
        diag_at(&judged->diags, DIAG_VERIFY_NO_NAMES, place, (char *)NULL);
    else if (end == INSTANCES_NONE)
        diag_at(&judged->diags, DIAG_VERIFY_NO_INSTANCE, place,
                instances->letters[0].text, (char *)NULL);
    else if (end == INSTANCES_MANY)
        diag_at(&judged->diags, DIAG_VERIFY_MANY_INSTANCES, place, (char *)NULL);
    else
        diag_at(&judged->diags, DIAG_VERIFY_CONDITION, place, (char *)NULL);
}

static bool is_one_sided(const struct instances *instances)
{
    for (size_t i = 0; i < instances->letter_count; i++) {
        const struct instances_letter *letter = &instances->letters[i];
        if (!letter->is_limit && (!letter->is_in[0] || !letter->is_in[1]))
            return true;
    }
    return false;
}

static void take_pairs(struct section *section, struct judged *judged)
{
    struct bindings bindings = {0};
    struct diags tried;
    diags_init(&tried);
    struct elaborate context = section_context(section, &bindings, &judged->diags);
    struct elaborate trying = section_context(section, &bindings, &tried);
    struct taking taking = {
        judged, &context, {section->steps[judged->base].step->left, judged->step->right}};
    struct instances instances;
    instances_init(&instances, &trying, taking.trees, judged->step->condition,
                   scope_is_letter, section->scope);
    enum instances_end end = instances_run(&instances, take_pair, &taking);
    if (end != INSTANCES_DONE && judged->role != ROLE_UNREAD)
        refuse_instances(judged, &instances, end,
                         (struct place){section->reading->claims->document,
                                        judged->step->claim->right});
    judged->is_one_sided = is_one_sided(&instances);
    instances_clear(&instances);
    diags_clear(&tried);
    bindings_clear(&bindings);
}

void section_mark_totals(struct section *section, struct judged *other)
{
    other->pairs = NULL;
    other->pair_count = other->pair_capacity = 0;
    diags_init(&other->diags);
    section->marks_totals = true;
    take_pairs(section, other);
    section->marks_totals = false;
    diags_clear(&other->diags);
}

static void copy_diags(struct diags *to, const struct diags *from)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct diag *diag = &from->items[i];
        diag_at(to, diag->code, diag->place, diag->arguments[0], diag->arguments[1],
                diag->arguments[2], diag->arguments[3], (char *)NULL);
    }
}

void section_elaborate(struct section *section, size_t i)
{
    struct judged *judged = &section->steps[i];
    judged->base = base_of(section, i);
    const struct parse_node *base = section->steps[judged->base].step->left;
    if (!base || !judged->step->right) {
        judged->role = ROLE_UNREAD;
        copy_diags(&judged->diags, &judged->step->diags);
        return;
    }
    take_pairs(section, judged);
    reading_place(section->reading, &judged->diags);
}
