#include "eval/backprop.h"

#include "base/memory.h"
#include "eval/cleared.h"

#include <flint/fmpq_vec.h>
#include <stdlib.h>

/* Values of consecutive nodes as a column, and dE/d(node) as a row: block 0 holds the
   leaves that feed layers, block l the units of layer number l. */
struct block {
    struct range nodes;
    struct cleared values, adjoints;
};

/* A layer: units = weights sources, with the biases as a last column and a last source
   that is 1. */
struct pass {
    const struct layer *layer;
    struct block *units;
    struct cleared weights, sources;
};

struct backprop {
    const struct network *network;
    mpq_srcptr values;
    struct block *blocks;
    struct pass *passes; /* in the order of the forward pass */
    size_t layer_count;
    struct cleared errors; /* dE/d(output), a row */
    fmpz *gradients;       /* dE/d(parameter) by node, over one denominator */
    int64_t leaf_count;
    fmpz_t denominator;
};

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

static void load_leaves(const struct backprop *backprop)
{
    struct block *block = &backprop->blocks[0];
    mpq_srcptr values = backprop->values + block->nodes.first;
    for (int64_t i = 0; i < block->nodes.count; i++)
        cleared_prepare(&block->values, values + i);
    for (int64_t i = 0; i < block->nodes.count; i++)
        cleared_set(&block->values, i, 0, values + i);
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
    for (int64_t to = 0; to < layer->size; to++)
        for (int64_t from = 0; from <= layer->fan_in; from++) {
            node_id node = parameter_at(backprop->network, layer, to, from);
            if (node >= 0)
                cleared_prepare(&pass->weights, backprop->values + node);
        }
    for (int64_t to = 0; to < layer->size; to++)
        for (int64_t from = 0; from <= layer->fan_in; from++) {
            node_id node = parameter_at(backprop->network, layer, to, from);
            if (node >= 0)
                cleared_set(&pass->weights, to, from, backprop->values + node);
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
        struct cleared *units = &pass->units->values;
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

static struct pieces output_pieces(const struct backprop *backprop)
{
    struct pieces pieces = {.at = 0};
    pieces.ranges = network_outputs(backprop->network, &pieces.left);
    return pieces;
}

/* dE/dy for each output. */
static void find_errors(const struct backprop *backprop, fmpq *errors)
{
    fmpq_t factor, target;
    fmpq_init(factor);
    fmpq_init(target);
    set_error_factor(factor, backprop);
    for (struct pieces p = output_pieces(backprop); pieces_next(backprop, &p);)
        for (int64_t i = 0; i < p.count; i++) {
            fmpq *error = errors + p.at + i;
            node_id node = network_target(backprop->network, p.at + i);
            fmpq_set_mpq(target, backprop->values + node);
            cleared_add_entry(&p.block->values, p.offset + i, 0, error);
            fmpq_sub(error, error, target);
            fmpq_mul(error, error, factor);
        }
    fmpq_clear(target);
    fmpq_clear(factor);
}

static void compare_outputs(struct backprop *backprop)
{
    int64_t count = output_count(backprop->network);
    struct cleared *row = &backprop->errors;
    cleared_init(row, 1, count);
    fmpq *errors = _fmpq_vec_init(count);
    find_errors(backprop, errors);
    _fmpq_vec_get_fmpz_vec_fmpz(fmpz_mat_entry(row->matrix, 0, 0), row->denominator,
                                errors, count);
    _fmpq_vec_clear(errors, count);
}

static void backward_layer(const struct backprop *backprop, const struct pass *pass)
{
    const struct cleared *signals = &pass->units->adjoints;
    struct cleared row;
    cleared_init(&row, 1, pass->layer->fan_in + 1);
    fmpz_mat_mul(row.matrix, signals->matrix, pass->weights.matrix);
    fmpz_mul(row.denominator, signals->denominator, pass->weights.denominator);
    struct pieces p = {.ranges = pass->layer->sources, .left = pass->layer->source_count};
    while (pieces_next(backprop, &p))
        cleared_add_row(&p.block->adjoints, p.offset, &row, p.at, p.count);
    cleared_clear(&row);
}

static void backward(struct backprop *backprop)
{
    compare_outputs(backprop);
    for (struct pieces p = output_pieces(backprop); pieces_next(backprop, &p);)
        cleared_add_row(&p.block->adjoints, p.offset, &backprop->errors, p.at, p.count);
    for (size_t l = backprop->layer_count; l-- > 0;)
        backward_layer(backprop, &backprop->passes[l]);
}

/* The outer product of the error signals and the sources; tied parameters add up. */
static void add_gradients(struct backprop *backprop, const struct pass *pass)
{
    const struct cleared *signals = &pass->units->adjoints;
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
        const struct pass *pass = &backprop->passes[l];
        fmpz_mul(product, pass->units->adjoints.denominator, pass->sources.denominator);
        fmpz_lcm(backprop->denominator, backprop->denominator, product);
    }
    fmpz_clear(product);
    backprop->gradients = _fmpz_vec_init(backprop->leaf_count);
    for (size_t l = 0; l < backprop->layer_count; l++)
        add_gradients(backprop, &backprop->passes[l]);
}

/* Units are numbered after their arguments. */
static int compare_passes(const void *a, const void *b)
{
    const struct pass *first = a, *second = b;
    node_id difference = first->layer->units.first - second->layer->units.first;
    return difference < 0 ? -1 : difference > 0;
}

static void make_passes(struct backprop *backprop)
{
    size_t count = backprop->layer_count;
    backprop->passes = memory_zeroed(count, sizeof *backprop->passes);
    backprop->blocks = memory_zeroed(count + 1, sizeof *backprop->blocks);
    for (size_t l = 0; l < count; l++) {
        const struct layer *layer = network_layer(backprop->network, l);
        struct pass *pass = &backprop->passes[l];
        pass->layer = layer;
        pass->units = &backprop->blocks[layer->number];
        block_init(pass->units, layer->units);
        cleared_init(&pass->weights, layer->size, layer->fan_in + 1);
        cleared_init(&pass->sources, layer->fan_in + 1, 1);
    }
    qsort(backprop->passes, count, sizeof *backprop->passes, compare_passes);
    block_init(&backprop->blocks[0], source_leaves(backprop));
}

struct backprop *backprop_new(const struct network *network, mpq_srcptr values)
{
    struct backprop *backprop = memory_zeroed(1, sizeof *backprop);
    backprop->network = network;
    backprop->values = values;
    backprop->layer_count = network_layer_count(network);
    backprop->leaf_count = count_leaves(network);
    fmpz_init_set_ui(backprop->denominator, 1);
    make_passes(backprop);
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

static void add_adjoint(fmpq_t sum, const struct block *block, node_id node)
{
    int64_t i = node - block->nodes.first;
    if (i >= 0 && i < block->nodes.count)
        cleared_add_entry(&block->adjoints, 0, i, sum);
}

/* dE/dt is -dE/dy. */
static void subtract_errors(fmpq_t sum, const struct backprop *backprop, node_id target)
{
    const struct cleared *errors = &backprop->errors;
    fmpq_neg(sum, sum);
    for (int64_t i = 0; i < fmpz_mat_ncols(errors->matrix); i++)
        if (network_target(backprop->network, i) == target)
            cleared_add_entry(errors, 0, i, sum);
    fmpq_neg(sum, sum);
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
        fmpq_set_fmpz_frac(sum, backprop->gradients + node, backprop->denominator);
        add_adjoint(sum, &backprop->blocks[0], node);
        enum node_kind kind = network_kind(backprop->network, node);
        if (kind != NODE_WEIGHT && kind != NODE_BIAS)
            subtract_errors(sum, backprop, node);
    }
    fmpq_get_mpq(gradient, sum);
    fmpq_clear(sum);
}
