#include "eval/backprop_ball.h"

#include "base/memory.h"
#include "eval/layout.h"

/* Numbers that are entries over one denominator: integers where that is short, so that
   rational weights and inputs are exact and quick to multiply with. */
struct scaled {
    arb_ptr entries;
    int64_t count;
    fmpz_t denominator;
};

/* The numbers of a block: values, and dE/d(node). */
struct block {
    struct scaled values;
    arb_ptr adjoints;
};

/* Those of a layer: sums = weights sources, with the biases as a last column and a last
   source that is 1. Weights lie row by row. */
struct pass {
    struct scaled weights, sources;
    arb_ptr slopes; /* units' of an activation but softmax */
    bool is_regular; /* then its parameters have their edge alone */
};

struct backprop_ball {
    struct layout layout;
    mpq_srcptr values;
    slong bits;
    struct block *blocks;
    struct pass *passes;
    arb_ptr errors, target_errors; /* dE/d(output) and dE/d(target), by output */
    arb_ptr tied; /* dE/d(parameter) by node of layers that are not regular */
};

static void scaled_init(struct scaled *scaled, int64_t count)
{
    scaled->entries = _arb_vec_init(count);
    scaled->count = count;
    fmpz_init_set_ui(scaled->denominator, 1);
}

static void scaled_clear(struct scaled *scaled)
{
    _arb_vec_clear(scaled->entries, scaled->count);
    fmpz_clear(scaled->denominator);
}

/* Makes the denominator a multiple of that of a value to come, as long as it is short. */
static void scaled_prepare(struct scaled *scaled, mpq_srcptr value, slong bits)
{
    mpz_srcptr divisor = mpq_denref(value);
    if (mpz_fits_ulong_p(divisor) &&
        fmpz_fdiv_ui(scaled->denominator, mpz_get_ui(divisor)) == 0)
        return;
    fmpz_t common;
    fmpz_init(common);
    fmpz_set_mpz(common, divisor);
    fmpz_lcm(common, common, scaled->denominator);
    if ((slong)fmpz_bits(common) <= bits)
        fmpz_swap(common, scaled->denominator);
    fmpz_clear(common);
}

static void set_rational(arb_t entry, const fmpz_t scale, mpq_srcptr value, slong bits)
{
    fmpz_t numerator, denominator;
    fmpz_init(numerator);
    fmpz_init(denominator);
    fmpz_set_mpz(numerator, mpq_numref(value));
    fmpz_set_mpz(denominator, mpq_denref(value));
    fmpz_mul(numerator, numerator, scale);
    if (fmpz_divisible(numerator, denominator)) {
        fmpz_divexact(numerator, numerator, denominator);
        arb_set_fmpz(entry, numerator);
    } else {
        arb_fmpz_div_fmpz(entry, numerator, denominator, bits);
    }
    fmpz_clear(denominator);
    fmpz_clear(numerator);
}

static void scaled_set(struct scaled *scaled, int64_t i, mpq_srcptr value, slong bits)
{
    mpz_srcptr divisor = mpq_denref(value);
    slong numerator = mpz_get_si(mpq_numref(value));
    ulong scale = fmpz_abs_fits_ui(scaled->denominator)
                      ? fmpz_get_ui(scaled->denominator)
                      : 1;
    if (mpz_fits_ulong_p(divisor) && mpz_fits_slong_p(mpq_numref(value)) &&
        scale % mpz_get_ui(divisor) == 0) {
        arb_set_ui(scaled->entries + i, scale / mpz_get_ui(divisor));
        arb_mul_si(scaled->entries + i, scaled->entries + i, numerator, ARF_PREC_EXACT);
    } else {
        set_rational(scaled->entries + i, scaled->denominator, value, bits);
    }
}

static void load_leaves(const struct backprop_ball *backprop)
{
    struct scaled *leaves = &backprop->blocks[0].values;
    mpq_srcptr values = backprop->values + backprop->layout.blocks[0].first;
    for (int64_t i = 0; i < leaves->count; i++)
        scaled_prepare(leaves, values + i, backprop->bits);
    for (int64_t i = 0; i < leaves->count; i++)
        scaled_set(leaves, i, values + i, backprop->bits);
}

static void load_weights(const struct backprop_ball *backprop, const struct layer *layer,
                         struct scaled *weights)
{
    int64_t width = layer->fan_in + 1;
    node_id *nodes = memory_array(NULL, (size_t)width, sizeof *nodes);
    for (int64_t to = 0; to < layer->size; to++) {
        layout_parameters(&backprop->layout, layer, to, nodes);
        for (int64_t i = 0; i < width; i++)
            if (nodes[i] >= 0)
                scaled_prepare(weights, backprop->values + nodes[i], backprop->bits);
    }
    for (int64_t to = 0; to < layer->size; to++) {
        layout_parameters(&backprop->layout, layer, to, nodes);
        for (int64_t i = 0; i < width; i++)
            if (nodes[i] >= 0)
                scaled_set(weights, to * width + i, backprop->values + nodes[i],
                           backprop->bits);
    }
    memory_free(nodes);
}

static void load_sources(const struct backprop_ball *backprop, const struct layer *layer,
                         struct scaled *sources)
{
    const struct layout *layout = &backprop->layout;
    struct layout_pieces p = layout_sources(layer);
    while (layout_next(layout, &p))
        fmpz_lcm(sources->denominator, sources->denominator,
                 backprop->blocks[p.block].values.denominator);
    fmpz_t scale;
    fmpz_init(scale);
    for (p = layout_sources(layer); layout_next(layout, &p);) {
        const struct scaled *values = &backprop->blocks[p.block].values;
        fmpz_divexact(scale, sources->denominator, values->denominator);
        for (int64_t i = 0; i < p.count; i++)
            arb_mul_fmpz(sources->entries + p.at + i, values->entries + p.offset + i,
                         scale, backprop->bits);
    }
    arb_set_fmpz(sources->entries + layer->fan_in, sources->denominator);
    fmpz_clear(scale);
}

static void sum_sources(const struct backprop_ball *backprop, size_t l)
{
    const struct layout_pass *at = &backprop->layout.passes[l];
    const struct pass *pass = &backprop->passes[l];
    arb_ptr sums = backprop->blocks[at->sums].values.entries;
    int64_t width = at->layer->fan_in + 1;
    fmpz_t denominator;
    fmpz_init(denominator);
    fmpz_mul(denominator, pass->weights.denominator, pass->sources.denominator);
    for (int64_t to = 0; to < at->layer->size; to++) {
        arb_dot(sums + to, NULL, 0, pass->weights.entries + to * width, 1,
                pass->sources.entries, 1, width, backprop->bits);
        arb_div_fmpz(sums + to, sums + to, denominator, backprop->bits);
    }
    fmpz_clear(denominator);
}

static void activate(const struct backprop_ball *backprop, size_t l)
{
    const struct layout_pass *at = &backprop->layout.passes[l];
    const struct network *network = backprop->layout.network;
    arb_srcptr sums = backprop->blocks[at->sums].values.entries;
    arb_ptr units = backprop->blocks[at->units].values.entries;
    struct activation activation = {network_activation(network, at->layer),
                                    network_step_at_zero(network), NULL};
    if (activation.function == NULL)
        activation_softmax(units, sums, at->layer->size, backprop->bits);
    for (int64_t i = 0; activation.function != NULL && i < at->layer->size; i++)
        activation_ball(&activation, sums + i, units + i, backprop->passes[l].slopes + i,
                        backprop->bits);
}

static void forward(const struct backprop_ball *backprop)
{
    load_leaves(backprop);
    for (size_t l = 0; l < backprop->layout.pass_count; l++) {
        const struct layout_pass *at = &backprop->layout.passes[l];
        load_weights(backprop, at->layer, &backprop->passes[l].weights);
        load_sources(backprop, at->layer, &backprop->passes[l].sources);
        sum_sources(backprop, l);
        if (at->units != at->sums)
            activate(backprop, l);
    }
}

/* For E = factor (t - y)^2: dE/dy is 2 factor (y - t), and dE/dt the negative. */
static void compare_squares(arb_t by_output, arb_t by_target, const arb_t y,
                            const arb_t t, slong bits)
{
    arb_sub(by_output, y, t, bits);
    arb_mul_2exp_si(by_output, by_output, 1);
    arb_neg(by_target, by_output);
}

/* For E = factor t ln y. */
static void compare_entropy(arb_t by_output, arb_t by_target, const arb_t y,
                            const arb_t t, slong bits)
{
    arb_div(by_output, t, y, bits);
    arb_log(by_target, y, bits);
}

/* For E = factor (t ln y + (1 - t) ln(1 - y)). */
static void compare_binary_entropy(arb_t by_output, arb_t by_target, const arb_t y,
                                   const arb_t t, slong bits)
{
    arb_t not_y, not_t;
    arb_init(not_y);
    arb_init(not_t);
    arb_sub_ui(not_y, y, 1, bits);
    arb_neg(not_y, not_y);
    arb_sub_ui(not_t, t, 1, bits);
    arb_neg(not_t, not_t);
    arb_div(by_output, t, y, bits);
    arb_div(not_t, not_t, not_y, bits);
    arb_sub(by_output, by_output, not_t, bits);
    arb_log(by_target, y, bits);
    arb_log(not_y, not_y, bits);
    arb_sub(by_target, by_target, not_y, bits);
    arb_clear(not_t);
    arb_clear(not_y);
}

typedef void compare_function(arb_t by_output, arb_t by_target, const arb_t y,
                              const arb_t t, slong bits);

static compare_function *comparison(const struct layout *layout)
{
    switch (network_error_kind(layout->network)) {
    case ERROR_CROSS_ENTROPY:
        return compare_entropy;
    case ERROR_BINARY_CROSS_ENTROPY:
        return compare_binary_entropy;
    default:
        return compare_squares;
    }
}

/* x by the factor in front of the sum over outputs. */
static void multiply_by_factor(arb_t x, const struct layout *layout, slong bits)
{
    switch (network_error_kind(layout->network)) {
    case ERROR_HALF_SQUARES:
        arb_mul_2exp_si(x, x, -1);
        break;
    case ERROR_MEAN_SQUARES:
        arb_div_si(x, x, layout->output_count, bits);
        break;
    case ERROR_CROSS_ENTROPY:
    case ERROR_BINARY_CROSS_ENTROPY:
        arb_neg(x, x);
        break;
    default:
        break;
    }
}

/* One output, of value y, with its target. */
static void compare_output(const struct backprop_ball *backprop, int64_t output,
                           arb_srcptr y)
{
    const struct layout *layout = &backprop->layout;
    node_id target = network_target(layout->network, output);
    slong bits = backprop->bits;
    arb_ptr by_output = backprop->errors + output;
    arb_ptr by_target = backprop->target_errors + output;
    fmpz_t one;
    arb_t t;
    fmpz_init_set_ui(one, 1);
    arb_init(t);
    set_rational(t, one, backprop->values + target, bits);
    comparison(layout)(by_output, by_target, y, t, bits);
    multiply_by_factor(by_output, layout, bits);
    multiply_by_factor(by_target, layout, bits);
    arb_clear(t);
    fmpz_clear(one);
}

static void compare_outputs(const struct backprop_ball *backprop)
{
    const struct layout *layout = &backprop->layout;
    for (struct layout_pieces p = layout_outputs(layout); layout_next(layout, &p);) {
        struct block *block = &backprop->blocks[p.block];
        for (int64_t i = 0; i < p.count; i++) {
            arb_ptr adjoint = block->adjoints + p.offset + i;
            compare_output(backprop, p.at + i, block->values.entries + p.offset + i);
            arb_add(adjoint, adjoint, backprop->errors + p.at + i, backprop->bits);
        }
    }
}

/* dE/d(sum) += dE/d(unit) slope */
static void backward_units(const struct backprop_ball *backprop, size_t l)
{
    const struct layout_pass *at = &backprop->layout.passes[l];
    const struct block *units = &backprop->blocks[at->units];
    arb_ptr signals = backprop->blocks[at->sums].adjoints;
    int64_t count = at->layer->size;
    if (at->layer->activation == ACTIVATION_SOFTMAX) {
        arb_ptr product = _arb_vec_init(count);
        activation_softmax_product(product, units->values.entries, units->adjoints, count,
                                   backprop->bits);
        _arb_vec_add(signals, signals, product, count, backprop->bits);
        _arb_vec_clear(product, count);
        return;
    }
    for (int64_t i = 0; i < count; i++)
        arb_addmul(signals + i, units->adjoints + i, backprop->passes[l].slopes + i,
                   backprop->bits);
}

static void backward_sums(const struct backprop_ball *backprop, size_t l)
{
    const struct layout_pass *at = &backprop->layout.passes[l];
    const struct scaled *weights = &backprop->passes[l].weights;
    arb_srcptr signals = backprop->blocks[at->sums].adjoints;
    int64_t width = at->layer->fan_in + 1;
    arb_t part;
    arb_init(part);
    struct layout_pieces p = layout_sources(at->layer);
    while (layout_next(&backprop->layout, &p))
        for (int64_t i = 0; i < p.count; i++) {
            arb_ptr adjoint = backprop->blocks[p.block].adjoints + p.offset + i;
            arb_dot(part, NULL, 0, signals, 1, weights->entries + p.at + i, width,
                    at->layer->size, backprop->bits);
            arb_div_fmpz(part, part, weights->denominator, backprop->bits);
            arb_add(adjoint, adjoint, part, backprop->bits);
        }
    arb_clear(part);
}

static void backward(const struct backprop_ball *backprop)
{
    compare_outputs(backprop);
    for (size_t l = backprop->layout.pass_count; l-- > 0;) {
        if (backprop->layout.passes[l].units != backprop->layout.passes[l].sums)
            backward_units(backprop, l);
        backward_sums(backprop, l);
    }
}

/* What an edge adds to dE/d(its parameter): error signal times source. */
static void edge_product(arb_t product, const struct backprop_ball *backprop, size_t l,
                         int64_t to, int64_t from)
{
    const struct scaled *sources = &backprop->passes[l].sources;
    arb_srcptr signals = backprop->blocks[backprop->layout.passes[l].sums].adjoints;
    arb_mul(product, signals + to, sources->entries + from, backprop->bits);
    if (!fmpz_is_one(sources->denominator))
        arb_div_fmpz(product, product, sources->denominator, backprop->bits);
}

static void add_tied(const struct backprop_ball *backprop, size_t l)
{
    const struct layer *layer = backprop->layout.passes[l].layer;
    node_id *nodes = memory_array(NULL, (size_t)layer->fan_in + 1, sizeof *nodes);
    arb_t product;
    arb_init(product);
    for (int64_t to = 0; to < layer->size; to++) {
        layout_parameters(&backprop->layout, layer, to, nodes);
        for (int64_t from = 0; from <= layer->fan_in; from++) {
            if (nodes[from] < 0)
                continue;
            edge_product(product, backprop, l, to, from);
            arb_add(backprop->tied + nodes[from], backprop->tied + nodes[from], product,
                    backprop->bits);
        }
    }
    arb_clear(product);
    memory_free(nodes);
}

static void collect_tied(struct backprop_ball *backprop)
{
    for (size_t l = 0; l < backprop->layout.pass_count; l++) {
        if (backprop->passes[l].is_regular)
            continue;
        if (backprop->tied == NULL)
            backprop->tied = _arb_vec_init(backprop->layout.leaf_count);
        add_tied(backprop, l);
    }
}

static void make_numbers(struct backprop_ball *backprop)
{
    const struct layout *layout = &backprop->layout;
    backprop->blocks = memory_zeroed(layout->block_count, sizeof *backprop->blocks);
    backprop->passes = memory_zeroed(layout->pass_count + 1, sizeof *backprop->passes);
    for (size_t i = 0; i < layout->block_count; i++) {
        scaled_init(&backprop->blocks[i].values, layout->blocks[i].count);
        backprop->blocks[i].adjoints = _arb_vec_init(layout->blocks[i].count);
    }
    for (size_t l = 0; l < layout->pass_count; l++) {
        const struct layer *layer = layout->passes[l].layer;
        struct pass *pass = &backprop->passes[l];
        scaled_init(&pass->weights, layer->size * (layer->fan_in + 1));
        scaled_init(&pass->sources, layer->fan_in + 1);
        pass->slopes = _arb_vec_init(layer->size);
        pass->is_regular = network_layer_is_regular(layout->network, layer);
    }
    backprop->errors = _arb_vec_init(layout->output_count);
    backprop->target_errors = _arb_vec_init(layout->output_count);
}

struct backprop_ball *backprop_ball_new(const struct network *network, mpq_srcptr values,
                                        slong bits)
{
    struct backprop_ball *backprop = memory_zeroed(1, sizeof *backprop);
    layout_init(&backprop->layout, network);
    backprop->values = values;
    backprop->bits = bits;
    make_numbers(backprop);
    forward(backprop);
    backward(backprop);
    collect_tied(backprop);
    return backprop;
}

void backprop_ball_free(struct backprop_ball *backprop)
{
    if (backprop == NULL)
        return;
    const struct layout *layout = &backprop->layout;
    for (size_t i = 0; i < layout->block_count; i++) {
        _arb_vec_clear(backprop->blocks[i].adjoints, layout->blocks[i].count);
        scaled_clear(&backprop->blocks[i].values);
    }
    for (size_t l = 0; l < layout->pass_count; l++) {
        scaled_clear(&backprop->passes[l].weights);
        scaled_clear(&backprop->passes[l].sources);
        _arb_vec_clear(backprop->passes[l].slopes, layout->passes[l].layer->size);
    }
    _arb_vec_clear(backprop->errors, layout->output_count);
    _arb_vec_clear(backprop->target_errors, layout->output_count);
    if (backprop->tied != NULL)
        _arb_vec_clear(backprop->tied, layout->leaf_count);
    memory_free(backprop->blocks);
    memory_free(backprop->passes);
    layout_clear(&backprop->layout);
    memory_free(backprop);
}

static void add_adjoint(arb_t sum, const struct backprop_ball *backprop, size_t block,
                        node_id node)
{
    int64_t place = layout_place(&backprop->layout, block, node);
    if (place >= 0)
        arb_add(sum, sum, backprop->blocks[block].adjoints + place, backprop->bits);
}

static void add_target_errors(arb_t sum, const struct backprop_ball *backprop,
                              node_id target)
{
    for (int64_t i = 0; i < backprop->layout.output_count; i++)
        if (network_target(backprop->layout.network, i) == target)
            arb_add(sum, sum, backprop->target_errors + i, backprop->bits);
}

/* What a leaf adds as the parameter of edges. */
static void set_product(arb_t sum, const struct backprop_ball *backprop, node_id node)
{
    arb_zero(sum);
    if (backprop->tied != NULL)
        arb_set(sum, backprop->tied + node);
    struct network_use use = network_first_use(backprop->layout.network, node);
    if (use.layer == NULL)
        return;
    size_t l = layout_pass_of(&backprop->layout, use.layer);
    if (backprop->passes[l].is_regular)
        edge_product(sum, backprop, l, use.to,
                     use.from < 0 ? use.layer->fan_in : use.from);
}

void backprop_ball_gradient(const struct backprop_ball *backprop, node_id node,
                            arb_t gradient)
{
    const struct network *network = backprop->layout.network;
    if (node == network_error(network)) {
        arb_one(gradient);
    } else if (node >= backprop->layout.leaf_count) {
        arb_zero(gradient);
        add_adjoint(gradient, backprop, layout_block(&backprop->layout, node), node);
    } else {
        set_product(gradient, backprop, node);
        add_adjoint(gradient, backprop, 0, node);
        enum node_kind kind = network_kind(network, node);
        if (kind != NODE_WEIGHT && kind != NODE_BIAS)
            add_target_errors(gradient, backprop, node);
    }
}
