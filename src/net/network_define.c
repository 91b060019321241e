/* Definitions, made when they are asked for. */
#include "net/parts.h"

#include "base/memory.h"
#include "expr/function.h"

struct terms {
    expr_id *items;
    size_t count;
};

/* x_1 w_11 + x_2 w_21 + b_1: the source first, then its weight. */
static expr_id define_sum(struct network *network, struct slot unit)
{
    const struct layer *layer = &network->layers[network->blocks[unit.block].owner];
    node_id bias = network_bias(network, layer, unit.place);
    struct terms terms = {
        memory_array(NULL, (size_t)layer->fan_in + 1, sizeof *terms.items), 0};
    expr_id sum;

    for (int64_t from = 0; from < layer->fan_in; from++) {
        node_id weight = network_weight(network, layer, unit.place, from);

        if (weight >= 0)
            terms.items[terms.count++] = expr_multiply(
                network->pool, network_symbol(network, network_source(layer, from)),
                network_symbol(network, weight));
    }
    if (bias >= 0)
        terms.items[terms.count++] = network_symbol(network, bias);
    sum = expr_sum(network->pool, terms.items, terms.count);
    memory_free(terms.items);
    return sum;
}

static expr_id exponential(struct network *network, node_id node)
{
    return function_apply(network->pool, function_builtin(network->pool, FUNCTION_EXP),
                          network_symbol(network, node));
}

/* e^{z_k} / (e^{z_1} + e^{z_2} + ...) */
static expr_id define_softmax(struct network *network, const struct layer *layer,
                              int64_t place)
{
    expr_id *terms = memory_array(NULL, (size_t)layer->size, sizeof *terms), below;

    for (int64_t i = 0; i < layer->size; i++)
        terms[i] = exponential(network, layer->sums.first + i);
    below = expr_sum(network->pool, terms, (size_t)layer->size);
    memory_free(terms);
    return expr_quotient(network->pool, exponential(network, layer->sums.first + place),
                         below);
}

static expr_id define_unit(struct network *network, struct slot unit)
{
    const struct layer *layer = &network->layers[network->blocks[unit.block].owner];

    switch (layer->activation) {
    case ACTIVATION_IDENTITY:
        return define_sum(network, unit);
    case ACTIVATION_FUNCTION:
        return function_apply(network->pool, layer->function,
                              network_symbol(network, layer->sums.first + unit.place));
    default:
        return define_softmax(network, layer, unit.place);
    }
}

/* (t_k - y_k)^2 for all outputs. */
static expr_id sum_of_squares(struct network *network)
{
    struct terms terms = {
        memory_array(NULL, (size_t)network->output_pieces.total, sizeof *terms.items), 0};
    int64_t output = 0;
    expr_id sum;

    for (size_t i = 0; i < network->output_count; i++)
        for (int64_t k = 0; k < network->outputs[i].count; k++) {
            expr_id target = network_symbol(network, network_target(network, output++));
            expr_id unit = network_symbol(network, network->outputs[i].first + k);
            expr_id difference = expr_subtract(network->pool, target, unit);

            terms.items[terms.count++] = expr_power(network->pool, difference, 2);
        }
    sum = expr_sum(network->pool, terms.items, terms.count);
    memory_free(terms.items);
    return sum;
}

static expr_id reciprocal(struct pool *pool, int64_t divisor)
{
    expr_id number;
    mpq_t value;

    mpq_init(value);
    mpz_set_si(mpq_denref(value), divisor);
    mpz_set_ui(mpq_numref(value), 1);
    number = expr_number(pool, value);
    mpq_clear(value);
    return number;
}

expr_id network_error_expression(struct network *network, enum error_kind kind)
{
    int64_t outputs = network->output_pieces.total, divisor;

    if (outputs == 0 || network->target_pieces.total != outputs)
        return 0;
    divisor = kind == ERROR_HALF_SQUARES ? 2 : kind == ERROR_MEAN_SQUARES ? outputs : 1;
    if (divisor == 1)
        return sum_of_squares(network);
    return expr_multiply(network->pool, reciprocal(network->pool, divisor),
                         sum_of_squares(network));
}

expr_id network_squared_weights(struct network *network)
{
    struct terms terms = {0};
    int64_t count = 0;
    expr_id sum;

    for (size_t i = 0; i < network->layer_count; i++)
        count += network->blocks[network->parts[i].weights].count;
    if (count > WEIGHTS_LIMIT)
        return 0;
    terms.items = memory_array(NULL, (size_t)count + 1, sizeof *terms.items);
    for (size_t i = 0; i < network->layer_count; i++) {
        const struct block *weights = &network->blocks[network->parts[i].weights];
        node_id first = weights->first, end = first + weights->count;

        for (node_id node = first; node < end; node++) {
            expr_id weight = network_symbol(network, node);
            terms.items[terms.count++] = expr_power(network->pool, weight, 2);
        }
    }
    sum = expr_sum(network->pool, terms.items, terms.count);
    memory_free(terms.items);
    return sum;
}

static expr_id define_error(struct network *network)
{
    const struct plan_error *error = &network->plan.error;

    if (error->kind == ERROR_EQUATION)
        return error->right;
    return network_error_expression(network, error->kind);
}

expr_id define_symbol(void *context, expr_id symbol)
{
    struct network *network = context;
    struct slot slot = slot_of_node(network, network_node(network, symbol));
    const struct block *block;

    if (slot.block == SIZE_MAX)
        return 0;
    block = &network->blocks[slot.block];
    if (block->kind == NODE_PREACTIVATION)
        return define_sum(network, slot);
    if (block->kind == NODE_UNIT)
        return define_unit(network, slot);
    if (block->kind == NODE_DEFINED)
        return network->plan.equations[block->owner].right;
    return block->kind == NODE_ERROR ? define_error(network) : 0;
}
