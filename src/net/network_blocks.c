#include "net/parts.h"

#include "base/memory.h"

#include <string.h>

size_t block_add(struct network *network, struct block block)
{
    if (network->block_count == network->block_capacity) {
        network->block_capacity = 2 * network->block_capacity + 16;
        network->blocks = memory_array(network->blocks, network->block_capacity,
                                       sizeof *network->blocks);
    }
    block.first = -1;
    network->blocks[network->block_count] = block;
    return network->block_count++;
}

bool block_is_defined(const struct block *block)
{
    return block->kind == NODE_PREACTIVATION || block->kind == NODE_UNIT ||
           block->kind == NODE_DEFINED || block->kind == NODE_ERROR;
}

void piece_add(struct pieces *pieces, struct piece piece)
{
    if (pieces->count == pieces->capacity) {
        pieces->capacity = 2 * pieces->capacity + 2;
        pieces->items =
            memory_array(pieces->items, pieces->capacity, sizeof *pieces->items);
    }
    pieces->items[pieces->count++] = piece;
    pieces->total += piece.count;
}

void pieces_clear(struct pieces *pieces)
{
    memory_free(pieces->items);
    *pieces = (struct pieces){0};
}

struct range *pieces_ranges(const struct network *network, const struct pieces *pieces,
                            size_t *count)
{
    struct range *ranges = memory_array(NULL, pieces->count + 1, sizeof *ranges);

    *count = 0;
    for (size_t i = 0; i < pieces->count; i++) {
        const struct piece *piece = &pieces->items[i];
        node_id first = network->blocks[piece->block].first + piece->offset;
        struct range *last = *count > 0 ? &ranges[*count - 1] : NULL;

        if (last != NULL && last->first + last->count == first)
            last->count += piece->count;
        else
            ranges[(*count)++] = (struct range){first, piece->count};
    }
    return ranges;
}

/* The ties of a block of weights or biases; NULL of others. */
static const struct ties *block_ties(const struct network *network, size_t block)
{
    const struct block *parameters = &network->blocks[block];

    if (parameters->kind == NODE_WEIGHT)
        return &network->parts[parameters->owner].weight_ties;
    return parameters->kind == NODE_BIAS ? &network->parts[parameters->owner].bias_ties
                                         : NULL;
}

struct slot slot_owner(const struct network *network, struct slot slot)
{
    const struct ties *ties = block_ties(network, slot.block);

    return ties != NULL && ties->owners != NULL ? ties->owners[slot.place] : slot;
}

struct slot slot_first_edge(const struct network *network, struct slot slot)
{
    const struct ties *ties = block_ties(network, slot.block);

    if (ties != NULL && ties->owners != NULL)
        slot.place = ties->firsts[slot.place];
    return slot;
}

node_id slot_node(const struct network *network, struct slot slot)
{
    return slot.block == SIZE_MAX ? -1 : network->blocks[slot.block].first + slot.place;
}

struct slot slot_of_node(const struct network *network, node_id node)
{
    size_t low = 0, high = network->block_count;

    if (node < 0 || node >= network->count)
        return SLOT_NONE;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (network->blocks[network->order[middle]].first <= node)
            low = middle;
        else
            high = middle;
    }
    return (struct slot){network->order[low],
                         node - network->blocks[network->order[low]].first};
}

static struct slot find_single(const struct network *network, const char *canonical)
{
    expr_id symbol = expr_find_symbol(network->pool, canonical);
    struct slot slot = slot_of_symbol(network, symbol);

    if (slot.block != SIZE_MAX && network->blocks[slot.block].symbol == symbol)
        return slot;
    return SLOT_NONE;
}

static bool is_shown(const struct network *network)
{
    return network->is_finished && !network->reads_file;
}

const struct names *names_first(const struct network *network)
{
    return network->same_names || is_shown(network) ? &network->shown : &network->written;
}

const struct names *names_second(const struct network *network)
{
    if (network->same_names || !network->is_finished)
        return NULL;
    return is_shown(network) ? &network->written : &network->shown;
}

static bool is_error(const struct network *network, const char *canonical)
{
    const char *name = plan_error_name(&network->plan, &network->plan.written);

    return network->is_finished && strcmp(canonical, name) == 0;
}

struct slot slot_find(const struct network *network, const char *canonical)
{
    struct slot slot = find_single(network, canonical);

    if (slot.block == SIZE_MAX)
        slot = names_find(names_first(network), canonical, false);
    if (slot.block == SIZE_MAX && is_error(network, canonical))
        slot = (struct slot){network->error, 0};
    if (slot.block == SIZE_MAX && names_second(network) != NULL)
        slot = names_find(names_second(network), canonical, false);
    return slot.block == SIZE_MAX ? slot : slot_owner(network, slot);
}

struct slot slot_of_symbol(const struct network *network, expr_id symbol)
{
    return symbol != 0 && symbol < network->symbol_count ? network->symbol_slots[symbol]
                                                         : SLOT_NONE;
}

static int64_t slot_key(struct slot slot)
{
    return (int64_t)slot.block << 40 | slot.place;
}

static void record_symbol(struct network *network, expr_id symbol, struct slot slot)
{
    size_t count = network->symbol_count;

    if (symbol >= count) {
        network->symbol_count = symbol + symbol / 2 + 64;
        network->symbol_slots = memory_array(network->symbol_slots, network->symbol_count,
                                             sizeof *network->symbol_slots);
        for (size_t i = count; i < network->symbol_count; i++)
            network->symbol_slots[i] = SLOT_NONE;
    }
    network->symbol_slots[symbol] = slot;
}

expr_id slot_symbol(struct network *network, struct slot slot)
{
    uint32_t known;
    expr_id symbol;
    struct buf name;

    if (network->blocks[slot.block].symbol != 0)
        return network->blocks[slot.block].symbol;
    known = node_map_get(&network->symbols, slot_key(slot));
    if (known != NODE_MAP_NONE)
        return known;
    buf_init(&name);
    names_write(&network->shown, slot_first_edge(network, slot), &name);
    symbol = expr_symbol(network->pool, buf_peek(&name));
    buf_clear(&name);
    node_map_put(&network->symbols, slot_key(slot), symbol);
    record_symbol(network, symbol, slot);
    return symbol;
}

static bool say_twice(struct network *network, const char *name, struct span span,
                      struct slot other, struct diags *diags)
{
    diag_at(diags, DIAG_NET_TWICE, plan_place(&network->plan, span), name, NULL);
    return diag_at(diags, DIAG_NOTE_HERE,
                   plan_place(&network->plan, network->blocks[other.block].span), name,
                   NULL);
}

bool block_name(struct network *network, size_t block, const char *name,
                struct diags *diags)
{
    struct slot other = slot_find(network, name);

    if (other.block != SIZE_MAX)
        return say_twice(network, name, network->blocks[block].span, other, diags);
    network->blocks[block].symbol = expr_symbol(network->pool, name);
    record_symbol(network, network->blocks[block].symbol, (struct slot){block, 0});
    return true;
}
