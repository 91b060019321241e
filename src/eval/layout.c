#include "eval/layout.h"

#include "base/memory.h"

#include <stdlib.h>

static size_t sums_block(const struct layer *layer)
{
    return 2 * (size_t)layer->number - 1;
}

static size_t units_block(const struct layer *layer)
{
    return sums_block(layer) + (layer->activation != ACTIVATION_IDENTITY);
}

size_t layout_block(const struct layout *layout, node_id node)
{
    if (node < layout->leaf_count)
        return 0;
    int64_t place;
    const struct layer *layer = network_layer_of(layout->network, node, &place);
    return layer_has_sum(layer, node) ? sums_block(layer) : units_block(layer);
}

int64_t layout_place(const struct layout *layout, size_t block, node_id node)
{
    int64_t place = node - layout->blocks[block].first;
    return place >= 0 && place < layout->blocks[block].count ? place : -1;
}

size_t layout_pass_of(const struct layout *layout, const struct layer *layer)
{
    size_t low = 0, high = layout->pass_count - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (layout->passes[middle].layer->sums.first < layer->sums.first)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void layout_parameters(const struct layout *layout, const struct layer *layer, int64_t to,
                       node_id *nodes)
{
    const struct network *network = layout->network;
    bool is_regular = network_layer_is_regular(network, layer);
    node_id first = network_weight(network, layer, to, 0);
    for (int64_t from = 0; from < layer->fan_in; from++)
        nodes[from] =
            is_regular ? first + from : network_weight(network, layer, to, from);
    nodes[layer->fan_in] = network_bias(network, layer, to);
}

struct layout_pieces layout_sources(const struct layer *layer)
{
    return (struct layout_pieces){.ranges = layer->sources, .left = layer->source_count};
}

struct layout_pieces layout_outputs(const struct layout *layout)
{
    struct layout_pieces pieces = {.at = 0};
    pieces.ranges = network_outputs(layout->network, &pieces.left);
    return pieces;
}

bool layout_next(const struct layout *layout, struct layout_pieces *pieces)
{
    pieces->at += pieces->count;
    if (pieces->left == 0)
        return false;
    node_id node = pieces->ranges->first + pieces->done;
    pieces->block = layout_block(layout, node);
    pieces->offset = node - layout->blocks[pieces->block].first;
    pieces->count = pieces->ranges->count - pieces->done;
    int64_t rest = layout->blocks[pieces->block].count - pieces->offset;
    if (pieces->count > rest)
        pieces->count = rest;
    pieces->done += pieces->count;
    if (pieces->done == pieces->ranges->count) {
        pieces->ranges++;
        pieces->left--;
        pieces->done = 0;
    }
    return true;
}

static int64_t count_leaves(const struct network *network)
{
    const struct network_leaves *leaves = network_leaves(network);
    int64_t count = 0;
    for (size_t i = 0; i < leaves->count; i++)
        count += leaves->ranges[i].count;
    return count;
}

static int64_t count_outputs(const struct network *network)
{
    size_t range_count;
    const struct range *ranges = network_outputs(network, &range_count);
    int64_t count = 0;
    for (size_t i = 0; i < range_count; i++)
        count += ranges[i].count;
    return count;
}

/* Means are over the outputs of a sample, and over the samples. */
static int64_t find_divisor(const struct layout *layout)
{
    const struct network *network = layout->network;
    int64_t samples = network_sample_count(network), divisor = 1;
    if (network_error_kind(network) == ERROR_MEAN_SQUARES)
        divisor = layout->output_count / (samples > 0 ? samples : 1);
    return network_is_averaged(network) && samples > 0 ? divisor * samples : divisor;
}

/* The least range of leaves that holds all sources of layers. */
static struct range source_leaves(const struct layout *layout)
{
    node_id first = layout->leaf_count, end = 0;
    for (size_t l = 0; l < layout->pass_count; l++) {
        const struct layer *layer = layout->passes[l].layer;
        for (size_t i = 0; i < layer->source_count; i++) {
            struct range range = layer->sources[i];
            if (range.first >= layout->leaf_count)
                continue;
            first = range.first < first ? range.first : first;
            end = range.first + range.count > end ? range.first + range.count : end;
        }
    }
    end = end > layout->leaf_count ? layout->leaf_count : end;
    return (struct range){first, first < end ? end - first : 0};
}

/* Sums are numbered after their arguments. */
static int compare_passes(const void *a, const void *b)
{
    const struct layout_pass *first = a, *second = b;
    node_id difference = first->layer->sums.first - second->layer->sums.first;
    return difference < 0 ? -1 : difference > 0;
}

static void make_passes(struct layout *layout)
{
    size_t count = layout->pass_count;
    layout->passes = memory_array(NULL, count + 1, sizeof *layout->passes);
    for (size_t l = 0; l < count; l++) {
        const struct layer *layer = network_layer(layout->network, l);
        layout->passes[l] =
            (struct layout_pass){layer, sums_block(layer), units_block(layer)};
        layout->blocks[sums_block(layer)] = layer->sums;
        layout->blocks[units_block(layer)] = layer->units;
    }
    qsort(layout->passes, count, sizeof *layout->passes, compare_passes);
}

void layout_init(struct layout *layout, const struct network *network)
{
    size_t layers = network_layer_count(network);
    *layout = (struct layout){.network = network,
                              .block_count = 2 * layers + 1,
                              .pass_count = layers,
                              .leaf_count = count_leaves(network),
                              .output_count = count_outputs(network)};
    layout->error_divisor = find_divisor(layout);
    layout->blocks = memory_zeroed(layout->block_count, sizeof *layout->blocks);
    make_passes(layout);
    layout->blocks[0] = source_leaves(layout);
}

void layout_clear(struct layout *layout)
{
    memory_free(layout->blocks);
    memory_free(layout->passes);
}
