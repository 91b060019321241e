#include "eval/backprop_ball.h"

#include "base/memory.h"
#include "eval/layout.h"
#include "eval/scaled.h"

/* The numbers of a block: values, and dE/d(node). */
struct block {
    struct scaled values;
    arb_ptr adjoints;
};

/* Those of a layer: sums = weights sources, with the biases as a last column and a last
   source that is 1. */
struct pass {
    struct scaled_rows weights;
    struct scaled sources;
    arb_ptr factors; /* the sources themselves, as dE/d(weight) has them */
    arb_ptr slopes;  /* units' of an activation but softmax */
    bool is_regular; /* then its parameters have their edge alone */
};

struct backprop_ball {
    struct layout layout;
    mpq_srcptr values;
    slong bits;
    struct block *blocks;
    struct pass *passes;
    arb_ptr errors, target_errors; /* dE/d(output) and dE/d(target), by output */
    arb_ptr tied;        /* dE/d(parameter) by node of layers that are not regular */
    bool reached_leaves; /* whether the adjoints of block 0 are known */
};

static void load_weights(const struct backprop_ball *backprop, const struct layer *layer,
                         struct scaled_rows *weights)
{
    node_id *nodes = memory_array(NULL, (size_t)layer->fan_in + 1, sizeof *nodes);
    for (int64_t to = 0; to < layer->size; to++) {
        layout_parameters(&backprop->layout, layer, to, nodes);
        scaled_rows_set(weights, to, backprop->values, nodes, backprop->bits);
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
    const struct layout *layout = &backprop->layout;
    scaled_set(&backprop->blocks[0].values, backprop->values + layout->blocks[0].first,
               backprop->bits);
    for (size_t l = 0; l < layout->pass_count; l++) {
        const struct layout_pass *at = &layout->passes[l];
        struct pass *pass = &backprop->passes[l];
        load_weights(backprop, at->layer, &pass->weights);
        load_sources(backprop, at->layer, &pass->sources);
        scaled_get(pass->factors, &pass->sources, backprop->bits);
        scaled_rows_times(backprop->blocks[at->sums].values.entries, &pass->weights,
                          &pass->sources, backprop->bits);
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
    enum error_kind kind = network_error_kind(layout->network);
    if (kind == ERROR_HALF_SQUARES)
        arb_mul_2exp_si(x, x, -1);
    if (kind == ERROR_CROSS_ENTROPY || kind == ERROR_BINARY_CROSS_ENTROPY)
        arb_neg(x, x);
    arb_div_si(x, x, layout->error_divisor, bits);
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
    fmpq_t exact;
    arb_t t;
    fmpq_init(exact);
    arb_init(t);
    fmpq_set_mpq(exact, backprop->values + target);
    arb_set_fmpq(t, exact, bits);
    comparison(layout)(by_output, by_target, y, t, bits);
    multiply_by_factor(by_output, layout, bits);
    multiply_by_factor(by_target, layout, bits);
    arb_clear(t);
    fmpq_clear(exact);
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

/* dE/d(source) += dE/d(sum) weight, for sources that are leaves or for all others. */
static void backward_sums(const struct backprop_ball *backprop, size_t l, bool to_leaves)
{
    const struct layout_pass *at = &backprop->layout.passes[l];
    struct layout_pieces p = layout_sources(at->layer);
    while (layout_next(&backprop->layout, &p))
        if ((p.block == 0) == to_leaves)
            scaled_rows_add_left(backprop->blocks[p.block].adjoints + p.offset,
                                 backprop->blocks[at->sums].adjoints,
                                 &backprop->passes[l].weights, p.at, p.count,
                                 backprop->bits);
}

static void backward(const struct backprop_ball *backprop)
{
    compare_outputs(backprop);
    for (size_t l = backprop->layout.pass_count; l-- > 0;) {
        if (backprop->layout.passes[l].units != backprop->layout.passes[l].sums)
            backward_units(backprop, l);
        backward_sums(backprop, l, false);
    }
}

static void reach_leaves(struct backprop_ball *backprop)
{
    for (size_t l = 0; !backprop->reached_leaves && l < backprop->layout.pass_count; l++)
        backward_sums(backprop, l, true);
    backprop->reached_leaves = true;
}

/* What an edge adds to dE/d(its parameter): error signal times source. */
static void edge_product(arb_t product, const struct backprop_ball *backprop, size_t l,
                         int64_t to, int64_t from)
{
    arb_srcptr signals = backprop->blocks[backprop->layout.passes[l].sums].adjoints;
    arb_mul(product, signals + to, backprop->passes[l].factors + from, backprop->bits);
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
        scaled_rows_init(&pass->weights, layer->size, layer->fan_in + 1);
        scaled_init(&pass->sources, layer->fan_in + 1);
        pass->factors = _arb_vec_init(layer->fan_in + 1);
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

static void clear_pass(struct pass *pass, const struct layer *layer)
{
    scaled_rows_clear(&pass->weights);
    scaled_clear(&pass->sources);
    _arb_vec_clear(pass->factors, layer->fan_in + 1);
    _arb_vec_clear(pass->slopes, layer->size);
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
    for (size_t l = 0; l < layout->pass_count; l++)
        clear_pass(&backprop->passes[l], layout->passes[l].layer);
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

/* dE/d(parameter), summed over its edges. */
static void edge_gradient(arb_t sum, const struct backprop_ball *backprop, node_id node,
                          const struct network_use *use)
{
    size_t l = layout_pass_of(&backprop->layout, use->layer);
    if (backprop->passes[l].is_regular)
        edge_product(sum, backprop, l, use->to,
                     use->from < 0 ? use->layer->fan_in : use->from);
    else
        arb_set(sum, backprop->tied + node);
}

static void leaf_gradient(arb_t sum, struct backprop_ball *backprop, node_id node)
{
    struct network_use use = network_first_use(backprop->layout.network, node);
    if (use.layer != NULL)
        edge_gradient(sum, backprop, node, &use);
    else if (backprop->tied != NULL)
        arb_set(sum, backprop->tied + node);
    if (layout_place(&backprop->layout, 0, node) >= 0) {
        reach_leaves(backprop);
        add_adjoint(sum, backprop, 0, node);
    }
    if (use.layer == NULL)
        add_target_errors(sum, backprop, node);
}

void backprop_ball_gradient(struct backprop_ball *backprop, node_id node, arb_t gradient)
{
    arb_zero(gradient);
    if (node == network_error(backprop->layout.network))
        arb_one(gradient);
    else if (node >= backprop->layout.leaf_count)
        add_adjoint(gradient, backprop, layout_block(&backprop->layout, node), node);
    else
        leaf_gradient(gradient, backprop, node);
}
