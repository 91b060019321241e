#include "net/topology.h"

#include "base/memory.h"
#include "base/name.h"
#include "expr/walk.h"

#include <stdlib.h>
#include <string.h>

static uint32_t statement(const struct network *network, size_t block)
{
    const struct block *defined = &network->blocks[block];

    if (defined->kind == NODE_DEFINED)
        return network->plan.equations[defined->owner].span.begin;
    return defined->span.begin;
}

struct keyed {
    uint32_t statement;
    size_t block;
};

static int compare_keyed(const void *a, const void *b)
{
    const struct keyed *left = a, *right = b;

    if (left->statement != right->statement)
        return left->statement < right->statement ? -1 : 1;
    return (left->block > right->block) - (left->block < right->block);
}

/* The defined blocks, sorted by statement: an item's number is its rank. */
static void collect_items(const struct network *network, struct topology *topology)
{
    struct keyed *keyed = memory_array(NULL, network->block_count + 1, sizeof *keyed);

    for (size_t i = 0; i < network->block_count; i++)
        if (block_is_defined(&network->blocks[i]))
            keyed[topology->count++] = (struct keyed){statement(network, i), i};
    if (topology->count > 0)
        qsort(keyed, topology->count, sizeof *keyed, compare_keyed);
    topology->blocks = memory_array(NULL, topology->count + 1, sizeof *topology->blocks);
    topology->item_of =
        memory_array(NULL, network->block_count + 1, sizeof *topology->item_of);
    for (size_t i = 0; i < network->block_count; i++)
        topology->item_of[i] = SIZE_MAX;
    for (size_t i = 0; i < topology->count; i++) {
        topology->blocks[i] = keyed[i].block;
        topology->item_of[keyed[i].block] = i;
    }
    memory_free(keyed);
}

static void add_argument(struct topology *topology, size_t *count, size_t block)
{
    if (block == SIZE_MAX || topology->item_of[block] == SIZE_MAX)
        return;
    if (*count == topology->capacity) {
        topology->capacity = 2 * topology->capacity + 64;
        topology->arguments = memory_array(topology->arguments, topology->capacity,
                                           sizeof *topology->arguments);
    }
    topology->arguments[(*count)++] = topology->item_of[block];
}

static void add_equation_arguments(const struct network *network,
                                   struct topology *topology, size_t *count,
                                   expr_id right)
{
    struct expr_list symbols;

    expr_list_init(&symbols);
    walk_symbols(network->pool, right, &symbols);
    for (size_t i = 0; i < symbols.count; i++)
        add_argument(topology, count, slot_of_symbol(network, symbols.items[i]).block);
    expr_list_clear(&symbols);
}

static void collect_arguments(const struct network *network, struct topology *topology)
{
    size_t count = 0;

    topology->starts = memory_array(NULL, topology->count + 1, sizeof *topology->starts);
    for (size_t i = 0; i < topology->count; i++) {
        const struct block *block = &network->blocks[topology->blocks[i]];

        topology->starts[i] = count;
        if (block->kind == NODE_DEFINED) {
            add_equation_arguments(network, topology, &count,
                                   network->plan.equations[block->owner].right);
            continue;
        }
        if (topology->blocks[i] != network->parts[block->owner].sums) {
            add_argument(topology, &count, network->parts[block->owner].sums);
            continue;
        }
        for (size_t k = 0; k < network->parts[block->owner].sources.count; k++)
            add_argument(topology, &count,
                         network->parts[block->owner].sources.items[k].block);
    }
    topology->starts[topology->count] = count;
}

/* The arguments turned round. */
static void collect_users(struct topology *topology)
{
    size_t total = topology->starts[topology->count], *next;

    topology->users = memory_array(NULL, total + 1, sizeof *topology->users);
    topology->user_starts =
        memory_zeroed(topology->count + 2, sizeof *topology->user_starts);
    topology->waiting =
        memory_array(NULL, topology->count + 1, sizeof *topology->waiting);
    for (size_t k = 0; k < total; k++)
        topology->user_starts[topology->arguments[k] + 1]++;
    for (size_t i = 0; i < topology->count; i++)
        topology->user_starts[i + 1] += topology->user_starts[i];
    next = memory_array(NULL, topology->count + 1, sizeof *next);
    memcpy(next, topology->user_starts, (topology->count + 1) * sizeof *next);
    for (size_t i = 0; i < topology->count; i++) {
        topology->waiting[i] = topology->starts[i + 1] - topology->starts[i];
        for (size_t k = topology->starts[i]; k < topology->starts[i + 1]; k++)
            topology->users[next[topology->arguments[k]]++] = i;
    }
    memory_free(next);
}

void topology_init(struct topology *topology, const struct network *network)
{
    *topology = (struct topology){0};
    collect_items(network, topology);
    collect_arguments(network, topology);
    collect_users(topology);
}

void topology_clear(struct topology *topology)
{
    memory_free(topology->blocks);
    memory_free(topology->item_of);
    memory_free(topology->arguments);
    memory_free(topology->starts);
    memory_free(topology->users);
    memory_free(topology->user_starts);
    memory_free(topology->waiting);
}

/* A heap of items, the smallest on top. */
struct heap {
    size_t *items;
    size_t count;
};

static void heap_push(struct heap *heap, size_t item)
{
    size_t at = heap->count++;

    for (; at > 0 && heap->items[(at - 1) / 2] > item; at = (at - 1) / 2)
        heap->items[at] = heap->items[(at - 1) / 2];
    heap->items[at] = item;
}

static size_t heap_pop(struct heap *heap)
{
    size_t top = heap->items[0], last = heap->items[--heap->count], at = 0, child;

    while ((child = 2 * at + 1) < heap->count) {
        if (child + 1 < heap->count && heap->items[child + 1] < heap->items[child])
            child++;
        if (heap->items[child] >= last)
            break;
        heap->items[at] = heap->items[child];
        at = child;
    }
    heap->items[at] = last;
    return top;
}

/* Writes the order; false if some definitions wait for each other for ever. */
static bool sort_items(struct topology *topology, size_t *order)
{
    struct heap heap = {memory_array(NULL, topology->count + 1, sizeof *heap.items), 0};
    size_t done = 0;

    for (size_t i = 0; i < topology->count; i++)
        if (topology->waiting[i] == 0)
            heap_push(&heap, i);
    while (heap.count > 0) {
        size_t item = heap_pop(&heap);

        order[done++] = topology->blocks[item];
        for (size_t k = topology->user_starts[item]; k < topology->user_starts[item + 1];
             k++)
            if (--topology->waiting[topology->users[k]] == 0)
                heap_push(&heap, topology->users[k]);
    }
    memory_free(heap.items);
    return done == topology->count;
}

static void write_item(const struct network *network, const struct topology *topology,
                       size_t item, struct buf *out)
{
    struct buf name;

    buf_init(&name);
    if (network->blocks[topology->blocks[item]].symbol != 0)
        buf_text(&name, expr_peek_name(network->pool,
                                       network->blocks[topology->blocks[item]].symbol));
    else
        names_write(&network->shown, (struct slot){topology->blocks[item], 0}, &name);
    name_plain(out, buf_peek(&name));
    buf_clear(&name);
}

/* An argument that is still waiting. */
static size_t waiting_argument(const struct topology *topology, size_t item)
{
    for (size_t k = topology->starts[item]; k < topology->starts[item + 1]; k++)
        if (topology->waiting[topology->arguments[k]] > 0)
            return topology->arguments[k];
    return item;
}

enum { CIRCLE_NAMES = 20 };

/* Every item that waits has an argument that waits: following them ends in a circle. */
static bool say_circle(const struct network *network, const struct topology *topology,
                       struct diags *diags)
{
    size_t item = 0, start, shown = 0;
    struct buf text;

    while (topology->waiting[item] == 0)
        item++;
    for (size_t i = 0; i < topology->count; i++)
        item = waiting_argument(topology, item);
    start = item;
    buf_init(&text);
    write_item(network, topology, item, &text);
    do {
        item = waiting_argument(topology, item);
        if (++shown < CIRCLE_NAMES || item == start) {
            buf_text(&text, " → ");
            write_item(network, topology, item, &text);
        } else if (shown == CIRCLE_NAMES) {
            buf_text(&text, " → …");
        }
    } while (item != start);
    diag_at(diags, DIAG_NET_CIRCLE,
            plan_place(&network->plan, network->blocks[topology->blocks[start]].span),
            buf_peek(&text), NULL);
    buf_clear(&text);
    return false;
}

bool topology_sort(struct topology *topology, const struct network *network,
                   size_t *order, struct diags *diags)
{
    return sort_items(topology, order) || say_circle(network, topology, diags);
}

bool topology_is_used(const struct topology *topology, size_t block)
{
    size_t item = topology->item_of[block];

    return topology->user_starts[item + 1] > topology->user_starts[item];
}
