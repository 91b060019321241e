#include "eval/series.h"

void series_unknown(arb_poly_t x, struct series_style style)
{
    arb_t nothing;
    arb_init(nothing);
    arb_indeterminate(nothing);
    for (slong i = 0; i < style.length; i++)
        arb_poly_set_coeff_arb(x, i, nothing);
    arb_clear(nothing);
}

/* The sign of all numbers of the first coefficient, 0 if they have not one. */
static int sign_of(const arb_poly_t a)
{
    arb_t first;
    arb_init(first);
    arb_poly_get_coeff_arb(first, a, 0);
    int sign = arb_is_positive(first) ? 1 : arb_is_negative(first) ? -1 : 0;
    arb_clear(first);
    return sign;
}

/* 1 + e^a. */
static void one_plus_exp(arb_poly_t x, const arb_poly_t a, struct series_style style)
{
    arb_poly_t one;
    arb_poly_init(one);
    arb_poly_one(one);
    arb_poly_exp_series(x, a, style.length, style.bits);
    arb_poly_add(x, x, one, style.bits);
    arb_poly_clear(one);
}

/* 1/(1 + e^-z), or for numbers below 0 1 - 1/(1 + e^z). */
static void sigmoid(arb_poly_t x, const arb_poly_t z, struct series_style style)
{
    bool below = sign_of(z) < 0;
    arb_poly_t power, sum;
    arb_poly_init(power);
    arb_poly_init(sum);
    if (below) {
        arb_poly_exp_series(power, z, style.length, style.bits);
        one_plus_exp(sum, z, style);
    } else {
        arb_poly_one(power);
        arb_poly_neg(sum, z);
        one_plus_exp(sum, sum, style);
    }
    arb_poly_div_series(x, power, sum, style.length, style.bits);
    arb_poly_clear(power);
    arb_poly_clear(sum);
}

/* 2 sigmoid(2z) - 1. */
static void hyperbolic_tangent(arb_poly_t x, const arb_poly_t z,
                               struct series_style style)
{
    arb_poly_t other;
    arb_poly_init(other);
    arb_poly_add(other, z, z, style.bits);
    sigmoid(x, other, style);
    arb_poly_add(x, x, x, style.bits);
    arb_poly_one(other);
    arb_poly_sub(x, x, other, style.bits);
    arb_poly_clear(other);
}

/* ln(1 + e^z), above 0 as z + ln(1 + e^-z). */
static void softplus(arb_poly_t x, const arb_poly_t z, struct series_style style)
{
    bool above = sign_of(z) > 0;
    arb_poly_t power;
    arb_poly_init(power);
    if (above)
        arb_poly_neg(power, z);
    else
        arb_poly_set(power, z);
    one_plus_exp(power, power, style);
    arb_poly_log_series(x, power, style.length, style.bits);
    if (above)
        arb_poly_add(x, x, z, style.bits);
    arb_poly_clear(power);
}

/* `low` z below 0, z above. */
static void kinked(arb_poly_t x, const arb_poly_t z, mpq_srcptr low,
                   struct series_style style)
{
    int sign = sign_of(z);
    if (sign > 0)
        arb_poly_set(x, z);
    if (sign == 0)
        series_unknown(x, style);
    if (sign >= 0)
        return;
    fmpq_t exact;
    arb_t factor;
    fmpq_init(exact);
    arb_init(factor);
    fmpq_set_mpq(exact, low);
    arb_set_fmpq(factor, exact, style.bits);
    arb_poly_scalar_mul(x, z, factor, style.bits);
    arb_clear(factor);
    fmpq_clear(exact);
}

/* `low` below 0, 1 above. */
static void stepped(arb_poly_t x, const arb_poly_t z, mpq_srcptr low,
                    struct series_style style)
{
    int sign = sign_of(z);
    arb_poly_t one;
    arb_poly_init(one);
    arb_poly_one(one);
    if (sign > 0)
        arb_poly_set(x, one);
    if (sign == 0)
        series_unknown(x, style);
    if (sign < 0) {
        arb_poly_set_si(one, -1);
        kinked(x, one, low, style);
        arb_poly_neg(x, x);
    }
    arb_poly_clear(one);
}

static void greater(arb_poly_t x, const arb_poly_t a, const arb_poly_t b,
                    struct series_style style)
{
    arb_poly_t difference;
    arb_poly_init(difference);
    arb_poly_sub(difference, a, b, style.bits);
    int sign = sign_of(difference);
    if (sign == 0)
        series_unknown(x, style);
    else
        arb_poly_set(x, sign > 0 ? a : b);
    arb_poly_clear(difference);
}

/* What a function does below 0: relu and step nothing, leaky-relu its parameter, abs and
 * sign turn. */
static void get_low(mpq_ptr low, const struct function *function)
{
    mpq_set_si(low, 0, 1);
    if (function->id == FUNCTION_ABS || function->id == FUNCTION_SIGN)
        mpq_set_si(low, -1, 1);
    else if (function->id == FUNCTION_LEAKY_RELU)
        mpq_set(low, function->parameter);
}

static void apply_kinked(arb_poly_t x, const struct function *function,
                         const arb_poly_t z, struct series_style style)
{
    bool is_step = function->id == FUNCTION_STEP || function->id == FUNCTION_SIGN;
    mpq_t low;
    mpq_init(low);
    get_low(low, function);
    if (is_step && function->primes > 0)
        arb_poly_zero(x);
    else if (is_step || function->primes > 0)
        stepped(x, z, low, style);
    else
        kinked(x, z, low, style);
    mpq_clear(low);
}

static void apply_smooth(arb_poly_t x, const struct function *function,
                         const arb_poly_t z, struct series_style style)
{
    switch (function->id) {
    case FUNCTION_SIGMOID:
        sigmoid(x, z, style);
        break;
    case FUNCTION_TANH:
        hyperbolic_tangent(x, z, style);
        break;
    case FUNCTION_SOFTPLUS:
        softplus(x, z, style);
        break;
    case FUNCTION_EXP:
        arb_poly_exp_series(x, z, style.length, style.bits);
        break;
    case FUNCTION_LN:
        arb_poly_log_series(x, z, style.length, style.bits);
        break;
    case FUNCTION_SQRT:
        arb_poly_sqrt_series(x, z, style.length, style.bits);
        break;
    default:
        series_unknown(x, style);
    }
}

/* sigmoid' = s (1 - s), tanh' = 1 - t^2, softplus' = sigmoid. */
static void apply_primed(arb_poly_t x, const struct function *function,
                         const arb_poly_t z, struct series_style style)
{
    arb_poly_t one, value;
    arb_poly_init(one);
    arb_poly_init(value);
    arb_poly_one(one);
    if (function->id == FUNCTION_TANH) {
        hyperbolic_tangent(value, z, style);
        arb_poly_mullow(x, value, value, style.length, style.bits);
        arb_poly_sub(x, one, x, style.bits);
    } else if (function->id == FUNCTION_SIGMOID) {
        sigmoid(value, z, style);
        arb_poly_sub(one, one, value, style.bits);
        arb_poly_mullow(x, value, one, style.length, style.bits);
    } else if (function->id == FUNCTION_SOFTPLUS) {
        sigmoid(x, z, style);
    } else {
        series_unknown(x, style);
    }
    arb_poly_clear(one);
    arb_poly_clear(value);
}

static bool has_kink(const struct function *function)
{
    enum function_id id = function->id;
    return id == FUNCTION_RELU || id == FUNCTION_LEAKY_RELU || id == FUNCTION_ABS ||
           id == FUNCTION_STEP || id == FUNCTION_SIGN;
}

void series_apply(arb_poly_t x, const struct function *function, const arb_poly_t a,
                  const arb_poly_t b, struct series_style style)
{
    if (function->primes > 1)
        series_unknown(x, style);
    else if (function->id == FUNCTION_MAX)
        greater(x, a, b, style);
    else if (has_kink(function))
        apply_kinked(x, function, a, style);
    else if (function->primes == 1)
        apply_primed(x, function, a, style);
    else
        apply_smooth(x, function, a, style);
}

void series_power(arb_poly_t x, const arb_poly_t a, slong n, struct series_style style)
{
    arb_poly_pow_ui_trunc_binexp(x, a, n < 0 ? 0 - (ulong)n : (ulong)n, style.length,
                                 style.bits);
    if (n < 0)
        arb_poly_inv_series(x, x, style.length, style.bits);
}
