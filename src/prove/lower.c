#include "prove/lower.h"

#include "base/memory.h"

#include <string.h>

/* What is known of an expression in the circuit under way. `class` counts from 1. */
struct mark {
    uint32_t epoch, class, first_granted;
    expr_id granted_value; /* what only a lemma defines the symbol as */
    uint32_t total_seed, local_seed;
    gate_id value;
};

/* The value of an expression (seed 0), or the tangent of a gate. */
struct task {
    uint32_t of, seed;
};

static const gate_id OPEN = UINT32_MAX;

static const char *const CIRCLE = "the definitions go in a circle";
static const char *const EXPONENT = "an exponent is not an integer number below 2^62";
static const char *const NOT_A_SYMBOL = "a derivative is not by a symbol";
static const char *const TOO_LARGE = "the expressions and their derivatives are too large";
static const char *const OF_A_LEMMA = "a derivative of a granted equality is needed";

void lower_init(struct lowering *l, struct defs *defs, uint64_t max_gates)
{
    *l = (struct lowering){.pool = defs->pool, .defs = defs, .max_gates = max_gates};
    cone_init(&l->cone, defs);
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
    memory_free(l->granted);
    memory_free(l->classes);
    memory_free(l->class_gates);
}

void lower_grant(struct lowering *l, const struct lemma *lemmas, size_t count)
{
    l->lemmas = lemmas;
    l->lemma_count = count;
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

static gate_id fail(struct lowering *l, const char *reason)
{
    if (!l->reason)
        l->reason = reason;
    return 0;
}

/* Lemmas: classes of equal expressions. */

static uint32_t root_of(struct lowering *l, uint32_t class)
{
    while (l->classes[class] != class)
        class = l->classes[class] = l->classes[l->classes[class]];
    return class;
}

static uint32_t class_of(struct lowering *l, expr_id e)
{
    uint32_t class = mark_of(l, e)->class;

    if (class)
        return root_of(l, class);
    if (l->class_count == l->class_capacity) {
        l->class_capacity = l->class_capacity * 2 + 16;
        l->classes = memory_array(l->classes, l->class_capacity, sizeof *l->classes);
        l->class_gates = memory_array(l->class_gates, l->class_capacity, sizeof(gate_id));
    }
    class = (uint32_t)l->class_count++;
    l->classes[class] = class;
    l->class_gates[class] = 0;
    mark_of(l, e)->class = class;
    if (expr_kind(l->pool, e) == EXPR_NUMBER)
        l->class_gates[class] = circuit_number(l->circuit, e);
    return class;
}

static void unite(struct lowering *l, expr_id a, expr_id b)
{
    uint32_t first = class_of(l, a), second = class_of(l, b);

    if (first == second)
        return;
    l->classes[second] = first;
    if (!l->class_gates[first])
        l->class_gates[first] = l->class_gates[second];
}

static void index_derivative(struct lowering *l, expr_id e, uint32_t slot)
{
    struct mark *of;

    if (expr_kind(l->pool, e) != EXPR_DERIVATIVE)
        return;
    of = mark_of(l, expr_part(l->pool, e, 0));
    l->granted[slot] =
        (struct granted){expr_part(l->pool, e, 1), mark_of(l, e)->class, of->first_granted};
    of->first_granted = slot;
}

static void set_up_lemmas(struct lowering *l)
{
    l->class_count = 0;
    if (!l->unfolding.use_lemmas)
        return;
    l->classes = l->classes ? l->classes : memory_array(NULL, 16, sizeof *l->classes);
    l->class_gates = l->class_gates ? l->class_gates : memory_array(NULL, 16, sizeof(gate_id));
    l->class_capacity = l->class_capacity ? l->class_capacity : 16;
    l->class_count = 1;
    l->granted = memory_array(l->granted, 2 * l->lemma_count + 1, sizeof *l->granted);
    for (size_t i = 0; i < l->lemma_count; i++)
        unite(l, l->lemmas[i].left, l->lemmas[i].right);
    for (size_t i = 0; i < l->lemma_count; i++) {
        index_derivative(l, l->lemmas[i].left, (uint32_t)(2 * i + 1));
        if (l->lemmas[i].right != l->lemmas[i].left)
            index_derivative(l, l->lemmas[i].right, (uint32_t)(2 * i + 2));
    }
}

/* The unknown of a class of equal expressions; `e` is one of them. */
static gate_id class_gate(struct lowering *l, uint32_t class, expr_id e)
{
    class = root_of(l, class);
    if (!l->class_gates[class])
        l->class_gates[class] = circuit_unknown(l->circuit, e);
    return l->class_gates[class];
}

/* The unknown that a lemma gives for the derivative of a symbol, or 0. */
static gate_id granted_derivative(struct lowering *l, expr_id symbol, expr_id by)
{
    uint32_t slot = l->unfolding.use_lemmas ? mark_of(l, symbol)->first_granted : 0;

    for (; slot; slot = l->granted[slot].next) {
        if (l->granted[slot].by == by)
            return class_gate(l, l->granted[slot].class, symbol);
    }
    return 0;
}

/* A lemma defines a symbol that nothing else does. */
static void set_up_granted_values(struct lowering *l)
{
    for (size_t i = 0; i < l->lemma_count; i++) {
        expr_id left = l->lemmas[i].left, right = l->lemmas[i].right;
        if (left != right && expr_kind(l->pool, left) == EXPR_SYMBOL)
            mark_of(l, left)->granted_value = right;
        else if (left != right && expr_kind(l->pool, right) == EXPR_SYMBOL)
            mark_of(l, right)->granted_value = left;
    }
}

static expr_id definition_of(struct lowering *l, expr_id symbol)
{
    expr_id definition = defs_get(l->defs, symbol);

    return definition ? definition : mark_of(l, symbol)->granted_value;
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

/* The gate if it is there; else the task waits for it. */
static gate_id need(struct lowering *l, gate_id gate, uint32_t of, uint32_t seed)
{
    if (gate == OPEN)
        return fail(l, CIRCLE);
    if (gate == 0) {
        push_task(l, of, seed);
        l->is_waiting = true;
    }
    return gate;
}

static gate_id need_value(struct lowering *l, expr_id e)
{
    return need(l, mark_of(l, e)->value, e, 0);
}

static gate_id need_tangent(struct lowering *l, gate_id of, uint32_t seed)
{
    if (l->circuit->gates[of].kind == GATE_NUMBER)
        return GATE_ZERO;
    return need(l, find_tangent(l, of, seed)->gate, of, seed);
}

static bool stopped(const struct lowering *l)
{
    return l->is_waiting || l->reason;
}

/* Values. */

static uint32_t seed_of(struct lowering *l, expr_id by, bool is_local)
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
    expr_id definition = definition_of(l, symbol);
    gate_id value;

    /* What only a lemma defines is always put in; the heights are not looked up without need. */
    if (!definition || (defs_get(l->defs, symbol) &&
                        (l->unfolding.from == UNFOLD_NOTHING ||
                         cone_height(&l->cone, symbol) < l->unfolding.from)))
        return circuit_unknown(l->circuit, symbol);
    value = need_value(l, definition);
    return stopped(l) ? 0 : circuit_named(l->circuit, symbol, value);
}

static gate_id value_of_derivative(struct lowering *l, expr_id e)
{
    expr_id of = expr_part(l->pool, e, 0), by = expr_part(l->pool, e, 1);
    bool is_local = expr_kind(l->pool, e) == EXPR_LOCAL;
    gate_id value;

    if (expr_kind(l->pool, by) != EXPR_SYMBOL)
        return fail(l, NOT_A_SYMBOL);
    if (is_local && expr_kind(l->pool, of) == EXPR_SYMBOL) {
        expr_id definition = definition_of(l, of);
        of = definition ? definition : of;
    }
    value = need_value(l, of);
    return stopped(l) ? 0 : need_tangent(l, value, seed_of(l, by, is_local));
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
        expr_list_push(&l->parts, need_value(l, expr_part(l->pool, e, i)));
    parts = l->parts.items;
    if (stopped(l))
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
            return fail(l, EXPONENT);
        if (exponent < 0)
            circuit_require(circuit, expr_part(l->pool, e, 0), parts[0]);
        return circuit_power(circuit, parts[0], exponent);
    }
}

static gate_id attempt_value(struct lowering *l, expr_id e)
{
    uint32_t class = mark_of(l, e)->class;

    if (class)
        return class_gate(l, class, e);
    switch (expr_kind(l->pool, e)) {
    case EXPR_NUMBER:
        return circuit_number(l->circuit, e);
    case EXPR_SYMBOL:
        return value_of_symbol(l, e);
    case EXPR_DERIVATIVE:
    case EXPR_LOCAL:
        return value_of_derivative(l, e);
    default:
        return value_of_parts(l, e);
    }
}

/* Tangents. */

/* d(symbol)/d(by) = sum over the users u of `by` of d(symbol)/du times the local du/d(by): where a
   lemma gives d(symbol)/du. Sets `is_used` if so. */
static gate_id adjoint_of(struct lowering *l, gate_id of, const struct seed *seed, bool *is_used)
{
    expr_id symbol = l->circuit->gates[of].expression;
    gate_id outer, local, value;

    *is_used = false;
    if (!l->unfolding.use_lemmas || !mark_of(l, symbol)->first_granted)
        return 0;
    l->users.count = l->parts.count = 0;
    cone_users(&l->cone, seed->by, &l->users);
    for (size_t i = 0; i < l->users.count; i++)
        *is_used = *is_used || granted_derivative(l, symbol, l->users.items[i]);
    for (size_t i = 0; *is_used && i < l->users.count; i++) {
        expr_id user = l->users.items[i];
        value = need_value(l, definition_of(l, user));
        outer = need_tangent(l, of, seed_of(l, user, false));
        local = value && value != OPEN ? need_tangent(l, value, seed_of(l, seed->by, true)) : 0;
        if (!stopped(l))
            expr_list_push(&l->parts,
                           circuit_product(l->circuit, (gate_id[]){outer, local}, 2));
    }
    return stopped(l) ? 0 : circuit_sum(l->circuit, l->parts.items, l->parts.count);
}

static gate_id tangent_of_symbol(struct lowering *l, gate_id of, uint32_t seed_index)
{
    struct seed seed = l->seeds[seed_index];
    expr_id symbol = l->circuit->gates[of].expression, definition;
    gate_id gate;
    bool is_used;

    if (symbol == seed.by)
        return GATE_ONE;
    if (seed.is_local)
        return GATE_ZERO;
    gate = granted_derivative(l, symbol, seed.by);
    if (gate)
        return gate;
    definition = definition_of(l, symbol);
    if (!definition ||
        (defs_get(l->defs, symbol) && !cone_hangs_on(&l->cone, symbol, seed.by)))
        return GATE_ZERO;
    gate = adjoint_of(l, of, &seed, &is_used);
    if (is_used)
        return gate;
    gate = need_value(l, definition);
    return stopped(l) ? 0 : need_tangent(l, gate, seed_index);
}

static gate_id tangent_of_unknown(struct lowering *l, gate_id of, uint32_t seed)
{
    if (expr_kind(l->pool, l->circuit->gates[of].expression) != EXPR_SYMBOL)
        return fail(l, OF_A_LEMMA);
    return tangent_of_symbol(l, of, seed);
}

static gate_id tangent_of_sum(struct lowering *l, gate_id of, uint32_t seed)
{
    uint32_t count = l->circuit->gates[of].count;

    l->parts.count = 0;
    for (size_t i = 0; i < count; i++)
        expr_list_push(&l->parts, need_tangent(l, circuit_part(l->circuit, of, i), seed));
    return stopped(l) ? 0 : circuit_sum(l->circuit, l->parts.items, count);
}

/* The product with the factor at `chosen` replaced by its tangent. */
static gate_id product_term(struct lowering *l, gate_id of, size_t chosen, gate_id tangent)
{
    uint32_t count = l->circuit->gates[of].count;
    size_t first = l->parts.count;
    gate_id gate;

    for (size_t i = 0; i < count; i++)
        expr_list_push(&l->parts, i == chosen ? tangent : circuit_part(l->circuit, of, i));
    gate = circuit_product(l->circuit, l->parts.items + first, count);
    l->parts.count = first;
    return gate;
}

static gate_id tangent_of_product(struct lowering *l, gate_id of, uint32_t seed)
{
    uint32_t count = l->circuit->gates[of].count;

    l->parts.count = 0;
    for (size_t i = 0; i < count; i++)
        expr_list_push(&l->parts, need_tangent(l, circuit_part(l->circuit, of, i), seed));
    if (stopped(l))
        return 0;
    for (size_t i = 0; i < count; i++) {
        if (l->parts.items[i] != GATE_ZERO)
            l->parts.items[i] = product_term(l, of, i, l->parts.items[i]);
    }
    return circuit_sum(l->circuit, l->parts.items, count);
}

static gate_id tangent_of_power(struct lowering *l, gate_id of, uint32_t seed)
{
    struct circuit *circuit = l->circuit;
    int64_t n = circuit->gates[of].integer;
    gate_id base = circuit_part(circuit, of, 0), tangent = need_tangent(l, base, seed), factors[3];

    if (stopped(l) || tangent == GATE_ZERO)
        return tangent;
    factors[0] = circuit_integer(circuit, n);
    factors[1] = circuit_power(circuit, base, n - 1);
    factors[2] = tangent;
    return circuit_product(circuit, factors, 3);
}

/* (u' v - u v') / v^2, or u' / v. */
static gate_id tangent_of_quotient(struct lowering *l, gate_id of, uint32_t seed)
{
    struct circuit *circuit = l->circuit;
    gate_id u = circuit_part(circuit, of, 0), v = circuit_part(circuit, of, 1);
    gate_id du = need_tangent(l, u, seed), dv = need_tangent(l, v, seed), above;

    if (stopped(l))
        return 0;
    if (dv == GATE_ZERO)
        return du == GATE_ZERO ? GATE_ZERO : circuit_quotient(circuit, du, v);
    above = circuit_negate(circuit, circuit_product(circuit, (gate_id[]){u, dv}, 2));
    du = circuit_product(circuit, (gate_id[]){du, v}, 2);
    above = circuit_sum(circuit, (gate_id[]){du, above}, 2);
    return circuit_quotient(circuit, above, circuit_power(circuit, v, 2));
}

static gate_id attempt_tangent(struct lowering *l, gate_id of, uint32_t seed)
{
    gate_id gate;

    switch (l->circuit->gates[of].kind) {
    case GATE_NUMBER:
        return GATE_ZERO;
    case GATE_UNKNOWN:
        return tangent_of_unknown(l, of, seed);
    case GATE_NAMED:
        return tangent_of_symbol(l, of, seed);
    case GATE_SUM:
        return tangent_of_sum(l, of, seed);
    case GATE_PRODUCT:
        return tangent_of_product(l, of, seed);
    case GATE_POWER:
        return tangent_of_power(l, of, seed);
    case GATE_QUOTIENT:
        return tangent_of_quotient(l, of, seed);
    default:
        gate = need_tangent(l, circuit_part(l->circuit, of, 0), seed);
        return stopped(l) ? 0 : circuit_negate(l->circuit, gate);
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
    return task.seed ? find_tangent(l, task.of, task.seed)->gate : mark_of(l, task.of)->value;
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
        gate = task.seed ? attempt_tangent(l, task.of, task.seed) : attempt_value(l, task.of);
        if (l->is_waiting || l->reason)
            continue;
        set_done(l, task, gate);
        l->task_count = top;
        if (l->circuit->count > l->max_gates)
            fail(l, TOO_LARGE);
    }
}

uint32_t lower_height(struct lowering *l, const struct circuit *circuit)
{
    uint32_t height = 0;

    for (size_t i = 0; i < circuit->unknowns.count; i++) {
        expr_id e = circuit->unknowns.items[i];
        if (expr_kind(l->pool, e) == EXPR_SYMBOL && cone_height(&l->cone, e) > height)
            height = cone_height(&l->cone, e);
    }
    return height;
}

const char *lower_make(struct lowering *l, struct circuit *circuit, const expr_id sides[2],
                       struct unfolding unfolding)
{
    circuit_init(circuit, l->pool);
    l->circuit = circuit;
    l->unfolding = unfolding;
    l->reason = NULL;
    l->epoch++;
    l->task_count = 0;
    l->seed_count = 1;
    if (l->tangent_count || !l->tangents)
        empty_tangents(l, 64);
    if (l->seed_capacity == 0) {
        l->seed_capacity = 8;
        l->seeds = memory_array(NULL, 8, sizeof *l->seeds);
    }
    set_up_lemmas(l);
    set_up_granted_values(l);
    push_task(l, sides[1], 0);
    push_task(l, sides[0], 0);
    run(l);
    if (!l->reason)
        circuit_finish(circuit, mark_of(l, sides[0])->value, mark_of(l, sides[1])->value);
    return l->reason;
}
