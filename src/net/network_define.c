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

static expr_id logarithm(struct pool *pool, expr_id e)
{
    return function_apply(pool, function_builtin(pool, FUNCTION_LN), e);
}

static expr_id without(struct pool *pool, expr_id e)
{
    return expr_subtract(pool, expr_integer(pool, 1), e);
}

expr_id network_error_term(struct network *network, enum error_kind kind, int64_t output)
{
    struct pool *pool = network->pool;
    expr_id target = network_symbol(network, network_target(network, output));
    expr_id unit = network_symbol(network, network_output(network, output));
    expr_id gain;

    if (kind != ERROR_CROSS_ENTROPY && kind != ERROR_BINARY_CROSS_ENTROPY)
        return expr_power(pool, expr_subtract(pool, target, unit), 2);
    gain = expr_multiply(pool, target, logarithm(pool, unit));
    if (kind == ERROR_CROSS_ENTROPY)
        return gain;
    return expr_add(
        pool, gain,
        expr_multiply(pool, without(pool, target), logarithm(pool, without(pool, unit))));
}

/* The number of outputs that each sample has. */
static int64_t outputs_of_sample(const struct network *network)
{
    return network->output_pieces.total / (int64_t)samples_of(network);
}

void network_error_factor(const struct network *network, enum error_kind kind,
                          mpq_ptr factor)
{
    bool is_entropy = kind == ERROR_CROSS_ENTROPY || kind == ERROR_BINARY_CROSS_ENTROPY;

    mpq_set_si(factor, is_entropy ? -1 : 1, 1);
    if (kind == ERROR_HALF_SQUARES)
        mpz_set_ui(mpq_denref(factor), 2);
    if (kind == ERROR_MEAN_SQUARES)
        mpz_set_si(mpq_denref(factor), outputs_of_sample(network));
    if (network->plan.samples.averaged)
        mpz_mul_si(mpq_denref(factor), mpq_denref(factor), network->plan.samples.count);
}

static expr_id sum_of_terms(struct network *network, enum error_kind kind, int64_t first,
                            int64_t count)
{
    expr_id *terms = memory_array(NULL, (size_t)count, sizeof *terms), sum;

    for (int64_t i = 0; i < count; i++)
        terms[i] = network_error_term(network, kind, first + i);
    sum = expr_sum(network->pool, terms, (size_t)count);
    memory_free(terms);
    return sum;
}

static expr_id times_factor(struct network *network, mpq_srcptr factor, expr_id sum)
{
    expr_id number = expr_number(network->pool, factor);

    if (expr_is_integer(network->pool, number, 1))
        return sum;
    return expr_is_integer(network->pool, number, -1)
               ? expr_negate(network->pool, sum)
               : expr_multiply(network->pool, number, sum);
}

static bool has_targets(const struct network *network)
{
    int64_t outputs = network->output_pieces.total;

    return outputs > 0 && network->target_pieces.total == outputs;
}

expr_id network_error_expression(struct network *network, enum error_kind kind)
{
    expr_id sum, whole;
    mpq_t factor;

    if (!has_targets(network))
        return 0;
    sum = sum_of_terms(network, kind, 0, network->output_pieces.total);
    mpq_init(factor);
    network_error_factor(network, kind, factor);
    whole = times_factor(network, factor, sum);
    mpq_clear(factor);
    return whole;
}

expr_id network_sample_error(struct network *network, enum error_kind kind,
                             int64_t sample)
{
    int64_t count = outputs_of_sample(network);
    expr_id sum, whole;
    mpq_t factor;

    if (!has_targets(network))
        return 0;
    sum = sum_of_terms(network, kind, sample * count, count);
    mpq_init(factor);
    network_error_factor(network, kind, factor);
    if (network->plan.samples.averaged) {
        mpz_mul_si(mpq_numref(factor), mpq_numref(factor), network->plan.samples.count);
        mpq_canonicalize(factor);
    }
    whole = times_factor(network, factor, sum);
    mpq_clear(factor);
    return whole;
}

expr_id network_squared_weights(struct network *network)
{
    struct terms terms = {0};
    int64_t count = 0;
    expr_id sum;

    for (size_t i = 0; i < network->layer_count; i += samples_of(network))
        count += network->blocks[network->parts[i].weights].count;
    if (count > WEIGHTS_LIMIT)
        return 0;
    terms.items = memory_array(NULL, (size_t)count + 1, sizeof *terms.items);
    for (size_t i = 0; i < network->layer_count; i += samples_of(network)) {
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
