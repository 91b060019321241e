#include "net/parts.h"

#include "base/memory.h"
#include "expr/walk.h"

#include <stdlib.h>
#include <string.h>

int64_t network_count(const struct network *network)
{
    return network->count;
}

struct pool *network_pool(struct network *network)
{
    return network->pool;
}

struct defs *network_defs(struct network *network)
{
    return &network->defs;
}

const char *network_title(const struct network *network)
{
    return network->plan.title;
}

size_t network_layer_count(const struct network *network)
{
    return network->layer_count;
}

const struct layer *network_layer(const struct network *network, size_t index)
{
    return &network->layers[index];
}

static const struct block *block_of(const struct network *network, node_id node)
{
    return &network->blocks[slot_of_node(network, node).block];
}

enum node_kind network_kind(const struct network *network, node_id node)
{
    return block_of(network, node)->kind;
}

bool network_is_defined(const struct network *network, node_id node)
{
    return block_is_defined(block_of(network, node));
}

const struct layer *network_layer_of(const struct network *network, node_id node,
                                     int64_t *place)
{
    struct slot slot = slot_of_node(network, node);
    const struct block *block = &network->blocks[slot.block];
    const struct layer *layer;

    if (block->kind != NODE_UNIT && block->kind != NODE_PREACTIVATION &&
        block->kind != NODE_WEIGHT && block->kind != NODE_BIAS)
        return NULL;
    layer = &network->layers[block->owner];
    slot = slot_first_edge(network, slot);
    *place = block->kind == NODE_WEIGHT ? slot.place / layer->fan_in : slot.place;
    return layer;
}

bool layer_has_sum(const struct layer *layer, node_id node)
{
    return node >= layer->sums.first && node < layer->sums.first + layer->sums.count;
}

static const struct layer_parts *parts_of(const struct network *network,
                                          const struct layer *layer)
{
    return &network->parts[layer - network->layers];
}

const struct function *network_activation(const struct network *network,
                                          const struct layer *layer)
{
    if (layer->activation != ACTIVATION_FUNCTION)
        return NULL;
    return function_peek(network->pool, layer->function);
}

mpq_srcptr network_step_at_zero(const struct network *network)
{
    return function_step_at_zero(network->pool);
}

/* The node of an edge's parameter; -1 if it is fixed at 0. */
static node_id edge_node(const struct network *network, struct slot edge)
{
    node_id node = slot_node(network, slot_owner(network, edge));

    if (network->zeros > 0 && network_is_fixed(network, node) &&
        mpq_sgn(network_value(network, node)) == 0)
        return -1;
    return node;
}

node_id network_weight(const struct network *network, const struct layer *layer,
                       int64_t to, int64_t from)
{
    struct slot edge = {parts_of(network, layer)->weights, to * layer->fan_in + from};

    return edge_node(network, edge);
}

node_id network_bias(const struct network *network, const struct layer *layer, int64_t to)
{
    struct slot edge = {parts_of(network, layer)->biases, to};

    return edge.block == SIZE_MAX ? -1 : edge_node(network, edge);
}

node_id network_source(const struct layer *layer, int64_t from)
{
    const struct range *range = layer->sources;

    while (from >= range->count)
        from -= range++->count;
    return range->first + from;
}

bool network_layer_is_regular(const struct network *network, const struct layer *layer)
{
    const struct layer_parts *parts = parts_of(network, layer);

    return parts->weight_ties.owners == NULL && parts->bias_ties.owners == NULL &&
           !parts->lends && parts->zeros == 0;
}

bool network_layer_is_full(const struct network *network, const struct layer *layer)
{
    return parts_of(network, layer)->zeros == 0;
}

struct node_list {
    node_id *nodes;
    size_t count, capacity;
};

static void list_node(struct node_list *list, node_id node)
{
    if (list->count == list->capacity) {
        list->capacity = 2 * list->capacity + 16;
        list->nodes = memory_array(list->nodes, list->capacity, sizeof *list->nodes);
    }
    list->nodes[list->count++] = node;
}

/* What a unit is a function of. */
static void list_sums(const struct layer *layer, int64_t place, struct node_list *list)
{
    bool is_single = layer->activation != ACTIVATION_SOFTMAX;

    for (int64_t i = is_single ? place : 0; i < (is_single ? place + 1 : layer->size);
         i++)
        list_node(list, layer->sums.first + i);
}

static void list_layer_arguments(const struct network *network, struct slot unit,
                                 struct node_list *list)
{
    const struct layer *layer = &network->layers[network->blocks[unit.block].owner];
    node_id bias = network_bias(network, layer, unit.place);

    if (unit.block != network->parts[layer - network->layers].sums) {
        list_sums(layer, unit.place, list);
        return;
    }

    for (int64_t from = 0; from < layer->fan_in; from++) {
        node_id weight = network_weight(network, layer, unit.place, from);

        if (weight < 0)
            continue;
        list_node(list, weight);
        list_node(list, network_source(layer, from));
    }
    if (bias >= 0)
        list_node(list, bias);
}

static void list_symbols(struct network *network, node_id node, struct node_list *list)
{
    expr_id right = defs_get(&network->defs, network_symbol(network, node));
    struct expr_list symbols;

    if (right == 0)
        return;
    expr_list_init(&symbols);
    walk_symbols(network->pool, right, &symbols);
    for (size_t i = 0; i < symbols.count; i++)
        list_node(list, network_node(network, symbols.items[i]));
    expr_list_clear(&symbols);
}

static int compare_nodes(const void *a, const void *b)
{
    node_id left = *(const node_id *)a, right = *(const node_id *)b;

    return (left > right) - (left < right);
}

static void sort_nodes(struct node_list *list)
{
    size_t kept = 0;

    if (list->count > 0)
        qsort(list->nodes, list->count, sizeof *list->nodes, compare_nodes);
    for (size_t i = 0; i < list->count; i++)
        if (kept == 0 || list->nodes[kept - 1] != list->nodes[i])
            list->nodes[kept++] = list->nodes[i];
    list->count = kept;
}

node_id *network_arguments(struct network *network, node_id node, size_t *count)
{
    struct slot slot = slot_of_node(network, node);
    struct node_list list = {0};

    if (network->blocks[slot.block].kind == NODE_UNIT ||
        network->blocks[slot.block].kind == NODE_PREACTIVATION)
        list_layer_arguments(network, slot, &list);
    else if (block_is_defined(&network->blocks[slot.block]))
        list_symbols(network, node, &list);
    sort_nodes(&list);
    *count = list.count;
    return list.nodes;
}

struct network_use network_first_use(const struct network *network, node_id parameter)
{
    struct slot slot = slot_of_node(network, parameter);
    const struct block *block = &network->blocks[slot.block];

    if (block->kind != NODE_WEIGHT && block->kind != NODE_BIAS)
        return (struct network_use){NULL, -1, -1};
    const struct layer *layer = &network->layers[block->owner];
    slot = slot_first_edge(network, slot);
    if (block->kind == NODE_BIAS)
        return (struct network_use){layer, slot.place, -1};
    return (struct network_use){layer, slot.place / layer->fan_in,
                                slot.place % layer->fan_in};
}

struct use_list {
    struct network_use *uses;
    size_t count, capacity;
};

static void list_use(struct use_list *list, const struct layer *layer, int64_t to,
                     int64_t from)
{
    if (list->count == list->capacity) {
        list->capacity = 2 * list->capacity + 2;
        list->uses = memory_array(list->uses, list->capacity, sizeof *list->uses);
    }
    list->uses[list->count++] = (struct network_use){layer, to, from};
}

/* The edges of one block: by arithmetic, or through the owners if it is tied. */
static void list_uses(const struct network *network, struct slot owner,
                      const struct layer *layer, size_t block, struct use_list *list)
{
    bool is_weight = network->blocks[block].kind == NODE_WEIGHT;
    const struct layer_parts *parts = &network->parts[network->blocks[block].owner];
    const struct ties *ties = is_weight ? &parts->weight_ties : &parts->bias_ties;
    int64_t width = is_weight ? layer->fan_in : 1;

    if (ties->owners == NULL && owner.block == block)
        list_use(list, layer, owner.place / width, is_weight ? owner.place % width : -1);
    for (int64_t place = 0; ties->owners != NULL && place < layer->size * width; place++)
        if (ties->owners[place].block == owner.block &&
            ties->owners[place].place == owner.place)
            list_use(list, layer, place / width, is_weight ? place % width : -1);
}

struct network_use *network_uses(const struct network *network, node_id parameter,
                                 size_t *count)
{
    struct slot owner = slot_of_node(network, parameter);
    struct use_list list = {0};

    for (size_t i = 0; i < network->layer_count; i++) {
        const struct layer *layer = &network->layers[i];

        list_uses(network, owner, layer, network->parts[i].weights, &list);
        if (network->parts[i].biases != SIZE_MAX)
            list_uses(network, owner, layer, network->parts[i].biases, &list);
    }
    *count = list.count;
    return list.uses;
}

node_id network_error(const struct network *network)
{
    return network->blocks[network->error].first;
}

enum error_kind network_error_kind(const struct network *network)
{
    return network->plan.error.kind;
}

const struct range *network_outputs(const struct network *network, size_t *count)
{
    *count = network->output_count;
    return network->outputs;
}

node_id network_output(const struct network *network, int64_t output)
{
    for (size_t i = 0; i < network->output_count; i++) {
        if (output < network->outputs[i].count)
            return network->outputs[i].first + output;
        output -= network->outputs[i].count;
    }
    return -1;
}

node_id network_target(const struct network *network, int64_t output)
{
    for (size_t i = 0; i < network->target_count; i++) {
        if (output < network->targets[i].count)
            return network->targets[i].first + output;
        output -= network->targets[i].count;
    }
    return -1;
}

expr_id network_symbol(struct network *network, node_id node)
{
    return slot_symbol(network, slot_of_node(network, node));
}

node_id network_node(struct network *network, expr_id symbol)
{
    struct slot slot = slot_of_symbol(network, symbol);

    if (slot.block == SIZE_MAX && expr_kind(network->pool, symbol) == EXPR_SYMBOL)
        slot = slot_find(network, expr_peek_name(network->pool, symbol));
    return slot_node(network, slot);
}

mpq_srcptr network_value(const struct network *network, node_id node)
{
    uint32_t index = node_map_get(&network->value_index, node);

    return index == NODE_MAP_NONE ? NULL : network->values[index].number;
}

const char *network_file(const struct network *network, size_t index)
{
    const struct plan_names *files = &network->plan.files;

    return index < files->count ? files->items[index].name : NULL;
}

bool network_has_values(const struct network *network)
{
    for (size_t i = 0; i < network->value_count; i++)
        if (!network->values[i].fixed)
            return true;
    return false;
}

bool network_is_fixed(const struct network *network, node_id node)
{
    uint32_t index = node_map_get(&network->value_index, node);

    return index != NODE_MAP_NONE && network->values[index].fixed;
}

int64_t network_fixed_count(const struct network *network)
{
    int64_t count = 0;
    for (size_t i = 0; i < network->value_count; i++)
        count += network->values[i].fixed;
    return count;
}

size_t network_assumption_count(const struct network *network)
{
    return network->plan.assumption_count;
}

void network_assumption(const struct network *network, size_t i, expr_id *left,
                        expr_id *right)
{
    *left = network->plan.assumptions[i].left;
    *right = network->plan.assumptions[i].right;
}

size_t network_beside_count(const struct network *network)
{
    return network->plan.beside_count;
}

const char *network_beside(const struct network *network, size_t i, expr_id *right)
{
    *right = network->plan.besides[i].right;
    return network->plan.besides[i].name;
}

size_t network_function_count(const struct network *network)
{
    return network->plan.function_count;
}

expr_id network_function(const struct network *network, size_t i)
{
    return network->plan.functions[i].function;
}

bool network_states_relu_at_zero(const struct network *network)
{
    return network->plan.relu_at_zero != NULL;
}

const struct network_leaves *network_leaves(const struct network *network)
{
    return &network->leaves;
}
