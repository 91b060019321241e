/* The second phase: definitions in topological order, outputs and targets found, nodes
   numbered. */
#include "net/outputs.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static void order_kind(struct network *network, enum node_kind kind, size_t *ordered)
{
    for (size_t i = 0; i < network->block_count; i++)
        if (network->blocks[i].kind == kind)
            network->order[(*ordered)++] = i;
}

static void order_leaves(struct network *network, size_t *ordered)
{
    order_kind(network, NODE_INPUT, ordered);
    order_kind(network, NODE_PARAMETER, ordered);
    for (size_t i = 0; i < network->layer_count; i += samples_of(network)) {
        network->order[(*ordered)++] = network->parts[i].weights;
        if (network->parts[i].biases != SIZE_MAX)
            network->order[(*ordered)++] = network->parts[i].biases;
    }
    order_kind(network, NODE_TARGET, ordered);
    order_kind(network, NODE_CONSTANT, ordered);
}

/* Leaves, then the defined blocks in their order; the last place is for the error. */
static void number_blocks(struct network *network, const size_t *defined, size_t count)
{
    size_t ordered = 0;
    node_id next = 0;

    network->order =
        memory_array(network->order, network->block_count + 1, sizeof *network->order);
    order_leaves(network, &ordered);
    for (size_t i = 0; i < count; i++)
        network->order[ordered++] = defined[i];
    for (size_t i = 0; i < ordered; i++) {
        struct block *block = &network->blocks[network->order[i]];

        block->first = next;
        next += block->count;
    }
    network->count = next;
    network->is_ordered = true;
}

static int compare_ranges(const void *a, const void *b)
{
    const struct range *left = a, *right = b;

    return (left->first > right->first) - (left->first < right->first);
}

/* Whether a node stands twice in the ranges. */
static bool has_overlap(const struct range *ranges, size_t count)
{
    struct range *sorted = memory_array(NULL, count + 1, sizeof *sorted);
    bool found = false;

    memcpy(sorted, ranges, count * sizeof *sorted);
    if (count > 0)
        qsort(sorted, count, sizeof *sorted, compare_ranges);
    for (size_t i = 1; i < count; i++)
        found = found || sorted[i - 1].first + sorted[i - 1].count > sorted[i].first;
    memory_free(sorted);
    return found;
}

static bool make_layers(struct network *network, struct diags *diags)
{
    network->layers = memory_zeroed(network->layer_count + 1, sizeof *network->layers);
    for (size_t i = 0; i < network->layer_count; i++) {
        const struct layer_parts *parts = &network->parts[i];
        const struct block *units = &network->blocks[parts->units];
        struct layer *layer = &network->layers[i];

        layer->head = units->head;
        layer->number = (int)i + 1;
        layer->size = units->count;
        layer->fan_in = parts->sources.total;
        layer->sources = pieces_ranges(network, &parts->sources, &layer->source_count);
        layer->units = (struct range){units->first, units->count};
        layer->sums = (struct range){network->blocks[parts->sums].first, units->count};
        layer->activation = layer_plan(network, i)->activation;
        layer->function = layer_plan(network, i)->function;
        layer->has_biases = parts->biases != SIZE_MAX;
        layer->weights_tied =
            parts->weight_ties.owners != NULL || samples_of(network) > 1;
        layer->biases_tied = parts->bias_ties.owners != NULL || samples_of(network) > 1;
        layer->span = units->span;
        if (has_overlap(layer->sources, layer->source_count))
            return diag_at(diags, DIAG_NET_SOURCE_TWICE,
                           plan_place(&network->plan, layer->span), NULL);
    }
    return true;
}

/* Right sides come from the reader of the spec, all of them. */
static bool has_right_sides(const struct network *network, struct diags *diags)
{
    for (size_t i = 0; i < network->plan.equation_count; i++)
        if (network->plan.equations[i].right == 0)
            return diag(diags, DIAG_INTERNAL, "an equation without right side", NULL);
    return true;
}

static bool order_blocks(struct network *network, size_t *defined, struct diags *diags)
{
    struct topology topology;
    bool good;

    topology_init(&topology, network);
    good = topology_sort(&topology, network, defined, diags) &&
           outputs_find(network, &topology, diags);
    if (good)
        number_blocks(network, defined, topology.count);
    topology_clear(&topology);
    return good;
}

bool network_order(struct network *network, struct diags *diags)
{
    size_t *defined;
    bool good;

    if (!has_right_sides(network, diags))
        return false;
    defined = memory_array(NULL, network->block_count + 1, sizeof *defined);
    good = order_blocks(network, defined, diags);
    memory_free(defined);
    if (!good)
        return false;
    network->outputs =
        pieces_ranges(network, &network->output_pieces, &network->output_count);
    network->targets =
        pieces_ranges(network, &network->target_pieces, &network->target_count);
    return make_layers(network, diags);
}
