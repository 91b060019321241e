#include "prove/graft.h"

#include "base/memory.h"

#include <stdlib.h>

gate_id graft_like(struct circuit *circuit, const struct gate *gate, const gate_id *parts)
{
    switch (gate->kind) {
    case GATE_SUM:
        return circuit_sum(circuit, parts, gate->count);
    case GATE_PRODUCT:
        return circuit_product(circuit, parts, gate->count);
    case GATE_NEGATE:
        return circuit_negate(circuit, parts[0]);
    case GATE_POWER:
        return circuit_power(circuit, parts[0], gate->integer);
    case GATE_QUOTIENT:
        return circuit_quotient(circuit, parts[0], parts[1]);
    case GATE_APPLY:
        return circuit_apply(circuit, gate->expression, parts, gate->count);
    default:
        return parts[0];
    }
}

static int compare_gates(const void *a, const void *b)
{
    gate_id first = *(const gate_id *)a, second = *(const gate_id *)b;

    return (first > second) - (first < second);
}

/* Gates found, by id; what they are put for stands beside. */
struct cone_list {
    gate_id *gates, *put;
    size_t count, capacity;
};

static void push(struct cone_list *list, gate_id gate)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity * 2 + 32;
        list->gates = memory_array(list->gates, list->capacity, sizeof *list->gates);
    }
    list->gates[list->count++] = gate;
}

static size_t place_of(const struct cone_list *list, gate_id gate)
{
    const gate_id *found =
        bsearch(&gate, list->gates, list->count, sizeof gate, compare_gates);

    return (size_t)(found - list->gates);
}

/* All that `e` hangs on, ascending, each once. The list is kept sorted level by level:
   functions are short. */
static void find_cone(const struct circuit *circuit, gate_id e, struct cone_list *list)
{
    bool *is_met = memory_zeroed((size_t)e + 1, sizeof *is_met);

    push(list, e);
    is_met[e] = true;
    for (size_t next = 0; next < list->count; next++) {
        const struct gate *gate = &circuit->gates[list->gates[next]];
        bool is_leaf = gate->kind == GATE_NUMBER || gate->kind == GATE_UNKNOWN;
        for (size_t i = 0; !is_leaf && i < gate->count; i++) {
            gate_id part = circuit->parts[gate->first + i];
            if (!is_met[part])
                push(list, part);
            is_met[part] = true;
        }
    }
    memory_free(is_met);
    qsort(list->gates, list->count, sizeof *list->gates, compare_gates);
}

static gate_id put_parts(struct circuit *circuit, const struct cone_list *list,
                         gate_id id)
{
    struct gate gate = circuit->gates[id];
    gate_id *parts, result;
    bool is_changed = false;

    if (gate.kind == GATE_NUMBER || gate.kind == GATE_UNKNOWN)
        return id;
    parts = memory_array(NULL, gate.count, sizeof *parts);
    for (size_t i = 0; i < gate.count; i++) {
        gate_id part = circuit_part(circuit, id, i);
        parts[i] = list->put[place_of(list, part)];
        is_changed = is_changed || parts[i] != part;
    }
    result = is_changed ? graft_like(circuit, &gate, parts) : id;
    memory_free(parts);
    return result;
}

gate_id graft(struct circuit *circuit, gate_id e, gate_id unknown, gate_id value)
{
    struct cone_list list = {0};
    gate_id result;

    find_cone(circuit, e, &list);
    list.put = memory_array(NULL, list.count, sizeof *list.put);
    for (size_t i = 0; i < list.count; i++)
        list.put[i] =
            list.gates[i] == unknown ? value : put_parts(circuit, &list, list.gates[i]);
    result = list.put[list.count - 1];
    memory_free(list.gates);
    memory_free(list.put);
    return result;
}
