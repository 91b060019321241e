#include "prove/circuit.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static void *room(void *array, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity)
        return array;
    *capacity = need + need / 2 + 32;
    return memory_array(array, *capacity, size);
}

static bool has_parts(const struct gate *gate)
{
    return gate->kind != GATE_NUMBER && gate->kind != GATE_UNKNOWN;
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 29;
}

static uint64_t hash_of(const struct circuit *circuit, const struct gate *gate)
{
    uint64_t hash = mix(gate->kind, gate->expression);

    hash = mix(hash, (uint64_t)gate->integer);
    for (size_t i = 0; has_parts(gate) && i < gate->count; i++)
        hash = mix(hash, circuit->parts[gate->first + i]);
    return hash;
}

static bool is_same(const struct circuit *circuit, const struct gate *a,
                    const struct gate *b)
{
    return a->kind == b->kind && a->expression == b->expression &&
           a->integer == b->integer && a->count == b->count &&
           (!has_parts(a) || memcmp(circuit->parts + a->first, circuit->parts + b->first,
                                    a->count * sizeof *circuit->parts) == 0);
}

/* The slot of the gate, or the free one for it. */
static gate_id *find_slot(const struct circuit *circuit, const struct gate *gate)
{
    size_t mask = circuit->table_size - 1, slot = (hash_of(circuit, gate) >> 16) & mask;

    while (circuit->table[slot] &&
           !is_same(circuit, &circuit->gates[circuit->table[slot]], gate))
        slot = (slot + 1) & mask;
    return &circuit->table[slot];
}

static void grow_table(struct circuit *circuit)
{
    circuit->table_size = circuit->table_size ? circuit->table_size * 2 : 64;
    memory_free(circuit->table);
    circuit->table = memory_zeroed(circuit->table_size, sizeof *circuit->table);
    for (size_t g = 1; g < circuit->count; g++)
        *find_slot(circuit, &circuit->gates[g]) = (gate_id)g;
}

/* The gate that is the same, or this one as a new gate. Its parts stand at the end of all
   parts; they are kept for a new gate. */
static gate_id intern(struct circuit *circuit, struct gate gate)
{
    gate_id *slot;

    if ((circuit->count + 1) * 2 > circuit->table_size)
        grow_table(circuit);
    slot = find_slot(circuit, &gate);
    if (*slot)
        return *slot;
    circuit->gates =
        room(circuit->gates, &circuit->capacity, circuit->count + 1, sizeof gate);
    circuit->gates[circuit->count] = gate;
    circuit->part_count += has_parts(&gate) ? gate.count : 0;
    return *slot = (gate_id)circuit->count++;
}

static gate_id push_parts(struct circuit *circuit, struct gate gate, const gate_id *parts)
{
    gate.first = (uint32_t)circuit->part_count;
    circuit->parts = room(circuit->parts, &circuit->part_capacity,
                          circuit->part_count + gate.count, sizeof *parts);
    memcpy(circuit->parts + circuit->part_count, parts, gate.count * sizeof *parts);
    return intern(circuit, gate);
}

void circuit_init(struct circuit *circuit, const struct pool *pool)
{
    *circuit = (struct circuit){.pool = pool};
    expr_list_init(&circuit->unknowns);
    expr_list_init(&circuit->hidden);
    circuit->gates = room(NULL, &circuit->capacity, 1, sizeof *circuit->gates);
    circuit->gates[circuit->count++] = (struct gate){0};
    intern(circuit, (struct gate){.kind = GATE_NUMBER, .integer = 0});
    intern(circuit, (struct gate){.kind = GATE_NUMBER, .integer = 1});
}

void circuit_clear(struct circuit *circuit)
{
    memory_free(circuit->gates);
    memory_free(circuit->parts);
    memory_free(circuit->table);
    memory_free(circuit->conditions);
    memory_free(circuit->order);
    memory_free(circuit->outputs);
    expr_list_clear(&circuit->unknowns);
    expr_list_clear(&circuit->hidden);
}

gate_id circuit_number(struct circuit *circuit, expr_id number)
{
    if (expr_is_integer(circuit->pool, number, 0))
        return GATE_ZERO;
    if (expr_is_integer(circuit->pool, number, 1))
        return GATE_ONE;
    return intern(circuit, (struct gate){.kind = GATE_NUMBER, .expression = number});
}

gate_id circuit_integer(struct circuit *circuit, int64_t value)
{
    if (value == 0 || value == 1)
        return value ? GATE_ONE : GATE_ZERO;
    return intern(circuit, (struct gate){.kind = GATE_NUMBER, .integer = value});
}

gate_id circuit_unknown(struct circuit *circuit, expr_id expression)
{
    return intern(circuit, (struct gate){.kind = GATE_UNKNOWN, .expression = expression});
}

gate_id circuit_granted(struct circuit *circuit, expr_id expression)
{
    return intern(
        circuit,
        (struct gate){.kind = GATE_UNKNOWN, .expression = expression, .integer = 1});
}

gate_id circuit_fresh(struct circuit *circuit, bool is_positive)
{
    int64_t number = 2 + (int64_t)circuit->fresh_count++;

    return intern(circuit, (struct gate){.kind = GATE_UNKNOWN,
                                         .integer = is_positive ? number : -number});
}

gate_id circuit_named(struct circuit *circuit, expr_id symbol, gate_id value)
{
    struct gate gate = {.kind = GATE_NAMED, .count = 1, .expression = symbol};

    return push_parts(circuit, gate, &value);
}

static int compare_ids(const void *a, const void *b)
{
    gate_id first = *(const gate_id *)a, second = *(const gate_id *)b;

    return (first > second) - (first < second);
}

/* A sum or product without the parts that are `neutral`, in an order of its own, so that
   a b and b a are the same. */
static gate_id combine(struct circuit *circuit, enum gate_kind kind, const gate_id *parts,
                       size_t count)
{
    gate_id neutral = kind == GATE_SUM ? GATE_ZERO : GATE_ONE, last = neutral;
    struct gate gate = {.kind = kind, .first = (uint32_t)circuit->part_count};

    circuit->parts = room(circuit->parts, &circuit->part_capacity,
                          circuit->part_count + count, sizeof *parts);
    for (size_t i = 0; i < count; i++) {
        if (parts[i] == neutral)
            continue;
        last = parts[i];
        circuit->parts[circuit->part_count + gate.count++] = last;
    }
    if (gate.count < 2)
        return last;
    qsort(circuit->parts + gate.first, gate.count, sizeof *parts, compare_ids);
    return intern(circuit, gate);
}

gate_id circuit_sum(struct circuit *circuit, const gate_id *parts, size_t count)
{
    return combine(circuit, GATE_SUM, parts, count);
}

gate_id circuit_product(struct circuit *circuit, const gate_id *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (parts[i] == GATE_ZERO)
            return GATE_ZERO;
    }
    return combine(circuit, GATE_PRODUCT, parts, count);
}

gate_id circuit_negate(struct circuit *circuit, gate_id part)
{
    if (part == GATE_ZERO)
        return part;
    return push_parts(circuit, (struct gate){.kind = GATE_NEGATE, .count = 1}, &part);
}

gate_id circuit_power(struct circuit *circuit, gate_id base, int64_t exponent)
{
    struct gate gate = {.kind = GATE_POWER, .count = 1, .integer = exponent};

    if (exponent == 0 || exponent == 1)
        return exponent ? base : GATE_ONE;
    return push_parts(circuit, gate, &base);
}

gate_id circuit_quotient(struct circuit *circuit, gate_id above, gate_id below)
{
    struct gate gate = {.kind = GATE_QUOTIENT, .count = 2};

    return push_parts(circuit, gate, (gate_id[]){above, below});
}

gate_id circuit_apply(struct circuit *circuit, expr_id function, const gate_id *parts,
                      size_t count)
{
    struct gate gate = {
        .kind = GATE_APPLY, .count = (uint32_t)count, .expression = function};

    return push_parts(circuit, gate, parts);
}

void circuit_require(struct circuit *circuit, expr_id expression, gate_id gate)
{
    for (size_t i = 0; i < circuit->condition_count; i++) {
        if (circuit->conditions[i].expression == expression)
            return;
    }
    circuit->conditions = room(circuit->conditions, &circuit->condition_capacity,
                               circuit->condition_count + 1, sizeof *circuit->conditions);
    circuit->conditions[circuit->condition_count++] =
        (struct condition){expression, gate};
}

gate_id circuit_part(const struct circuit *circuit, gate_id gate, size_t i)
{
    return circuit->parts[circuit->gates[gate].first + i];
}

bool circuit_is_symbol(const struct circuit *circuit, gate_id id)
{
    const struct gate *gate = &circuit->gates[id];

    return gate->kind == GATE_NAMED ||
           (gate->kind == GATE_UNKNOWN && gate->integer == 0 &&
            expr_kind(circuit->pool, gate->expression) == EXPR_SYMBOL);
}

static size_t part_count(const struct gate *gate)
{
    return has_parts(gate) ? gate->count : 0;
}

/* Forgets the unknowns that nothing hangs on: rings and points are as wide as needed. */
static void renumber_unknowns(struct circuit *circuit)
{
    circuit->unknowns.count = 0;
    for (size_t i = 0; i < circuit->order_count; i++) {
        struct gate *gate = &circuit->gates[circuit->order[i]];
        if (gate->kind != GATE_UNKNOWN)
            continue;
        gate->first = (uint32_t)circuit->unknowns.count;
        expr_list_push(&circuit->unknowns, gate->expression);
    }
}

/* The gates that the sides, the difference, the outputs and the conditions hang on. */
static void find_order(struct circuit *circuit)
{
    bool *needed = memory_zeroed(circuit->count, sizeof *needed);

    needed[circuit->left] = needed[circuit->right] = needed[circuit->difference] = true;
    for (size_t i = 0; i < circuit->output_count; i++)
        needed[circuit->outputs[i]] = true;
    for (size_t i = 0; i < circuit->condition_count; i++)
        needed[circuit->conditions[i].gate] = true;
    for (size_t g = circuit->count; g-- > 1;) {
        for (size_t i = 0; needed[g] && i < part_count(&circuit->gates[g]); i++)
            needed[circuit_part(circuit, (gate_id)g, i)] = true;
    }
    circuit->order = memory_array(circuit->order, circuit->count, sizeof *circuit->order);
    circuit->order_count = 0;
    for (size_t g = 1; g < circuit->count; g++) {
        if (needed[g])
            circuit->order[circuit->order_count++] = (gate_id)g;
    }
    memory_free(needed);
    renumber_unknowns(circuit);
}

void circuit_want(struct circuit *circuit, const gate_id *outputs, size_t count)
{
    circuit->outputs = memory_array(NULL, count + 1, sizeof *outputs);
    circuit->output_count = count;
    memcpy(circuit->outputs, outputs, count * sizeof *outputs);
}

void circuit_finish(struct circuit *circuit, gate_id left, gate_id right)
{
    circuit->left = left;
    circuit->right = right;
    circuit->difference =
        circuit_sum(circuit, (gate_id[]){left, circuit_negate(circuit, right)}, 2);
    find_order(circuit);
}

void circuit_forget(struct circuit *circuit, gate_id unknown)
{
    bool *hangs = memory_zeroed(circuit->count, sizeof *hangs);
    size_t kept = 0;

    hangs[unknown] = true;
    for (size_t g = 1; g < circuit->count; g++) {
        for (size_t i = 0; !hangs[g] && i < part_count(&circuit->gates[g]); i++)
            hangs[g] = hangs[circuit_part(circuit, (gate_id)g, i)];
    }
    for (size_t i = 0; i < circuit->condition_count; i++) {
        if (!hangs[circuit->conditions[i].gate])
            circuit->conditions[kept++] = circuit->conditions[i];
    }
    circuit->condition_count = kept;
    memory_free(hangs);
}

void circuit_cancel(struct circuit *circuit)
{
    if (circuit->left != circuit->right)
        return;
    circuit->left = circuit->right = circuit->difference = GATE_ZERO;
    find_order(circuit);
}

void circuit_narrow(struct circuit *circuit, gate_id gate)
{
    circuit->left = circuit->right = circuit->difference = gate;
    circuit->condition_count = 0;
    find_order(circuit);
}
