#include "prove/touch.h"

#include "base/memory.h"

#include <string.h>

/* The parts of a sum that hold a symbol, ascending; symbol 0 is for those that hold an
   unknown which may hang on anything, and marks the sum as met. A free slot has sum 0. */
struct touch_list {
    gate_id sum;
    expr_id symbol;
    uint32_t first;
};

struct touch_entry {
    uint32_t place, next;
};

void touch_init(struct touch *touch)
{
    *touch = (struct touch){.entry_count = 1};
}

void touch_clear(struct touch *touch)
{
    memory_free(touch->lists);
    memory_free(touch->entries);
    memory_free(touch->marks);
    memory_free(touch->stack);
}

void touch_reset(struct touch *touch)
{
    touch_clear(touch);
    touch_init(touch);
}

static struct touch_list *find_slot(const struct touch *touch, gate_id sum,
                                    expr_id symbol)
{
    uint64_t hash = ((uint64_t)sum << 32 | symbol) * UINT64_C(0x9e3779b97f4a7c15);
    size_t mask = touch->list_size - 1, slot = (hash >> 32) & mask;

    while (touch->lists[slot].sum &&
           (touch->lists[slot].sum != sum || touch->lists[slot].symbol != symbol))
        slot = (slot + 1) & mask;
    return &touch->lists[slot];
}

static void grow(struct touch *touch)
{
    struct touch old = *touch;

    touch->list_size = old.list_size ? old.list_size * 2 : 64;
    touch->lists = memory_zeroed(touch->list_size, sizeof *touch->lists);
    for (size_t i = 0; i < old.list_size; i++) {
        if (old.lists[i].sum)
            *find_slot(touch, old.lists[i].sum, old.lists[i].symbol) = old.lists[i];
    }
    memory_free(old.lists);
}

static struct touch_list *list_of(struct touch *touch, gate_id sum, expr_id symbol)
{
    struct touch_list *list;

    if ((touch->list_count + 1) * 2 > touch->list_size)
        grow(touch);
    list = find_slot(touch, sum, symbol);
    touch->list_count += list->sum == 0;
    list->sum = sum;
    list->symbol = symbol;
    return list;
}

/* Puts a part in front of a list, once. */
static void add_part(struct touch *touch, gate_id sum, expr_id symbol, uint32_t place)
{
    struct touch_list *list = list_of(touch, sum, symbol);

    if (list->first && touch->entries[list->first].place == place)
        return;
    if (touch->entry_count >= touch->entry_capacity) {
        touch->entry_capacity = touch->entry_count * 2 + 64;
        touch->entries =
            memory_array(touch->entries, touch->entry_capacity, sizeof *touch->entries);
    }
    touch->entries[touch->entry_count] = (struct touch_entry){place, list->first};
    list->first = (uint32_t)touch->entry_count++;
}

static void push(struct touch *touch, gate_id gate)
{
    if (touch->stack_count == touch->stack_capacity) {
        touch->stack_capacity = touch->stack_capacity * 2 + 64;
        touch->stack =
            memory_array(touch->stack, touch->stack_capacity, sizeof *touch->stack);
    }
    touch->stack[touch->stack_count++] = gate;
}

static void begin_walk(struct touch *touch, const struct circuit *circuit)
{
    if (touch->mark_count < circuit->count) {
        touch->marks = memory_array(touch->marks, circuit->count, sizeof *touch->marks);
        memset(touch->marks + touch->mark_count, 0,
               (circuit->count - touch->mark_count) * sizeof *touch->marks);
        touch->mark_count = circuit->count;
    }
    touch->walk++;
}

static void enter_part(struct touch *touch, const struct circuit *circuit, gate_id sum,
                       uint32_t place)
{
    begin_walk(touch, circuit);
    push(touch, circuit_part(circuit, sum, place));
    while (touch->stack_count) {
        gate_id id = touch->stack[--touch->stack_count];
        const struct gate *gate = &circuit->gates[id];
        if (touch->marks[id] == touch->walk || gate->kind == GATE_NUMBER)
            continue;
        touch->marks[id] = touch->walk;
        if (circuit_is_symbol(circuit, id))
            add_part(touch, sum, gate->expression, place);
        else if (gate->kind == GATE_UNKNOWN)
            add_part(touch, sum, 0, place);
        else
            for (size_t i = 0; i < gate->count; i++)
                push(touch, circuit_part(circuit, id, i));
    }
}

static void enter_sum(struct touch *touch, const struct circuit *circuit, gate_id sum)
{
    if (touch->list_size && find_slot(touch, sum, 0)->sum)
        return;
    list_of(touch, sum, 0);
    for (uint32_t place = circuit->gates[sum].count; place-- > 0;)
        enter_part(touch, circuit, sum, place);
}

struct touch_walk touch_begin(struct touch *touch, const struct circuit *circuit,
                              gate_id sum, expr_id symbol)
{
    enter_sum(touch, circuit, sum);
    return (struct touch_walk){find_slot(touch, sum, symbol)->first,
                               find_slot(touch, sum, 0)->first};
}

static void pass(const struct touch *touch, uint32_t *entry, size_t place)
{
    if (*entry && touch->entries[*entry].place == place)
        *entry = touch->entries[*entry].next;
}

bool touch_next(const struct touch *touch, struct touch_walk *walk, size_t *place)
{
    *place = SIZE_MAX;
    if (walk->symbol)
        *place = touch->entries[walk->symbol].place;
    if (walk->unknown && touch->entries[walk->unknown].place < *place)
        *place = touch->entries[walk->unknown].place;
    pass(touch, &walk->symbol, *place);
    pass(touch, &walk->unknown, *place);
    return *place != SIZE_MAX;
}
