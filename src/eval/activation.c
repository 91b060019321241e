#include "eval/activation.h"

bool activation_is_known(const struct function *function)
{
    switch (function->id) {
    case FUNCTION_ARBITRARY:
        return true;
    case FUNCTION_SIGMOID:
    case FUNCTION_TANH:
    case FUNCTION_RELU:
    case FUNCTION_LEAKY_RELU:
    case FUNCTION_SOFTPLUS:
    case FUNCTION_EXP:
        return function->primes == 0;
    default:
        return false;
    }
}

bool activation_is_rational(const struct function *function)
{
    return function->id == FUNCTION_ARBITRARY || function->id == FUNCTION_RELU ||
           function->id == FUNCTION_LEAKY_RELU;
}

/* The slope of relu or leaky-relu below 0. */
static void get_leak(mpq_ptr leak, const struct function *function)
{
    if (function->id == FUNCTION_LEAKY_RELU)
        mpq_set(leak, function->parameter);
    else
        mpq_set_ui(leak, 0, 1);
}

/* At 0 it is leak + (1 - leak) step; false if the step is undefined. */
static bool get_slope_at_zero(mpq_ptr slope, const struct activation *activation)
{
    if (activation->step_at_zero == NULL)
        return false;
    mpq_t leak;
    mpq_init(leak);
    get_leak(leak, activation->function);
    mpq_set_ui(slope, 1, 1);
    mpq_sub(slope, slope, leak);
    mpq_mul(slope, slope, activation->step_at_zero);
    mpq_add(slope, slope, leak);
    mpq_clear(leak);
    return true;
}

static bool exact_relu(const struct activation *activation, mpq_srcptr z, mpq_ptr value,
                       mpq_ptr slope)
{
    if (mpq_sgn(z) == 0) {
        mpq_set_ui(value, 0, 1);
        return get_slope_at_zero(slope, activation);
    }
    if (mpq_sgn(z) > 0)
        mpq_set_ui(slope, 1, 1);
    else
        get_leak(slope, activation->function);
    mpq_mul(value, slope, z);
    return true;
}

static bool exact_arbitrary(const struct activation *activation, mpq_srcptr z,
                            mpq_ptr value, mpq_ptr slope)
{
    const struct function *f = activation->function;
    const struct activation_draws *draws = activation->draws;
    return draws != NULL && draws->draw(draws->context, f->name, f->primes, z, value) &&
           draws->draw(draws->context, f->name, f->primes + 1, z, slope);
}

bool activation_exact(const struct activation *activation, mpq_srcptr z, mpq_ptr value,
                      mpq_ptr slope)
{
    switch (activation->function->id) {
    case FUNCTION_ARBITRARY:
        return exact_arbitrary(activation, z, value, slope);
    case FUNCTION_RELU:
    case FUNCTION_LEAKY_RELU:
        return exact_relu(activation, z, value, slope);
    default:
        return false;
    }
}

static void ball_set(arb_t x, mpq_srcptr value, slong bits)
{
    fmpq_t rational;
    fmpq_init(rational);
    fmpq_set_mpq(rational, value);
    arb_set_fmpq(x, rational, bits);
    fmpq_clear(rational);
}

/* NaN if it is undefined. */
static void ball_slope_at_zero(arb_t slope, const struct activation *activation,
                               slong bits)
{
    mpq_t exact;
    mpq_init(exact);
    if (get_slope_at_zero(exact, activation))
        ball_set(slope, exact, bits);
    else
        arb_indeterminate(slope);
    mpq_clear(exact);
}

/* Over a ball that holds 0 the value and the slope are hulls of what they are on both
   sides. */
static void ball_relu(const struct activation *activation, const arb_t z, arb_t value,
                      arb_t slope, slong bits)
{
    mpq_t leak;
    arb_t below, at_zero;
    mpq_init(leak);
    arb_init(below);
    arb_init(at_zero);
    get_leak(leak, activation->function);
    ball_set(below, leak, bits);
    ball_slope_at_zero(at_zero, activation, bits);
    if (arb_is_positive(z)) {
        arb_one(slope);
    } else if (arb_is_negative(z)) {
        arb_set(slope, below);
    } else if (arb_is_zero(z)) {
        arb_set(slope, at_zero);
    } else {
        arb_one(slope);
        arb_union(slope, slope, below, bits);
        arb_union(slope, slope, at_zero, bits);
    }
    arb_mul(below, below, z, bits);
    if (arb_is_positive(z))
        arb_set(value, z);
    else if (arb_is_nonpositive(z))
        arb_set(value, below);
    else
        arb_union(value, z, below, bits);
    arb_clear(at_zero);
    arb_clear(below);
    mpq_clear(leak);
}

/* With e = e^{-|z|}: 1/(1 + e) above 0 and e/(1 + e) below; the derivative is
   e/(1 + e)^2. What counts as above 0 is a matter of accuracy alone. */
static void ball_sigmoid(const arb_t z, arb_t value, arb_t slope, slong bits)
{
    bool is_above = arf_sgn(arb_midref(z)) >= 0;
    arb_t power, sum;
    arb_init(power);
    arb_init(sum);
    arb_set(power, z);
    if (is_above)
        arb_neg(power, power);
    arb_exp(power, power, bits);
    arb_add_ui(sum, power, 1, bits);
    arb_div(slope, power, sum, bits);
    if (is_above)
        arb_inv(value, sum, bits);
    else
        arb_set(value, slope);
    arb_div(slope, slope, sum, bits);
    arb_clear(sum);
    arb_clear(power);
}

/* tanh' = sech^2 */
static void ball_tanh(const arb_t z, arb_t value, arb_t slope, slong bits)
{
    arb_tanh(value, z, bits);
    arb_sech(slope, z, bits);
    arb_sqr(slope, slope, bits);
}

/* ln(1 + e^z) = z + ln(1 + e^{-z}), the latter above 0; the derivative is the sigmoid. */
static void ball_softplus(const arb_t z, arb_t value, arb_t slope, slong bits)
{
    bool is_above = arf_sgn(arb_midref(z)) >= 0;
    arb_t power;
    arb_init(power);
    ball_sigmoid(z, slope, power, bits);
    arb_set(power, z);
    if (is_above)
        arb_neg(power, power);
    arb_exp(power, power, bits);
    arb_log1p(value, power, bits);
    if (is_above)
        arb_add(value, value, z, bits);
    arb_clear(power);
}

void activation_ball(const struct activation *activation, const arb_t z, arb_t value,
                     arb_t slope, slong bits)
{
    switch (activation->function->id) {
    case FUNCTION_SIGMOID:
        ball_sigmoid(z, value, slope, bits);
        break;
    case FUNCTION_TANH:
        ball_tanh(z, value, slope, bits);
        break;
    case FUNCTION_RELU:
    case FUNCTION_LEAKY_RELU:
        ball_relu(activation, z, value, slope, bits);
        break;
    case FUNCTION_SOFTPLUS:
        ball_softplus(z, value, slope, bits);
        break;
    case FUNCTION_EXP:
        arb_exp(value, z, bits);
        arb_set(slope, value);
        break;
    default:
        arb_indeterminate(value);
        arb_indeterminate(slope);
    }
}

static arf_srcptr largest_middle(arb_srcptr z, slong count)
{
    slong largest = 0;
    for (slong i = 1; i < count; i++)
        if (arf_cmp(arb_midref(z + i), arb_midref(z + largest)) > 0)
            largest = i;
    return arb_midref(z + largest);
}

/* All sums are shifted by the largest, so that the largest power is about 1. */
void activation_softmax(arb_ptr values, arb_srcptr z, slong count, slong bits)
{
    arf_srcptr shift = largest_middle(z, count);
    arb_t sum;
    arb_init(sum);
    for (slong i = 0; i < count; i++) {
        arb_sub_arf(values + i, z + i, shift, bits);
        arb_exp(values + i, values + i, bits);
        arb_add(sum, sum, values + i, bits);
    }
    for (slong i = 0; i < count; i++)
        arb_div(values + i, values + i, sum, bits);
    arb_clear(sum);
}

void activation_softmax_product(arb_ptr product, arb_srcptr values, arb_srcptr vector,
                                slong count, slong bits)
{
    arb_t sum;
    arb_init(sum);
    arb_dot(sum, NULL, 0, values, 1, vector, 1, count, bits);
    for (slong i = 0; i < count; i++) {
        arb_sub(product + i, vector + i, sum, bits);
        arb_mul(product + i, product + i, values + i, bits);
    }
    arb_clear(sum);
}
