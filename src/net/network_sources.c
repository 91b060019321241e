#include "net/parts.h"

#include "base/name.h"

#include <string.h>

static bool is_source(const struct block *block)
{
    return block->kind != NODE_WEIGHT && block->kind != NODE_BIAS &&
           block->kind != NODE_ERROR;
}

static bool add_block(const struct network *network, size_t block, struct pieces *pieces)
{
    piece_add(pieces, (struct piece){block, 0, network->blocks[block].count});
    return true;
}

/* The nearest layer of this name before `before`; else the first one after. */
static bool find_layer(const struct network *network, const char *name, size_t before,
                       struct pieces *pieces)
{
    for (size_t i = before; i-- > 0;)
        if (strcmp(network->plan.layers[i].name, name) == 0)
            return add_block(network, network->parts[i].units, pieces);
    return false;
}

static bool find_later_layer(const struct network *network, const char *name,
                             size_t before, struct pieces *pieces)
{
    for (size_t i = before + 1; i < network->layer_count; i++)
        if (strcmp(network->plan.layers[i].name, name) == 0)
            return add_block(network, network->parts[i].units, pieces);
    return false;
}

/* `h^{2}`: the layer (or the inputs) with this letter and number. */
static bool find_numbered_layer(const struct network *network, const char *name,
                                struct pieces *pieces)
{
    struct name parts;
    struct buf written;
    bool found = false;

    if (!name_split(&parts, name) || parts.sub_length > 0 || parts.sup_length == 0)
        return false;
    buf_init(&written);
    for (size_t i = 0; i < network->layer_count && !found; i++) {
        buf_truncate(&written, 0);
        buf_format(&written, "%s^{%lld}", network->plan.layers[i].name,
                   (long long)(network->plan.layers_from + (int64_t)i));
        found = strcmp(buf_peek(&written), name) == 0 &&
                add_block(network, network->parts[i].units, pieces);
    }
    buf_clear(&written);
    return found;
}

/* A family of inputs, parameters, constants or targets, or all equations with this
   letter. */
static bool find_family(const struct network *network, const char *name,
                        struct pieces *pieces)
{
    size_t count = pieces->count;

    for (size_t i = 0; i < network->block_count; i++) {
        const struct block *block = &network->blocks[i];

        if (is_source(block) && block->kind != NODE_UNIT && block->index >= 0 &&
            strcmp(block->head, name) == 0)
            add_block(network, i, pieces);
    }
    return pieces->count > count;
}

static bool find_node(const struct network *network, const char *name,
                      struct pieces *pieces)
{
    struct slot slot = slot_find(network, name);

    if (slot.block == SIZE_MAX || !is_source(&network->blocks[slot.block]))
        return false;
    piece_add(pieces, (struct piece){slot.block, slot.place, 1});
    return true;
}

bool sources_find(const struct network *network, const char *name, size_t before,
                  struct pieces *pieces)
{
    return find_layer(network, name, before, pieces) ||
           find_node(network, name, pieces) || find_family(network, name, pieces) ||
           find_later_layer(network, name, before, pieces) ||
           find_numbered_layer(network, name, pieces);
}
