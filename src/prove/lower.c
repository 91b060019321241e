#include "prove/lower.h"

#include "base/language.h"
#include "base/memory.h"
#include "prove/application.h"
#include "prove/lower_parts.h"

#include <string.h>

/* What is known of an expression in the circuit under way. */
struct mark {
    uint32_t epoch, total_seed, local_seed;
    gate_id value;
};

/* The value of an expression (seed 0), or the tangent of a gate. */
struct task {
    uint32_t of, seed;
};

static const gate_id OPEN = UINT32_MAX;

static const char *const CIRCLE = NC_("diagnostic", "the definitions go in a circle");
static const char *const EXPONENT =
    NC_("diagnostic", "an exponent is not an integer number below 2^62");
static const char *const NOT_A_SYMBOL =
    NC_("diagnostic", "a derivative is not by a symbol");
static const char *const TOO_LARGE =
    NC_("diagnostic", "the expressions and their derivatives are too large");

void lower_init(struct lowering *l, struct defs *defs, uint64_t max_gates)
{
    *l = (struct lowering){.pool = defs->pool, .defs = defs, .max_gates = max_gates};
    cone_init(&l->cone, defs);
    grants_init(&l->grants, defs->pool);
    touch_init(&l->touch);
    expr_list_init(&l->parts);
    expr_list_init(&l->users);
}

void lower_clear(struct lowering *l)
{
    cone_clear(&l->cone);
    expr_list_clear(&l->parts);
    expr_list_clear(&l->users);
    memory_free(l->marks);
    memory_free(l->tasks);
    memory_free(l->tangents);
    memory_free(l->seeds);
    memory_free(l->class_gates);
    memory_free(l->assumed);
    grants_clear(&l->grants);
    touch_clear(&l->touch);
}

void lower_grant(struct lowering *l, const struct lemma *lemmas, size_t count)
{
    grants_set(&l->grants, lemmas, count);
}

void lower_assume(struct lowering *l, expr_id symbol, expr_id value)
{
    if (symbol >= l->assumed_count) {
        l->assumed = memory_array(l->assumed, (size_t)symbol + 1, sizeof *l->assumed);
        while (l->assumed_count <= symbol)
            l->assumed[l->assumed_count++] = 0;
    }
    l->assumed[symbol] = value;
}

expr_id lower_assumed(const struct lowering *l, expr_id symbol)
{
    return symbol < l->assumed_count ? l->assumed[symbol] : 0;
}

static struct mark *mark_of(struct lowering *l, expr_id e)
{
    if (e >= l->mark_count) {
        size_t count = (size_t)e + e / 2 + 64;
        l->marks = memory_array(l->marks, count, sizeof *l->marks);
        memset(l->marks + l->mark_count, 0, (count - l->mark_count) * sizeof *l->marks);
        l->mark_count = count;
    }
    if (l->marks[e].epoch != l->epoch)
        l->marks[e] = (struct mark){.epoch = l->epoch};
    return &l->marks[e];
}

gate_id lower_fail(struct lowering *l, const char *reason)
{
    if (!l->reason)
        l->reason = reason;
    return 0;
}

/* Lemmas. */

/* The unknown of a class of equal expressions, of which `e` is one, or the number that
   they are. */
static gate_id class_gate(struct lowering *l, uint32_t class, expr_id e)
{
    expr_id number = grants_number(&l->grants, class);

    if (!l->class_gates[class])
        l->class_gates[class] =
            number ? circuit_number(l->circuit, number) : circuit_granted(l->circuit, e);
    return l->class_gates[class];
}

gate_id lower_granted_derivative(struct lowering *l, expr_id symbol, expr_id by)
{
    uint32_t class = grants_derivative(&l->grants, symbol, by);

    return class && l->unfolding.use_lemmas
               ? class_gate(l, class, expr_derivative(l->pool, symbol, by))
               : 0;
}

expr_id lower_definition_of(struct lowering *l, expr_id symbol)
{
    expr_id definition = defs_get(l->defs, symbol);

    return definition ? definition : grants_value(&l->grants, symbol);
}

/* Tasks. */

static void push_task(struct lowering *l, uint32_t of, uint32_t seed)
{
    if (l->task_count == l->task_capacity) {
        l->task_capacity = l->task_capacity * 2 + 64;
        l->tasks = memory_array(l->tasks, l->task_capacity, sizeof *l->tasks);
    }
    l->tasks[l->task_count++] = (struct task){of, seed};
}

static struct tangent *find_tangent(struct lowering *l, gate_id of, uint32_t seed)
{
    uint64_t hash = ((uint64_t)seed << 32 | of) * UINT64_C(0x9e3779b97f4a7c15);
    size_t mask = l->tangent_size - 1, slot = (hash >> 32) & mask;

    while (l->tangents[slot].seed &&
           (l->tangents[slot].of != of || l->tangents[slot].seed != seed))
        slot = (slot + 1) & mask;
    return &l->tangents[slot];
}

static void empty_tangents(struct lowering *l, size_t size)
{
    memory_free(l->tangents);
    l->tangents = memory_zeroed(size, sizeof *l->tangents);
    l->tangent_size = size;
    l->tangent_count = 0;
}

static void set_tangent(struct lowering *l, gate_id of, uint32_t seed, gate_id gate)
{
    struct tangent *tangent;

    if ((l->tangent_count + 1) * 2 > l->tangent_size) {
        struct tangent *old = l->tangents;
        size_t size = l->tangent_size;
        l->tangents = NULL;
        empty_tangents(l, size * 2);
        for (size_t i = 0; i < size; i++) {
            if (old[i].seed)
                set_tangent(l, old[i].of, old[i].seed, old[i].gate);
        }
        memory_free(old);
    }
    tangent = find_tangent(l, of, seed);
    l->tangent_count += tangent->seed == 0;
    *tangent = (struct tangent){of, seed, gate};
}

static gate_id need(struct lowering *l, gate_id gate, uint32_t of, uint32_t seed)
{
    if (gate == OPEN)
        return lower_fail(l, CIRCLE);
    if (gate == 0) {
        push_task(l, of, seed);
        l->is_waiting = true;
    }
    return gate;
}

gate_id lower_value(struct lowering *l, expr_id e)
{
    return need(l, mark_of(l, e)->value, e, 0);
}

/* Most are of leaves, and those are known at once. */
gate_id lower_tangent(struct lowering *l, gate_id of, uint32_t seed)
{
    const struct gate *gate = &l->circuit->gates[of];

    if (gate->kind == GATE_NUMBER)
        return GATE_ZERO;
    if (l->seeds[seed].is_local && circuit_is_symbol(l->circuit, of))
        return gate->expression == l->seeds[seed].by ? GATE_ONE : GATE_ZERO;
    return need(l, find_tangent(l, of, seed)->gate, of, seed);
}

bool lower_is_stopped(const struct lowering *l)
{
    return l->is_waiting || l->reason;
}

/* Values. */

uint32_t lower_seed(struct lowering *l, expr_id by, bool is_local)
{
    struct mark *mark = mark_of(l, by);
    uint32_t *seed = is_local ? &mark->local_seed : &mark->total_seed;

    if (*seed)
        return *seed;
    if (l->seed_count == l->seed_capacity) {
        l->seed_capacity = l->seed_capacity * 2 + 8;
        l->seeds = memory_array(l->seeds, l->seed_capacity, sizeof *l->seeds);
    }
    l->seeds[l->seed_count] = (struct seed){by, is_local};
    return *seed = (uint32_t)l->seed_count++;
}

static bool read_exponent(struct lowering *l, expr_id e, int64_t *exponent)
{
    bool negative = expr_kind(l->pool, e) == EXPR_NEGATE;
    mpq_srcptr q;

    if (negative)
        e = expr_part(l->pool, e, 0);
    if (expr_kind(l->pool, e) != EXPR_NUMBER)
        return false;
    q = expr_peek_number(l->pool, e);
    if (mpz_cmp_ui(mpq_denref(q), 1) != 0 || mpz_sizeinbase(mpq_numref(q), 2) > 62)
        return false;
    *exponent = negative ? -mpz_get_si(mpq_numref(q)) : mpz_get_si(mpq_numref(q));
    return true;
}

static gate_id value_of_symbol(struct lowering *l, expr_id symbol)
{
    expr_id assumed = lower_assumed(l, symbol),
            definition = assumed ? assumed : lower_definition_of(l, symbol);
    gate_id value;

    /* What a lemma or an assumption gives is always put in; the heights are not looked up
       without need. */
    if (!definition || (!assumed && defs_get(l->defs, symbol) &&
                        (l->unfolding.from == UNFOLD_NOTHING ||
                         cone_height(&l->cone, symbol) < l->unfolding.from)))
        return circuit_unknown(l->circuit, symbol);
    value = lower_value(l, definition);
    return lower_is_stopped(l) ? 0 : circuit_named(l->circuit, symbol, value);
}

static gate_id value_of_derivative(struct lowering *l, expr_id e)
{
    expr_id of = expr_part(l->pool, e, 0), by = expr_part(l->pool, e, 1);
    bool is_local = expr_kind(l->pool, e) == EXPR_LOCAL;
    gate_id value;

    if (expr_kind(l->pool, by) != EXPR_SYMBOL)
        return lower_fail(l, NOT_A_SYMBOL);
    if (of == by)
        return circuit_integer(l->circuit, 1);
    if (is_local && expr_kind(l->pool, of) == EXPR_SYMBOL) {
        expr_id definition = lower_definition_of(l, of);
        of = definition ? definition : of;
    }
    value = lower_value(l, of);
    return lower_is_stopped(l) ? 0 : lower_tangent(l, value, lower_seed(l, by, is_local));
}

static gate_id value_of_parts(struct lowering *l, expr_id e)
{
    struct circuit *circuit = l->circuit;
    enum expr_kind kind = expr_kind(l->pool, e);
    size_t count = expr_count(l->pool, e);
    gate_id *parts;
    int64_t exponent;

    l->parts.count = 0;
    for (size_t i = 0; i < count - (kind == EXPR_POWER); i++)
        expr_list_push(&l->parts, lower_value(l, expr_part(l->pool, e, i)));
    parts = l->parts.items;
    if (lower_is_stopped(l))
        return 0;
    switch (kind) {
    case EXPR_SUM:
        return circuit_sum(circuit, parts, count);
    case EXPR_PRODUCT:
        return circuit_product(circuit, parts, count);
    case EXPR_NEGATE:
        return circuit_negate(circuit, parts[0]);
    case EXPR_QUOTIENT:
        circuit_require(circuit, expr_part(l->pool, e, 1), parts[1]);
        return circuit_quotient(circuit, parts[0], parts[1]);
    default:
        if (!read_exponent(l, expr_part(l->pool, e, 1), &exponent))
            return lower_fail(l, EXPONENT);
        if (exponent < 0)
            circuit_require(circuit, expr_part(l->pool, e, 0), parts[0]);
        return circuit_power(circuit, parts[0], exponent);
    }
}

static gate_id attempt_value(struct lowering *l, expr_id e)
{
    uint32_t class = l->unfolding.use_lemmas ? grants_class(&l->grants, e) : 0;

    if (class) {
        gate_id gate = class_gate(l, class, e);
        /* A tangent goes by the symbol, not by what that is equal to. */
        bool is_named = expr_kind(l->pool, e) == EXPR_SYMBOL;
        return is_named ? circuit_named(l->circuit, e, gate) : gate;
    }
    switch (expr_kind(l->pool, e)) {
    case EXPR_NUMBER:
        return circuit_number(l->circuit, e);
    case EXPR_SYMBOL:
        return value_of_symbol(l, e);
    case EXPR_DERIVATIVE:
    case EXPR_LOCAL:
        return value_of_derivative(l, e);
    case EXPR_APPLY:
        return application_value(l, e);
    default:
        return value_of_parts(l, e);
    }
}

/* The loop. */

static void set_done(struct lowering *l, struct task task, gate_id gate)
{
    if (task.seed)
        set_tangent(l, task.of, task.seed, gate);
    else
        mark_of(l, task.of)->value = gate;
}

static gate_id done(struct lowering *l, struct task task)
{
    return task.seed ? find_tangent(l, task.of, task.seed)->gate
                     : mark_of(l, task.of)->value;
}

static void run(struct lowering *l)
{
    while (l->task_count && !l->reason) {
        size_t top = l->task_count - 1;
        struct task task = l->tasks[top];
        gate_id gate = done(l, task);
        if (gate && gate != OPEN) {
            l->task_count--;
            continue;
        }
        set_done(l, task, OPEN);
        l->is_waiting = false;
        gate = task.seed ? lower_differentiate(l, task.of, task.seed)
                         : attempt_value(l, task.of);
        if (l->is_waiting || l->reason)
            continue;
        set_done(l, task, gate);
        l->task_count = top;
        if (l->circuit->count > l->max_gates)
            lower_fail(l, TOO_LARGE);
    }
}

static uint32_t height_of(struct lowering *l, const struct expr_list *unknowns)
{
    uint32_t height = 0;

    for (size_t i = 0; i < unknowns->count; i++) {
        expr_id e = unknowns->items[i];
        if (e && expr_kind(l->pool, e) == EXPR_SYMBOL &&
            cone_height(&l->cone, e) > height)
            height = cone_height(&l->cone, e);
    }
    return height;
}

uint32_t lower_height(struct lowering *l, const struct circuit *circuit)
{
    uint32_t plain = height_of(l, &circuit->unknowns),
             hidden = height_of(l, &circuit->hidden);

    return plain > hidden ? plain : hidden;
}

static void begin(struct lowering *l, struct circuit *circuit, struct unfolding unfolding)
{
    circuit_init(circuit, l->pool);
    l->circuit = circuit;
    l->unfolding = unfolding;
    l->reason = NULL;
    l->has_kept = false;
    l->epoch++;
    l->task_count = 0;
    l->seed_count = 1;
    l->slot = 0;
    if (l->tangent_count || !l->tangents)
        empty_tangents(l, 64);
    if (l->seed_capacity == 0) {
        l->seed_capacity = 8;
        l->seeds = memory_array(NULL, 8, sizeof *l->seeds);
    }
    memory_free(l->class_gates);
    l->class_gates = memory_zeroed(l->grants.class_count, sizeof *l->class_gates);
    touch_reset(&l->touch);
}

/* Gives these expressions gates, the first one first. */
static void lower_these(struct lowering *l, const expr_id *expressions, size_t count)
{
    for (size_t i = count; i-- > 0;)
        push_task(l, expressions[i], 0);
    run(l);
    if (!l->reason && l->slot)
        circuit_forget(l->circuit, l->slot);
}

const char *lower_make(struct lowering *l, struct circuit *circuit,
                       const expr_id sides[2], struct unfolding unfolding)
{
    begin(l, circuit, unfolding);
    lower_these(l, sides, 2);
    if (!l->reason)
        circuit_finish(circuit, mark_of(l, sides[0])->value, mark_of(l, sides[1])->value);
    return l->reason;
}

const char *lower_make_all(struct lowering *l, struct circuit *circuit,
                           const expr_id *expressions, size_t count,
                           struct unfolding unfolding)
{
    begin(l, circuit, unfolding);
    lower_these(l, expressions, count);
    if (l->reason)
        return l->reason;
    l->parts.count = 0;
    for (size_t i = 0; i < count; i++)
        expr_list_push(&l->parts, mark_of(l, expressions[i])->value);
    circuit_want(circuit, l->parts.items, count);
    circuit_finish(circuit, GATE_ZERO, GATE_ZERO);
    return NULL;
}
