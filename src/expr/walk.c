#include "expr/walk.h"

#include "base/memory.h"

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

/* A set of ids. */
struct marks {
    uint64_t *words;
    size_t count;
};

/* False if it was there already. */
static bool marks_add(struct marks *marks, expr_id e)
{
    size_t word = e / 64;
    uint64_t bit = UINT64_C(1) << (e % 64);

    if (word >= marks->count) {
        size_t count = word + word / 2 + 1;
        marks->words = memory_array(marks->words, count, sizeof *marks->words);
        for (size_t i = marks->count; i < count; i++)
            marks->words[i] = 0;
        marks->count = count;
    }
    if (marks->words[word] & bit)
        return false;
    marks->words[word] |= bit;
    return true;
}

static expr_id highest(uint64_t word, size_t index)
{
    return (expr_id)(index * 64 + 63 - (size_t)__builtin_clzll(word));
}

/* Parts have smaller ids: going down from `e` meets every node after all that contain it.
   */
void walk_nodes(const struct pool *pool, expr_id e, struct expr_list *nodes)
{
    struct marks marks = {.words = memory_zeroed(e / 64 + 1, sizeof(uint64_t)),
                          .count = e / 64 + 1};
    size_t first = nodes->count;

    marks_add(&marks, e);
    for (size_t i = marks.count; i-- > 0;) {
        while (marks.words[i]) {
            expr_id node = highest(marks.words[i], i);
            marks.words[i] &= ~(UINT64_C(1) << (node % 64));
            expr_list_push(nodes, node);
            for (size_t j = 0; j < expr_count(pool, node); j++)
                marks_add(&marks, expr_part(pool, node, j));
        }
    }
    for (size_t low = first, high = nodes->count; low + 1 < high; low++) {
        expr_id swapped = nodes->items[low];
        nodes->items[low] = nodes->items[--high];
        nodes->items[high] = swapped;
    }
    memory_free(marks.words);
}

/* Pushes the parts so that the first is taken first. */
static void push_parts(const struct pool *pool, expr_id e, struct expr_list *stack)
{
    for (size_t i = expr_count(pool, e); i-- > 0;)
        expr_list_push(stack, expr_part(pool, e, i));
}

void walk_symbols(const struct pool *pool, expr_id e, struct expr_list *symbols)
{
    struct marks seen = {0};
    struct expr_list stack;

    expr_list_init(&stack);
    expr_list_push(&stack, e);
    while (stack.count) {
        expr_id node = stack.items[--stack.count];
        if (!marks_add(&seen, node))
            continue;
        if (expr_kind(pool, node) == EXPR_SYMBOL)
            expr_list_push(symbols, node);
        push_parts(pool, node, &stack);
    }
    expr_list_clear(&stack);
    memory_free(seen.words);
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
    struct marks seen = {0};
    struct expr_list stack;

    expr_list_init(&stack);
    expr_list_push(&stack, e);
    while (stack.count) {
        expr_id node = stack.items[--stack.count];
        if (!node)
            expr_list_push(symbols, stack.items[--stack.count]);
        else if (!marks_add(&seen, node))
            continue;
        else if (expr_kind(defs->pool, node) == EXPR_SYMBOL)
            enter_symbol(defs, node, &stack);
        else
            push_parts(defs->pool, node, &stack);
    }
    expr_list_clear(&stack);
    memory_free(seen.words);
}
