/* A network from its empty plan to its end; values; the third phase. */
#include "net/parts.h"

#include "base/memory.h"
#include "expr/walk.h"

#include <string.h>

struct network *network_new(const struct source *source)
{
    struct network *network = memory_zeroed(1, sizeof *network);

    plan_init(&network->plan, source);
    network->pool = pool_new();
    defs_init(&network->defs, network->pool, define_symbol, network);
    names_init(&network->written);
    names_init(&network->shown);
    node_map_init(&network->symbols);
    node_map_init(&network->value_index);
    return network;
}

struct network_plan *network_plan(struct network *network)
{
    return &network->plan;
}

static void clear_ties(struct ties *ties)
{
    memory_free(ties->owners);
    memory_free(ties->firsts);
}

static void clear_layers(struct network *network)
{
    for (size_t i = 0; i < network->layer_count; i++) {
        pieces_clear(&network->parts[i].sources);
        clear_ties(&network->parts[i].weight_ties);
        clear_ties(&network->parts[i].bias_ties);
        template_clear(&network->parts[i].template);
        if (network->layers != NULL)
            memory_free(network->layers[i].sources);
    }
    memory_free(network->layers);
    memory_free(network->parts);
}

void network_free(struct network *network)
{
    if (network == NULL)
        return;
    clear_layers(network);
    for (size_t i = 0; i < network->value_count; i++)
        mpq_clear(network->values[i].number);
    memory_free(network->values);
    memory_free(network->blocks);
    memory_free(network->order);
    memory_free(network->equation_blocks);
    memory_free(network->symbol_slots);
    memory_free(network->outputs);
    memory_free(network->targets);
    memory_free(network->leaves.ranges);
    pieces_clear(&network->output_pieces);
    pieces_clear(&network->target_pieces);
    names_clear(&network->written);
    names_clear(&network->shown);
    node_map_clear(&network->symbols);
    node_map_clear(&network->value_index);
    template_clear(&network->gradient);
    defs_clear(&network->defs);
    pool_free(network->pool);
    plan_clear(&network->plan);
    memory_free(network);
}

bool network_knows(const struct network *network, const char *canonical)
{
    return slot_find(network, canonical).block != SIZE_MAX;
}

expr_id network_lookup(struct network *network, const char *canonical)
{
    struct slot slot = slot_find(network, canonical);

    return slot.block == SIZE_MAX ? 0 : slot_symbol(network, slot);
}

static struct value *open_value(struct network *network, node_id node)
{
    uint32_t index = node_map_get(&network->value_index, node);

    if (index != NODE_MAP_NONE)
        return &network->values[index];
    if (network->value_count == network->value_capacity) {
        network->value_capacity = 2 * network->value_capacity + 16;
        network->values = memory_array(network->values, network->value_capacity,
                                       sizeof *network->values);
    }
    node_map_put(&network->value_index, node, (uint32_t)network->value_count);
    mpq_init(network->values[network->value_count].number);
    network->values[network->value_count].fixed = false;
    return &network->values[network->value_count++];
}

void network_set_value(struct network *network, node_id node, mpq_srcptr value)
{
    mpq_set(open_value(network, node)->number, value);
}

/* Edges that bear the parameter are not there; elsewhere it is the number 0. */
static void remove_edges(struct network *network, node_id node)
{
    size_t count;
    struct network_use *uses = network_uses(network, node, &count);

    for (size_t i = 0; i < count; i++)
        network->parts[uses[i].layer - network->layers].zeros++;
    memory_free(uses);
    network->zeros++;
    defs_set(&network->defs, network_symbol(network, node),
             expr_integer(network->pool, 0));
}

void network_fix(struct network *network, node_id node, mpq_srcptr value)
{
    struct value *fixed = open_value(network, node);
    bool was_zero = fixed->fixed && mpq_sgn(fixed->number) == 0;

    mpq_set(fixed->number, value);
    fixed->fixed = true;
    if (mpq_sgn(value) == 0 && !was_zero)
        remove_edges(network, node);
}

void network_reads_file(struct network *network, bool reads)
{
    network->reads_file = reads;
}

static void add_leaves(struct network *network, enum node_kind kind, size_t *capacity)
{
    struct network_leaves *leaves = &network->leaves;

    for (size_t i = 0; i + 1 < network->block_count; i++) {
        const struct block *block = &network->blocks[network->order[i]];
        bool wanted =
            block->kind == kind || (kind == NODE_WEIGHT && block->kind == NODE_BIAS);

        if (!wanted || block->count == 0)
            continue;
        if (leaves->count == *capacity) {
            *capacity = 2 * *capacity + 8;
            leaves->ranges =
                memory_array(leaves->ranges, *capacity, sizeof *leaves->ranges);
        }
        leaves->ranges[leaves->count++] = (struct range){block->first, block->count};
    }
}

static void collect_leaves(struct network *network)
{
    static const enum node_kind kinds[] = {NODE_INPUT, NODE_TARGET, NODE_PARAMETER,
                                           NODE_WEIGHT, NODE_CONSTANT};
    size_t capacity = 0;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        add_leaves(network, kinds[i], &capacity);
}

/* The error is the last block and the last node. */
static bool add_error(struct network *network, struct diags *diags)
{
    const char *name = plan_error_name(&network->plan, &network->plan.shown);
    struct block block = {.kind = NODE_ERROR,
                          .count = 1,
                          .sample = -1,
                          .head = name,
                          .index = -1,
                          .span = network->plan.error.span};

    network->error = block_add(network, block);
    if (!block_name(network, network->error, name, diags))
        return false;
    network->order =
        memory_array(network->order, network->block_count, sizeof *network->order);
    network->order[network->block_count - 1] = network->error;
    network->blocks[network->error].first = network->count++;
    return templates_check(network, diags);
}

/* An error given as an equation compares what it uses, if nothing was said. */
static void find_outputs_of_equation(struct network *network)
{
    size_t count;
    node_id *nodes = network_arguments(network, network_error(network), &count);

    for (size_t i = 0; i < count; i++) {
        struct slot slot = slot_of_node(network, nodes[i]);

        if (block_is_defined(&network->blocks[slot.block]))
            piece_add(&network->output_pieces, (struct piece){slot.block, slot.place, 1});
    }
    memory_free(nodes);
    sample_sort(network, &network->output_pieces);
    memory_free(network->outputs);
    network->outputs =
        pieces_ranges(network, &network->output_pieces, &network->output_count);
}

bool network_finish(struct network *network, struct diags *diags)
{
    const struct plan_error *error = &network->plan.error;
    const char *text = network->plan.shown.gradient.text, *fault;

    if (error->kind == ERROR_EQUATION && error->right == 0)
        return diag(diags, DIAG_INTERNAL, "an error without right side", NULL);
    if (!add_error(network, diags))
        return false;
    if (text != NULL)
        template_init(&network->gradient, text, strlen(text), 1u << PLACE_WEIGHT, &fault);
    network->is_finished = true;
    if (network->output_count == 0)
        find_outputs_of_equation(network);
    collect_leaves(network);
    return true;
}
