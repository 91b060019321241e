#include "eval/backprop.h"

#include "base/memory.h"
#include "eval/cleared.h"
#include "eval/cleared_rows.h"
#include "eval/layout.h"
#include "eval/outer.h"

#include <flint/fmpq_vec.h>

/* The numbers of a block: values as a column, dE/d(node) as a row. */
struct block {
    struct cleared values, adjoints;
};

/* Those of a layer: sums = weights sources, with the biases as a last column and a last
   source that is 1; units' = slopes, for activations. */
struct pass {
    struct cleared_rows weights;
    struct cleared sources, slopes;
    bool is_regular; /* then its parameters have their edge alone, and dE/d(parameter) */
    struct outer *gradients; /* is here; NULL until it is asked for */
};

struct backprop {
    struct layout layout;
    mpq_srcptr values;
    const struct activation_draws *draws;
    struct block *blocks;
    struct pass *passes;
    struct cleared errors; /* dE/d(output), a row */
    fmpz *tied;            /* dE/d(parameter) by node of layers that are not regular */
    fmpz_t denominator;    /* of `tied` */
    bool reached_leaves;   /* whether the adjoints of block 0 are known */
};

static void load_leaves(const struct backprop *backprop)
{
    struct cleared *column = &backprop->blocks[0].values;
    mpq_srcptr values = backprop->values + backprop->layout.blocks[0].first;
    int64_t count = backprop->layout.blocks[0].count;
    for (int64_t i = 0; i < count; i++)
        cleared_prepare(column, values + i);
    for (int64_t i = 0; i < count; i++)
        cleared_set(column, i, 0, values + i);
}

static void load_weights(const struct backprop *backprop, const struct layer *layer,
                         struct cleared_rows *weights)
{
    node_id *nodes = memory_array(NULL, (size_t)layer->fan_in + 1, sizeof *nodes);
    for (int64_t to = 0; to < layer->size; to++) {
        layout_parameters(&backprop->layout, layer, to, nodes);
        cleared_rows_set(weights, to, backprop->values, nodes);
    }
    memory_free(nodes);
}

static void load_sources(const struct backprop *backprop, const struct layer *layer,
                         struct cleared *sources)
{
    const struct layout *layout = &backprop->layout;
    struct layout_pieces p = layout_sources(layer);
    while (layout_next(layout, &p))
        fmpz_lcm(sources->denominator, sources->denominator,
                 backprop->blocks[p.block].values.denominator);
    fmpz_t scale;
    fmpz_init(scale);
    for (p = layout_sources(layer); layout_next(layout, &p);) {
        const struct cleared *values = &backprop->blocks[p.block].values;
        fmpz_divexact(scale, sources->denominator, values->denominator);
        for (int64_t i = 0; i < p.count; i++)
            fmpz_mul(fmpz_mat_entry(sources->matrix, p.at + i, 0),
                     fmpz_mat_entry(values->matrix, p.offset + i, 0), scale);
    }
    fmpz_set(fmpz_mat_entry(sources->matrix, layer->fan_in, 0), sources->denominator);
    fmpz_clear(scale);
}

/* The units of an activation and its slopes. */
static bool activate(const struct backprop *backprop, size_t l)
{
    const struct layout_pass *at = &backprop->layout.passes[l];
    const struct network *network = backprop->layout.network;
    struct activation activation = {network_activation(network, at->layer),
                                    network_step_at_zero(network), backprop->draws};
    int64_t count = at->layer->size;
    fmpq *values = _fmpq_vec_init(count), *slopes = _fmpq_vec_init(count);
    mpq_t z, value, slope;
    mpq_inits(z, value, slope, NULL);
    bool ok = true;
    for (int64_t i = 0; ok && i < count; i++) {
        cleared_get_entry(&backprop->blocks[at->sums].values, i, 0, values + i);
        fmpq_get_mpq(z, values + i);
        ok = activation_exact(&activation, z, value, slope);
        fmpq_set_mpq(values + i, value);
        fmpq_set_mpq(slopes + i, slope);
    }
    mpq_clears(z, value, slope, NULL);
    cleared_set_all(&backprop->blocks[at->units].values, values);
    cleared_set_all(&backprop->passes[l].slopes, slopes);
    _fmpq_vec_clear(values, count);
    _fmpq_vec_clear(slopes, count);
    return ok;
}

static bool forward(const struct backprop *backprop)
{
    load_leaves(backprop);
    for (size_t l = 0; l < backprop->layout.pass_count; l++) {
        const struct layout_pass *at = &backprop->layout.passes[l];
        struct pass *pass = &backprop->passes[l];
        load_weights(backprop, at->layer, &pass->weights);
        load_sources(backprop, at->layer, &pass->sources);
        cleared_rows_times(&backprop->blocks[at->sums].values, &pass->weights,
                           &pass->sources);
        if (at->units != at->sums && !activate(backprop, l))
            return false;
    }
    return true;
}

/* dE/dy is (y - t) times this. */
static void set_error_factor(fmpq_t factor, const struct layout *layout)
{
    bool is_half = network_error_kind(layout->network) == ERROR_HALF_SQUARES;
    fmpq_set_si(factor, is_half ? 1 : 2, (ulong)layout->error_divisor);
}

/* dE/dy for each output. */
static void find_errors(const struct backprop *backprop, fmpq *errors)
{
    const struct layout *layout = &backprop->layout;
    fmpq_t factor, target;
    fmpq_init(factor);
    fmpq_init(target);
    set_error_factor(factor, layout);
    for (struct layout_pieces p = layout_outputs(layout); layout_next(layout, &p);)
        for (int64_t i = 0; i < p.count; i++) {
            fmpq *error = errors + p.at + i;
            node_id node = network_target(layout->network, p.at + i);
            fmpq_set_mpq(target, backprop->values + node);
            cleared_get_entry(&backprop->blocks[p.block].values, p.offset + i, 0, error);
            fmpq_sub(error, error, target);
            fmpq_mul(error, error, factor);
        }
    fmpq_clear(target);
    fmpq_clear(factor);
}

static void compare_outputs(struct backprop *backprop)
{
    const struct layout *layout = &backprop->layout;
    fmpq *errors = _fmpq_vec_init(layout->output_count);
    find_errors(backprop, errors);
    cleared_set_all(&backprop->errors, errors);
    _fmpq_vec_clear(errors, layout->output_count);
    for (struct layout_pieces p = layout_outputs(layout); layout_next(layout, &p);)
        cleared_add_row(&backprop->blocks[p.block].adjoints, p.offset, &backprop->errors,
                        p.at, p.count);
}

/* dE/d(sum) += dE/d(unit) slope */
static void backward_units(const struct backprop *backprop, size_t l)
{
    const struct layout_pass *at = &backprop->layout.passes[l];
    const struct cleared *units = &backprop->blocks[at->units].adjoints;
    const struct cleared *slopes = &backprop->passes[l].slopes;
    int64_t count = at->layer->size;
    struct cleared row;
    cleared_init(&row, 1, count);
    for (int64_t i = 0; i < count; i++)
        fmpz_mul(fmpz_mat_entry(row.matrix, 0, i), fmpz_mat_entry(units->matrix, 0, i),
                 fmpz_mat_entry(slopes->matrix, 0, i));
    fmpz_mul(row.denominator, units->denominator, slopes->denominator);
    cleared_add_row(&backprop->blocks[at->sums].adjoints, 0, &row, 0, count);
    cleared_clear(&row);
}

/* dE/d(source) += dE/d(sum) weight, for sources that are leaves or for all others. */
static void backward_sums(const struct backprop *backprop, size_t l, bool to_leaves)
{
    const struct layout_pass *at = &backprop->layout.passes[l];
    struct layout_pieces p = layout_sources(at->layer);
    while (layout_next(&backprop->layout, &p)) {
        if ((p.block == 0) != to_leaves)
            continue;
        struct cleared row;
        cleared_init(&row, 1, p.count);
        cleared_rows_times_left(&row, &backprop->blocks[at->sums].adjoints,
                                &backprop->passes[l].weights, p.at);
        cleared_add_row(&backprop->blocks[p.block].adjoints, p.offset, &row, 0, p.count);
        cleared_clear(&row);
    }
}

static void backward(struct backprop *backprop)
{
    compare_outputs(backprop);
    for (size_t l = backprop->layout.pass_count; l-- > 0;) {
        if (backprop->layout.passes[l].units != backprop->layout.passes[l].sums)
            backward_units(backprop, l);
        backward_sums(backprop, l, false);
    }
}

static void reach_leaves(struct backprop *backprop)
{
    for (size_t l = 0; !backprop->reached_leaves && l < backprop->layout.pass_count; l++)
        backward_sums(backprop, l, true);
    backprop->reached_leaves = true;
}

static const struct cleared *signals_of(const struct backprop *backprop, size_t l)
{
    return &backprop->blocks[backprop->layout.passes[l].sums].adjoints;
}

/* The outer product of the error signals and the sources; tied parameters add up. */
static void add_tied(struct backprop *backprop, size_t l)
{
    const struct layer *layer = backprop->layout.passes[l].layer;
    const struct cleared *signals = signals_of(backprop, l);
    const struct cleared *sources = &backprop->passes[l].sources;
    fmpz_t scale, signal;
    fmpz_init(scale);
    fmpz_init(signal);
    fmpz_mul(scale, signals->denominator, sources->denominator);
    fmpz_divexact(scale, backprop->denominator, scale);
    node_id *nodes = memory_array(NULL, (size_t)layer->fan_in + 1, sizeof *nodes);
    for (int64_t to = 0; to < layer->size; to++) {
        fmpz_mul(signal, fmpz_mat_entry(signals->matrix, 0, to), scale);
        layout_parameters(&backprop->layout, layer, to, nodes);
        for (int64_t from = 0; from <= layer->fan_in; from++)
            if (nodes[from] >= 0)
                fmpz_addmul(backprop->tied + nodes[from], signal,
                            fmpz_mat_entry(sources->matrix, from, 0));
    }
    memory_free(nodes);
    fmpz_clear(signal);
    fmpz_clear(scale);
}

static void collect_tied(struct backprop *backprop)
{
    fmpz_t product;
    fmpz_init(product);
    bool is_needed = false;
    for (size_t l = 0; l < backprop->layout.pass_count; l++) {
        if (backprop->passes[l].is_regular)
            continue;
        is_needed = true;
        fmpz_mul(product, signals_of(backprop, l)->denominator,
                 backprop->passes[l].sources.denominator);
        fmpz_lcm(backprop->denominator, backprop->denominator, product);
    }
    fmpz_clear(product);
    if (is_needed)
        backprop->tied = _fmpz_vec_init(backprop->layout.leaf_count);
    for (size_t l = 0; l < backprop->layout.pass_count; l++)
        if (!backprop->passes[l].is_regular)
            add_tied(backprop, l);
}

/* The outer product of a regular layer. */
static const struct outer *gradients_of(const struct backprop *backprop, size_t l)
{
    struct pass *pass = &backprop->passes[l];
    if (pass->gradients == NULL) {
        pass->gradients = memory_alloc(sizeof *pass->gradients);
        outer_init(pass->gradients, signals_of(backprop, l), &pass->sources);
    }
    return pass->gradients;
}

static void make_numbers(struct backprop *backprop)
{
    const struct layout *layout = &backprop->layout;
    backprop->blocks = memory_zeroed(layout->block_count, sizeof *backprop->blocks);
    backprop->passes = memory_zeroed(layout->pass_count + 1, sizeof *backprop->passes);
    for (size_t i = 0; i < layout->block_count; i++) {
        cleared_init(&backprop->blocks[i].values, layout->blocks[i].count, 1);
        cleared_init(&backprop->blocks[i].adjoints, 1, layout->blocks[i].count);
    }
    for (size_t l = 0; l < layout->pass_count; l++) {
        const struct layer *layer = layout->passes[l].layer;
        struct pass *pass = &backprop->passes[l];
        cleared_rows_init(&pass->weights, layer->size, layer->fan_in + 1);
        cleared_init(&pass->sources, layer->fan_in + 1, 1);
        cleared_init(&pass->slopes, 1, layout->blocks[layout->passes[l].units].count);
        pass->is_regular = network_layer_is_regular(layout->network, layer);
    }
    cleared_init(&backprop->errors, 1, layout->output_count);
    fmpz_init_set_ui(backprop->denominator, 1);
}

struct backprop *backprop_new(const struct network *network, mpq_srcptr values,
                              const struct activation_draws *draws)
{
    if (!backprop_is_rational(network))
        return NULL;
    struct backprop *backprop = memory_zeroed(1, sizeof *backprop);
    layout_init(&backprop->layout, network);
    backprop->values = values;
    backprop->draws = draws;
    make_numbers(backprop);
    if (!forward(backprop)) {
        backprop_free(backprop);
        return NULL;
    }
    backward(backprop);
    collect_tied(backprop);
    return backprop;
}

static void clear_pass(struct pass *pass)
{
    cleared_rows_clear(&pass->weights);
    cleared_clear(&pass->sources);
    cleared_clear(&pass->slopes);
    if (pass->gradients != NULL)
        outer_clear(pass->gradients);
    memory_free(pass->gradients);
}

void backprop_free(struct backprop *backprop)
{
    if (backprop == NULL)
        return;
    const struct layout *layout = &backprop->layout;
    for (size_t i = 0; i < layout->block_count; i++) {
        cleared_clear(&backprop->blocks[i].values);
        cleared_clear(&backprop->blocks[i].adjoints);
    }
    for (size_t l = 0; l < layout->pass_count; l++)
        clear_pass(&backprop->passes[l]);
    cleared_clear(&backprop->errors);
    if (backprop->tied != NULL)
        _fmpz_vec_clear(backprop->tied, layout->leaf_count);
    fmpz_clear(backprop->denominator);
    memory_free(backprop->blocks);
    memory_free(backprop->passes);
    layout_clear(&backprop->layout);
    memory_free(backprop);
}

static void add_adjoint(fmpq_t sum, const struct backprop *backprop, size_t block,
                        node_id node)
{
    int64_t place = layout_place(&backprop->layout, block, node);
    if (place >= 0)
        cleared_add_entry(&backprop->blocks[block].adjoints, 0, place, sum);
}

/* dE/dt is -dE/dy. */
static void subtract_errors(fmpq_t sum, const struct backprop *backprop, node_id target)
{
    fmpq_t error;
    fmpq_init(error);
    for (int64_t i = 0; i < backprop->layout.output_count; i++) {
        if (network_target(backprop->layout.network, i) != target)
            continue;
        cleared_get_entry(&backprop->errors, 0, i, error);
        fmpq_sub(sum, sum, error);
    }
    fmpq_clear(error);
}

/* dE/d(parameter), summed over its edges. */
static void edge_gradient(fmpq_t sum, const struct backprop *backprop, node_id node,
                          const struct network_use *use)
{
    size_t l = layout_pass_of(&backprop->layout, use->layer);
    if (backprop->passes[l].is_regular)
        outer_get(gradients_of(backprop, l), use->to,
                  use->from < 0 ? use->layer->fan_in : use->from, sum);
    else
        fmpq_set_fmpz_frac(sum, backprop->tied + node, backprop->denominator);
}

static void leaf_gradient(fmpq_t sum, struct backprop *backprop, node_id node)
{
    struct network_use use = network_first_use(backprop->layout.network, node);
    if (use.layer != NULL)
        edge_gradient(sum, backprop, node, &use);
    else if (backprop->tied != NULL)
        fmpq_set_fmpz_frac(sum, backprop->tied + node, backprop->denominator);
    if (layout_place(&backprop->layout, 0, node) >= 0) {
        reach_leaves(backprop);
        add_adjoint(sum, backprop, 0, node);
    }
    if (use.layer == NULL)
        subtract_errors(sum, backprop, node);
}

void backprop_gradient(struct backprop *backprop, node_id node, mpq_ptr gradient)
{
    fmpq_t sum;
    fmpq_init(sum);
    if (node == network_error(backprop->layout.network))
        fmpq_one(sum);
    else if (node >= backprop->layout.leaf_count)
        add_adjoint(sum, backprop, layout_block(&backprop->layout, node), node);
    else
        leaf_gradient(sum, backprop, node);
    fmpq_get_mpq(gradient, sum);
    fmpq_clear(sum);
}
