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

static bool is_layer(const struct network *network, size_t layer, const char *name)
{
    return strcmp(layer_plan(network, layer)->name, name) == 0;
}

/* Layers from `before` on are no candidates: the first of them in the sample. */
static size_t first_after(const struct network *network, int64_t sample, size_t before)
{
    size_t samples = samples_of(network);

    return before - before % samples + (size_t)sample;
}

/* The nearest layer of this name before `before`; else the first one after. */
static bool find_layer(const struct network *network, const char *name, int64_t sample,
                       size_t before, struct pieces *pieces)
{
    size_t samples = samples_of(network);

    for (size_t i = first_after(network, sample, before); i >= samples; i -= samples)
        if (is_layer(network, i - samples, name))
            return add_block(network, network->parts[i - samples].units, pieces);
    return false;
}

static bool find_later_layer(const struct network *network, const char *name,
                             int64_t sample, size_t before, struct pieces *pieces)
{
    size_t samples = samples_of(network);

    for (size_t i = first_after(network, sample, before) + samples;
         i < network->layer_count; i += samples)
        if (is_layer(network, i, name))
            return add_block(network, network->parts[i].units, pieces);
    return false;
}

/* `h^{2}`: the layer (or the inputs) with this letter and number. */
static bool find_numbered_layer(const struct network *network, const char *name,
                                int64_t sample, struct pieces *pieces)
{
    size_t samples = samples_of(network);
    struct name parts;
    struct buf written;
    bool found = false;

    if (!name_split(&parts, name) || parts.sub_length > 0 || parts.sup_length == 0)
        return false;
    buf_init(&written);
    for (size_t i = (size_t)sample; i < network->layer_count && !found; i += samples) {
        buf_truncate(&written, 0);
        buf_format(
            &written, "%s^{%lld}", layer_plan(network, i)->name,
            (long long)(network->plan.written.layers_from + layer_index(network, i)));
        found = strcmp(buf_peek(&written), name) == 0 &&
                add_block(network, network->parts[i].units, pieces);
    }
    buf_clear(&written);
    return found;
}

/* A family of inputs, parameters, constants or targets, or all equations with this
   letter. */
static bool find_family(const struct network *network, const char *name, int64_t sample,
                        struct pieces *pieces)
{
    size_t count = pieces->count;

    for (size_t i = 0; i < network->block_count; i++) {
        const struct block *block = &network->blocks[i];

        if (is_source(block) && block->kind != NODE_UNIT &&
            block->kind != NODE_PREACTIVATION && block->index >= 0 &&
            (block->sample < 0 || block->sample == sample) &&
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

/* The node of this name in the sample, or one that all samples share. */
static bool find_single(const struct network *network, const char *name, int64_t sample,
                        struct pieces *pieces)
{
    struct buf own;
    bool found;

    buf_init(&own);
    sample_name(network, name, sample, &own);
    found =
        find_node(network, buf_peek(&own), pieces) || find_node(network, name, pieces);
    buf_clear(&own);
    return found;
}

bool sources_find(const struct network *network, const char *name, int64_t sample,
                  size_t before, struct pieces *pieces)
{
    return find_layer(network, name, sample, before, pieces) ||
           find_single(network, name, sample, pieces) ||
           find_family(network, name, sample, pieces) ||
           find_later_layer(network, name, sample, before, pieces) ||
           find_numbered_layer(network, name, sample, pieces);
}
