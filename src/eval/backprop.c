#include "eval/backprop.h"

#include "base/memory.h"

#include <flint/fmpq.h>
#include <flint/fmpz_mat.h>

/* A matrix of integers over one denominator, never reduced on the way. */
struct cleared {
    fmpz_mat_t matrix;
    fmpz_t denominator;
};

/* Values of consecutive nodes as a column, and dE/d(node) as a row: block 0 holds the
   leaves that feed layers, block l + 1 the units of layer l. */
struct block {
    struct range nodes;
    struct cleared values, adjoints;
};

/* A layer: units = weights sources, with the biases as a last column and a last source
 * that is 1. */
struct pass {
    const struct layer *layer;
    struct cleared weights, sources;
};

struct backprop {
    const struct network *network;
    mpq_srcptr values;
    struct block *blocks;
    struct pass *passes;
    size_t layer_count;
    struct cleared errors; /* dE/d(output), a row */
    fmpz *gradients;       /* dE/d(parameter) by node, over one denominator */
    int64_t leaf_count;
    fmpz_t denominator;
};

static void cleared_init(struct cleared *cleared, int64_t rows, int64_t columns)
{
    fmpz_mat_init(cleared->matrix, rows, columns);
    fmpz_init_set_ui(cleared->denominator, 1);
}

static void cleared_clear(struct cleared *cleared)
{
    fmpz_mat_clear(cleared->matrix);
    fmpz_clear(cleared->denominator);
}

/* For every output: its node, and where its target stands. */
static int64_t output_count(const struct network *network)
{
    size_t range_count;
    const struct range *ranges = network_outputs(network, &range_count);
    int64_t count = 0;
    for (size_t i = 0; i < range_count; i++)
        count += ranges[i].count;
    return count;
}

static int64_t count_leaves(const struct network *network)
{
    int64_t count = network_error(network) + 1;
    while (count > 0 && network_is_defined(network, count - 1))
        count--;
    return count;
}

static bool outputs_are_units(const struct network *network)
{
    size_t range_count;
    const struct range *ranges = network_outputs(network, &range_count);
    for (size_t i = 0; i < range_count; i++)
        if (network_kind(network, ranges[i].first) != NODE_UNIT)
            return false;
    return true;
}

bool backprop_applies(const struct network *network)
{
    if (network_error_kind(network) == ERROR_EQUATION || !outputs_are_units(network))
        return false;
    for (node_id node = network_error(network) - 1;
         node >= 0 && network_is_defined(network, node); node--)
        if (network_kind(network, node) != NODE_UNIT)
            return false;
    int64_t outputs = output_count(network);
    for (int64_t i = 0; i < outputs; i++)
        if (network_is_defined(network, network_target(network, i)))
            return false;
    return true;
}

/* The pieces of a list of ranges, each within one block; `at` counts through the list. */
struct pieces {
    const struct range *ranges;
    size_t left;
    int64_t done; /* of ranges[0] */
    struct block *block;
    int64_t at, offset, count;
};

static struct block *block_of(const struct backprop *backprop, node_id node)
{
    if (node < backprop->leaf_count)
        return &backprop->blocks[0];
    int64_t place;
    const struct layer *layer = network_layer_of(backprop->network, node, &place);
    return &backprop->blocks[layer->number];
}

static bool pieces_next(const struct backprop *backprop, struct pieces *pieces)
{
    pieces->at += pieces->count;
    if (pieces->left == 0)
        return false;
    node_id node = pieces->ranges->first + pieces->done;
    pieces->block = block_of(backprop, node);
    pieces->offset = node - pieces->block->nodes.first;
    pieces->count = pieces->ranges->count - pieces->done;
    if (pieces->count > pieces->block->nodes.count - pieces->offset)
        pieces->count = pieces->block->nodes.count - pieces->offset;
    pieces->done += pieces->count;
    if (pieces->done == pieces->ranges->count) {
        pieces->ranges++;
        pieces->left--;
        pieces->done = 0;
    }
    return true;
}

/* The least range of leaves that holds all sources of layers. */
static struct range source_leaves(const struct backprop *backprop)
{
    node_id first = backprop->leaf_count, end = 0;
    for (size_t l = 0; l < backprop->layer_count; l++) {
        const struct layer *layer = backprop->passes[l].layer;
        for (size_t i = 0; i < layer->source_count; i++) {
            struct range range = layer->sources[i];
            if (range.first >= backprop->leaf_count)
                continue;
            first = range.first < first ? range.first : first;
            end = range.first + range.count > end ? range.first + range.count : end;
        }
    }
    end = end > backprop->leaf_count ? backprop->leaf_count : end;
    return (struct range){first, first < end ? end - first : 0};
}

static void block_init(struct block *block, struct range nodes)
{
    block->nodes = nodes;
    cleared_init(&block->values, nodes.count, 1);
    cleared_init(&block->adjoints, 1, nodes.count);
}

static void raise_denominator(fmpz_t common, mpq_srcptr value)
{
    fmpz_t denominator;
    fmpz_init(denominator);
    fmpz_set_mpz(denominator, mpq_denref(value));
    fmpz_lcm(common, common, denominator);
    fmpz_clear(denominator);
}

/* x = value common, an integer. */
static void set_cleared(fmpz_t x, mpq_srcptr value, const fmpz_t common)
{
    fmpz_t numerator;
    fmpz_init(numerator);
    fmpz_set_mpz(numerator, mpq_numref(value));
    fmpz_set_mpz(x, mpq_denref(value));
    fmpz_divexact(x, common, x);
    fmpz_mul(x, x, numerator);
    fmpz_clear(numerator);
}

static void load_leaves(const struct backprop *backprop)
{
    struct block *block = &backprop->blocks[0];
    mpq_srcptr values = backprop->values + block->nodes.first;
    for (int64_t i = 0; i < block->nodes.count; i++)
        raise_denominator(block->values.denominator, values + i);
    for (int64_t i = 0; i < block->nodes.count; i++)
        set_cleared(fmpz_mat_entry(block->values.matrix, i, 0), values + i,
                    block->values.denominator);
}

/* The weight or, in the last column, the bias; -1 if there is none. */
static node_id parameter_at(const struct network *network, const struct layer *layer,
                            int64_t to, int64_t from)
{
    if (from == layer->fan_in)
        return network_bias(network, layer, to);
    return network_weight(network, layer, to, from);
}

static void load_weights(const struct backprop *backprop, struct pass *pass)
{
    const struct layer *layer = pass->layer;
    struct cleared *weights = &pass->weights;
    for (int64_t to = 0; to < layer->size; to++)
        for (int64_t from = 0; from <= layer->fan_in; from++) {
            node_id node = parameter_at(backprop->network, layer, to, from);
            if (node >= 0)
                raise_denominator(weights->denominator, backprop->values + node);
        }
    for (int64_t to = 0; to < layer->size; to++)
        for (int64_t from = 0; from <= layer->fan_in; from++) {
            node_id node = parameter_at(backprop->network, layer, to, from);
            if (node >= 0)
                set_cleared(fmpz_mat_entry(weights->matrix, to, from),
                            backprop->values + node, weights->denominator);
        }
}

static void load_sources(const struct backprop *backprop, struct pass *pass)
{
    const struct layer *layer = pass->layer;
    struct cleared *sources = &pass->sources;
    struct pieces first = {.ranges = layer->sources, .left = layer->source_count};
    for (struct pieces p = first; pieces_next(backprop, &p);)
        fmpz_lcm(sources->denominator, sources->denominator, p.block->values.denominator);
    fmpz_t scale;
    fmpz_init(scale);
    for (struct pieces p = first; pieces_next(backprop, &p);) {
        fmpz_divexact(scale, sources->denominator, p.block->values.denominator);
        for (int64_t i = 0; i < p.count; i++)
            fmpz_mul(fmpz_mat_entry(sources->matrix, p.at + i, 0),
                     fmpz_mat_entry(p.block->values.matrix, p.offset + i, 0), scale);
    }
    fmpz_set(fmpz_mat_entry(sources->matrix, layer->fan_in, 0), sources->denominator);
    fmpz_clear(scale);
}

static void forward(const struct backprop *backprop)
{
    load_leaves(backprop);
    for (size_t l = 0; l < backprop->layer_count; l++) {
        struct pass *pass = &backprop->passes[l];
        struct cleared *units = &backprop->blocks[l + 1].values;
        load_weights(backprop, pass);
        load_sources(backprop, pass);
        fmpz_mat_mul(units->matrix, pass->weights.matrix, pass->sources.matrix);
        fmpz_mul(units->denominator, pass->weights.denominator,
                 pass->sources.denominator);
    }
}

/* dE/dy is (y - t) times 1, 2 or 2/n, for n outputs. */
static void set_error_factor(fmpq_t factor, const struct backprop *backprop)
{
    switch (network_error_kind(backprop->network)) {
    case ERROR_SQUARES:
        fmpq_set_si(factor, 2, 1);
        break;
    case ERROR_MEAN_SQUARES:
        fmpq_set_si(factor, 2, (ulong)output_count(backprop->network));
        break;
    default:
        fmpq_one(factor);
    }
}

static void set_error(fmpq_t error, const struct backprop *backprop,
                      const struct pieces *outputs, int64_t i)
{
    const struct cleared *values = &outputs->block->values;
    fmpq_t target;
    fmpq_init(target);
    fmpq_set_mpq(target,
                 backprop->values + network_target(backprop->network, outputs->at + i));
    fmpq_set_fmpz_frac(error, fmpz_mat_entry(values->matrix, outputs->offset + i, 0),
                       values->denominator);
    fmpq_sub(error, error, target);
    fmpq_clear(target);
}

static struct pieces output_pieces(const struct backprop *backprop)
{
    struct pieces pieces = {.at = 0};
    pieces.ranges = network_outputs(backprop->network, &pieces.left);
    return pieces;
}

static void start_errors(const struct backprop *backprop, fmpq *errors)
{
    fmpq_t factor;
    fmpq_init(factor);
    set_error_factor(factor, backprop);
    for (struct pieces p = output_pieces(backprop); pieces_next(backprop, &p);)
        for (int64_t i = 0; i < p.count; i++) {
            set_error(errors + p.at + i, backprop, &p, i);
            fmpq_mul(errors + p.at + i, errors + p.at + i, factor);
        }
    fmpq_clear(factor);
}

static void compare_outputs(struct backprop *backprop)
{
    int64_t count = output_count(backprop->network);
    struct cleared *row = &backprop->errors;
    cleared_init(row, 1, count);
    fmpq *errors = _fmpq_vec_init(count);
    start_errors(backprop, errors);
    for (int64_t i = 0; i < count; i++)
        fmpz_lcm(row->denominator, row->denominator, fmpq_denref(errors + i));
    for (int64_t i = 0; i < count; i++) {
        fmpz *entry = fmpz_mat_entry(row->matrix, 0, i);
        fmpz_divexact(entry, row->denominator, fmpq_denref(errors + i));
        fmpz_mul(entry, entry, fmpq_numref(errors + i));
    }
    _fmpq_vec_clear(errors, count);
}

/* Adds a piece of a row to the adjoints of its block, over a denominator for both. */
static void add_adjoints(const struct pieces *piece, const struct cleared *row)
{
    struct cleared *adjoints = &piece->block->adjoints;
    fmpz_t common, scale;
    fmpz_init(common);
    fmpz_init(scale);
    fmpz_lcm(common, adjoints->denominator, row->denominator);
    fmpz_divexact(scale, common, adjoints->denominator);
    if (!fmpz_is_one(scale))
        fmpz_mat_scalar_mul_fmpz(adjoints->matrix, adjoints->matrix, scale);
    fmpz_divexact(scale, common, row->denominator);
    for (int64_t i = 0; i < piece->count; i++)
        fmpz_addmul(fmpz_mat_entry(adjoints->matrix, 0, piece->offset + i),
                    fmpz_mat_entry(row->matrix, 0, piece->at + i), scale);
    fmpz_set(adjoints->denominator, common);
    fmpz_clear(scale);
    fmpz_clear(common);
}

static void backward_layer(const struct backprop *backprop, size_t l)
{
    const struct pass *pass = &backprop->passes[l];
    const struct cleared *signals = &backprop->blocks[l + 1].adjoints;
    struct cleared row;
    cleared_init(&row, 1, pass->layer->fan_in + 1);
    fmpz_mat_mul(row.matrix, signals->matrix, pass->weights.matrix);
    fmpz_mul(row.denominator, signals->denominator, pass->weights.denominator);
    struct pieces p = {.ranges = pass->layer->sources, .left = pass->layer->source_count};
    while (pieces_next(backprop, &p))
        add_adjoints(&p, &row);
    cleared_clear(&row);
}

static void backward(struct backprop *backprop)
{
    compare_outputs(backprop);
    for (struct pieces p = output_pieces(backprop); pieces_next(backprop, &p);)
        add_adjoints(&p, &backprop->errors);
    for (size_t l = backprop->layer_count; l-- > 0;)
        backward_layer(backprop, l);
}

/* The outer product of the error signals and the sources; tied parameters add up. */
static void add_gradients(struct backprop *backprop, size_t l)
{
    const struct pass *pass = &backprop->passes[l];
    const struct cleared *signals = &backprop->blocks[l + 1].adjoints;
    fmpz_t scale, signal;
    fmpz_init(scale);
    fmpz_init(signal);
    fmpz_mul(scale, signals->denominator, pass->sources.denominator);
    fmpz_divexact(scale, backprop->denominator, scale);
    for (int64_t to = 0; to < pass->layer->size; to++) {
        fmpz_mul(signal, fmpz_mat_entry(signals->matrix, 0, to), scale);
        for (int64_t from = 0; from <= pass->layer->fan_in; from++) {
            node_id node = parameter_at(backprop->network, pass->layer, to, from);
            if (node >= 0)
                fmpz_addmul(backprop->gradients + node, signal,
                            fmpz_mat_entry(pass->sources.matrix, from, 0));
        }
    }
    fmpz_clear(signal);
    fmpz_clear(scale);
}

static void collect_gradients(struct backprop *backprop)
{
    fmpz_t product;
    fmpz_init(product);
    for (size_t l = 0; l < backprop->layer_count; l++) {
        fmpz_mul(product, backprop->blocks[l + 1].adjoints.denominator,
                 backprop->passes[l].sources.denominator);
        fmpz_lcm(backprop->denominator, backprop->denominator, product);
    }
    fmpz_clear(product);
    backprop->gradients = _fmpz_vec_init(backprop->leaf_count);
    for (size_t l = 0; l < backprop->layer_count; l++)
        add_gradients(backprop, l);
}

struct backprop *backprop_new(const struct network *network, mpq_srcptr values)
{
    struct backprop *backprop = memory_zeroed(1, sizeof *backprop);
    backprop->network = network;
    backprop->values = values;
    backprop->layer_count = network_layer_count(network);
    backprop->leaf_count = count_leaves(network);
    fmpz_init_set_ui(backprop->denominator, 1);
    backprop->passes = memory_zeroed(backprop->layer_count, sizeof *backprop->passes);
    backprop->blocks = memory_zeroed(backprop->layer_count + 1, sizeof *backprop->blocks);
    for (size_t l = 0; l < backprop->layer_count; l++) {
        struct pass *pass = &backprop->passes[l];
        pass->layer = network_layer(network, l);
        cleared_init(&pass->weights, pass->layer->size, pass->layer->fan_in + 1);
        cleared_init(&pass->sources, pass->layer->fan_in + 1, 1);
        block_init(&backprop->blocks[l + 1], pass->layer->units);
    }
    block_init(&backprop->blocks[0], source_leaves(backprop));
    forward(backprop);
    backward(backprop);
    collect_gradients(backprop);
    return backprop;
}

void backprop_free(struct backprop *backprop)
{
    if (backprop == NULL)
        return;
    for (size_t l = 0; l <= backprop->layer_count; l++) {
        cleared_clear(&backprop->blocks[l].values);
        cleared_clear(&backprop->blocks[l].adjoints);
    }
    for (size_t l = 0; l < backprop->layer_count; l++) {
        cleared_clear(&backprop->passes[l].weights);
        cleared_clear(&backprop->passes[l].sources);
    }
    cleared_clear(&backprop->errors);
    _fmpz_vec_clear(backprop->gradients, backprop->leaf_count);
    fmpz_clear(backprop->denominator);
    memory_free(backprop->blocks);
    memory_free(backprop->passes);
    memory_free(backprop);
}

static void add_fraction(fmpq_t sum, const fmpz_t numerator, const fmpz_t denominator)
{
    fmpq_t fraction;
    fmpq_init(fraction);
    fmpq_set_fmpz_frac(fraction, numerator, denominator);
    fmpq_add(sum, sum, fraction);
    fmpq_clear(fraction);
}

static void add_adjoint(fmpq_t sum, const struct block *block, node_id node)
{
    int64_t i = node - block->nodes.first;
    if (i >= 0 && i < block->nodes.count)
        add_fraction(sum, fmpz_mat_entry(block->adjoints.matrix, 0, i),
                     block->adjoints.denominator);
}

/* dE/dt is -dE/dy. */
static void subtract_errors(fmpq_t sum, const struct backprop *backprop, node_id target)
{
    const struct cleared *errors = &backprop->errors;
    fmpz_t numerator;
    fmpz_init(numerator);
    for (int64_t i = 0; i < fmpz_mat_ncols(errors->matrix); i++)
        if (network_target(backprop->network, i) == target)
            fmpz_sub(numerator, numerator, fmpz_mat_entry(errors->matrix, 0, i));
    add_fraction(sum, numerator, errors->denominator);
    fmpz_clear(numerator);
}

void backprop_gradient(const struct backprop *backprop, node_id node, mpq_ptr gradient)
{
    fmpq_t sum;
    fmpq_init(sum);
    if (node == network_error(backprop->network)) {
        fmpq_one(sum);
    } else if (node >= backprop->leaf_count) {
        add_adjoint(sum, block_of(backprop, node), node);
    } else {
        add_fraction(sum, backprop->gradients + node, backprop->denominator);
        add_adjoint(sum, &backprop->blocks[0], node);
        enum node_kind kind = network_kind(backprop->network, node);
        if (kind == NODE_TARGET || kind == NODE_INPUT)
            subtract_errors(sum, backprop, node);
    }
    fmpq_get_mpq(gradient, sum);
    fmpq_clear(sum);
}
