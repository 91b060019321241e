#include "expr/walk.h"

#include "base/memory.h"

#include <stdlib.h>

void expr_list_init(struct expr_list *list)
{
    *list = (struct expr_list){0};
}

void expr_list_clear(struct expr_list *list)
{
    memory_free(list->items);
    *list = (struct expr_list){0};
}

void expr_list_push(struct expr_list *list, expr_id e)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity * 2 + 16;
        list->items = memory_array(list->items, list->capacity, sizeof *list->items);
    }
    list->items[list->count++] = e;
}

/* A set of ids, as a hash table: what a walk costs depends on what it meets, not on how
   much the pool holds. A free slot is 0. */
struct ids {
    expr_id *slots;
    size_t count, size;
};

static expr_id *find_slot(const struct ids *ids, expr_id e)
{
    size_t slot = (e * UINT64_C(0x9e3779b97f4a7c15)) >> 32;

    for (slot &= ids->size - 1; ids->slots[slot] && ids->slots[slot] != e;)
        slot = (slot + 1) & (ids->size - 1);
    return &ids->slots[slot];
}

static void grow(struct ids *ids)
{
    struct ids old = *ids;

    ids->size = old.size ? old.size * 2 : 16;
    ids->slots = memory_zeroed(ids->size, sizeof *ids->slots);
    for (size_t i = 0; i < old.size; i++) {
        if (old.slots[i])
            *find_slot(ids, old.slots[i]) = old.slots[i];
    }
    memory_free(old.slots);
}

/* False if it was there already. */
static bool ids_add(struct ids *ids, expr_id e)
{
    expr_id *slot;

    if ((ids->count + 1) * 2 > ids->size)
        grow(ids);
    slot = find_slot(ids, e);
    if (*slot)
        return false;
    *slot = e;
    ids->count++;
    return true;
}

static int compare_ids(const void *a, const void *b)
{
    expr_id first = *(const expr_id *)a, second = *(const expr_id *)b;

    return (first > second) - (first < second);
}

/* Pushes the parts so that the first is taken first. */
static void push_parts(const struct pool *pool, expr_id e, struct expr_list *stack)
{
    for (size_t i = expr_count(pool, e); i-- > 0;)
        expr_list_push(stack, expr_part(pool, e, i));
}

/* Parts have smaller ids. */
void walk_nodes(const struct pool *pool, expr_id e, struct expr_list *nodes)
{
    struct ids seen = {0};
    struct expr_list stack;
    size_t first = nodes->count;

    expr_list_init(&stack);
    expr_list_push(&stack, e);
    while (stack.count) {
        expr_id node = stack.items[--stack.count];
        if (!ids_add(&seen, node))
            continue;
        expr_list_push(nodes, node);
        push_parts(pool, node, &stack);
    }
    qsort(nodes->items + first, nodes->count - first, sizeof *nodes->items, compare_ids);
    expr_list_clear(&stack);
    memory_free(seen.slots);
}

void walk_symbols(const struct pool *pool, expr_id e, struct expr_list *symbols)
{
    struct ids seen = {0};
    struct expr_list stack;

    expr_list_init(&stack);
    expr_list_push(&stack, e);
    while (stack.count) {
        expr_id node = stack.items[--stack.count];
        if (!ids_add(&seen, node))
            continue;
        if (expr_kind(pool, node) == EXPR_SYMBOL)
            expr_list_push(symbols, node);
        push_parts(pool, node, &stack);
    }
    expr_list_clear(&stack);
    memory_free(seen.slots);
}

/* A symbol is pushed once more, as 0 and itself, to be listed after what its definition
   hangs on. */
static void enter_symbol(struct defs *defs, expr_id symbol, struct expr_list *stack)
{
    expr_id value = defs_get(defs, symbol);

    expr_list_push(stack, symbol);
    expr_list_push(stack, 0);
    if (value)
        expr_list_push(stack, value);
}

void walk_symbols_deep(struct defs *defs, expr_id e, struct expr_list *symbols)
{
    struct ids seen = {0};
    struct expr_list stack;

    expr_list_init(&stack);
    expr_list_push(&stack, e);
    while (stack.count) {
        expr_id node = stack.items[--stack.count];
        if (!node)
            expr_list_push(symbols, stack.items[--stack.count]);
        else if (!ids_add(&seen, node))
            continue;
        else if (expr_kind(defs->pool, node) == EXPR_SYMBOL)
            enter_symbol(defs, node, &stack);
        else
            push_parts(defs->pool, node, &stack);
    }
    expr_list_clear(&stack);
    memory_free(seen.slots);
}
