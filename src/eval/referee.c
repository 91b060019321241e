#include "eval/referee.h"

#include "eval/backprop.h"
#include "eval/backprop_ball.h"
#include "eval/balls.h"
#include "eval/difference.h"
#include "eval/sweep.h"

static bool has_letters(struct network *network)
{
    for (size_t i = 0; i < network_layer_count(network); i++) {
        const struct layer *layer = network_layer(network, i);
        if (layer->activation == ACTIVATION_FUNCTION &&
            function_peek(network_pool(network), layer->function)->id ==
                FUNCTION_ARBITRARY)
            return true;
    }
    return false;
}

bool referee_has_backprop(const struct crosscheck *crosscheck)
{
    struct network *network = crosscheck->network;
    return crosscheck->goal == network_error(network) && backprop_applies(network) &&
           (backprop_is_rational(network) || !has_letters(network));
}

static bool has_kink(struct network *network, const struct layer *layer)
{
    if (layer->activation != ACTIVATION_FUNCTION)
        return false;
    enum function_id id = function_peek(network_pool(network), layer->function)->id;
    return id == FUNCTION_RELU || id == FUNCTION_LEAKY_RELU;
}

static bool is_zero(const struct values *values, node_id node)
{
    return values_is_exact(values, node) && mpq_sgn(values_peek(values, node)) == 0;
}

static bool is_at_kink(const struct crosscheck *crosscheck)
{
    struct network *network = crosscheck->network;
    for (size_t i = 0; i < network_layer_count(network); i++) {
        const struct layer *layer = network_layer(network, i);
        for (int64_t k = 0; has_kink(network, layer) && k < layer->size; k++)
            if (is_zero(&crosscheck->values, layer->sums.first + k))
                return true;
    }
    return false;
}

enum crosscheck_method referee_choose(const struct crosscheck *crosscheck)
{
    if (!referee_has_backprop(crosscheck))
        return CROSSCHECK_SWEEP;
    bool is_certain =
        backprop_is_rational(crosscheck->network) || !is_at_kink(crosscheck);
    return is_certain ? CROSSCHECK_BACKPROP : CROSSCHECK_SWEEP;
}

static bool draw(void *context, const char *name, unsigned primes, mpq_srcptr z,
                 mpq_ptr value)
{
    const struct drawing *drawing = context;
    if (drawing->is_on)
        drawn_value(value, drawing->seed, name, primes, z);
    return drawing->is_on;
}

static bool run_exact(struct crosscheck *crosscheck, size_t method, struct diags *diags)
{
    struct values *values = &crosscheck->values;
    struct activation_draws draws = {draw, &values->drawing};
    struct backprop *backprop = backprop_new(crosscheck->network, values->items, &draws);
    if (backprop == NULL) {
        values_report(values, crosscheck->goal, ARITH_KINK, diags);
        return false;
    }
    mpq_t gradient;
    mpq_init(gradient);
    for (size_t i = 0; i < crosscheck->count; i++) {
        struct crosscheck_row *row = &crosscheck->rows[i];
        backprop_gradient(backprop, row->node, gradient);
        enclosure_set_rational(&row->others[method], gradient);
    }
    backprop_free(backprop);
    mpq_clear(gradient);
    return true;
}

static bool run_balls(struct crosscheck *crosscheck, size_t method)
{
    long bits = crosscheck->values.arith.bits;
    struct backprop_ball *backprop =
        backprop_ball_new(crosscheck->network, crosscheck->values.items, bits);
    arb_t gradient;
    arb_init(gradient);
    for (size_t i = 0; i < crosscheck->count; i++) {
        struct crosscheck_row *row = &crosscheck->rows[i];
        backprop_ball_gradient(backprop, row->node, gradient);
        ball_enclosure(&row->others[method], gradient, bits);
    }
    arb_clear(gradient);
    backprop_ball_free(backprop);
    return true;
}

static bool run_backprop(struct crosscheck *crosscheck, size_t method,
                         struct diags *diags)
{
    return backprop_is_rational(crosscheck->network)
               ? run_exact(crosscheck, method, diags)
               : run_balls(crosscheck, method);
}

static mpq_srcptr leaf_value(void *context, expr_id symbol)
{
    const struct values *values = context;
    node_id node = network_node(values->network, symbol);
    return node < 0 ? NULL : values_peek(values, node);
}

static bool run_sweep(struct crosscheck *crosscheck, size_t method, struct diags *diags)
{
    struct network *network = crosscheck->network;
    struct values *values = &crosscheck->values;
    struct arith arith = arith_enclosing(&arith_flint, values->arith.bits);
    struct sweep_input input = {.defs = network_defs(network),
                                .arith = &arith,
                                .leaf = leaf_value,
                                .context = values,
                                .drawing = values->drawing,
                                .budget = &values->budget};
    enum arith_fault fault;
    struct sweep *sweep =
        sweep_new(&input, network_symbol(network, crosscheck->goal), &fault);
    if (sweep == NULL) {
        values_report(values, crosscheck->goal, fault, diags);
        return false;
    }
    for (size_t i = 0; i < crosscheck->count; i++) {
        struct crosscheck_row *row = &crosscheck->rows[i];
        sweep_gradient(sweep, network_symbol(network, row->node), &row->others[method]);
    }
    sweep_free(sweep);
    return true;
}

/* Each quotient takes the whole expression: more than this many parts, over all rows, are
 * not taken. */
static const double most_parts = 2e7;

static bool run_difference(struct crosscheck *crosscheck, size_t method,
                           struct diags *diags)
{
    struct difference *difference = difference_new(&crosscheck->values, crosscheck->goal);
    double parts = (double)difference_size(difference) * (double)crosscheck->count;
    bool ok = parts <= most_parts || diag(diags, DIAG_DIFFERENCES_TOO_MANY, NULL);
    for (size_t i = 0; ok && i < crosscheck->count; i++) {
        struct crosscheck_row *row = &crosscheck->rows[i];
        difference_quotient(difference, row->node, &row->others[method]);
    }
    difference_free(difference);
    return ok;
}

bool referee_run(struct crosscheck *crosscheck, size_t method, struct diags *diags)
{
    switch (crosscheck->methods[method]) {
    case CROSSCHECK_BACKPROP:
        return run_backprop(crosscheck, method, diags);
    case CROSSCHECK_DIFFERENCE:
        return run_difference(crosscheck, method, diags);
    default:
        return run_sweep(crosscheck, method, diags);
    }
}
