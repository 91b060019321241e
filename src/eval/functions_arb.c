#include "eval/functions_arb.h"

/* Exact values. */

static void set_step(fmpq_t x, mpq_srcptr at_zero, int sign)
{
    if (sign == 0)
        fmpq_set_mpq(x, at_zero);
    else
        fmpq_set_si(x, sign > 0, 1);
}

/* low + s (high - low), with s the step at z. */
static enum arith_fault slope_of_kink(fmpq_t x, const struct arith_call *call,
                                      const fmpq_t z, mpq_srcptr low)
{
    fmpq_t below, share;
    if (fmpq_is_zero(z) && call->step_at_zero == NULL)
        return ARITH_KINK;
    fmpq_init(below);
    fmpq_init(share);
    if (low != NULL)
        fmpq_set_mpq(below, low);
    set_step(share, call->step_at_zero, fmpq_sgn(z));
    fmpq_mul(x, share, below);
    fmpq_sub(x, share, x);
    fmpq_add(x, x, below);
    fmpq_clear(below);
    fmpq_clear(share);
    return ARITH_OK;
}

static void leaky(fmpq_t x, const struct arith_call *call, const fmpq_t z)
{
    fmpq_set_si(x, 1, 1);
    if (fmpq_sgn(z) < 0)
        fmpq_set_mpq(x, call->parameter);
    fmpq_mul(x, x, z);
}

static enum arith_fault root(fmpq_t x, const fmpq_t z)
{
    if (fmpq_sgn(z) < 0)
        return ARITH_DOMAIN;
    if (!fmpz_is_square(fmpq_numref(z)) || !fmpz_is_square(fmpq_denref(z)))
        return ARITH_IRRATIONAL;
    fmpz_sqrt(fmpq_numref(x), fmpq_numref(z));
    fmpz_sqrt(fmpq_denref(x), fmpq_denref(z));
    return ARITH_OK;
}

/* 1/(2 sqrt(z)). */
static enum arith_fault root_slope(fmpq_t x, const fmpq_t z)
{
    enum arith_fault fault = root(x, z);
    if (fault == ARITH_OK && fmpq_is_zero(x))
        return ARITH_ZERO_DIVISOR;
    if (fault == ARITH_OK) {
        fmpq_mul_2exp(x, x, 1);
        fmpq_inv(x, x);
    }
    return fault;
}

static enum arith_fault fraction_if(bool is_there, fmpq_t x, slong numerator,
                                    ulong denominator)
{
    if (!is_there)
        return ARITH_IRRATIONAL;
    fmpq_set_si(x, numerator, denominator);
    return ARITH_OK;
}

static enum arith_fault exact_value(fmpq_t x, const struct arith_call *call,
                                    const fmpq_t z)
{
    switch (call->function) {
    case FUNCTION_RELU:
        fmpq_set_si(x, fmpq_sgn(z) > 0, 1);
        fmpq_mul(x, x, z);
        return ARITH_OK;
    case FUNCTION_LEAKY_RELU:
        leaky(x, call, z);
        return ARITH_OK;
    case FUNCTION_ABS:
        fmpq_abs(x, z);
        return ARITH_OK;
    case FUNCTION_SIGN:
        fmpq_set_si(x, fmpq_sgn(z), 1);
        return ARITH_OK;
    case FUNCTION_STEP:
        return slope_of_kink(x, call, z, NULL);
    case FUNCTION_SQRT:
        return root(x, z);
    case FUNCTION_LN:
        return fmpq_sgn(z) <= 0 ? ARITH_DOMAIN : fraction_if(fmpq_is_one(z), x, 0, 1);
    case FUNCTION_EXP:
        return fraction_if(fmpq_is_zero(z), x, 1, 1);
    case FUNCTION_SIGMOID:
        return fraction_if(fmpq_is_zero(z), x, 1, 2);
    case FUNCTION_TANH:
        return fraction_if(fmpq_is_zero(z), x, 0, 1);
    default:
        return ARITH_IRRATIONAL;
    }
}

static enum arith_fault exact_slope(fmpq_t x, const struct arith_call *call,
                                    const fmpq_t z)
{
    switch (call->function) {
    case FUNCTION_RELU:
        return slope_of_kink(x, call, z, NULL);
    case FUNCTION_LEAKY_RELU:
        return slope_of_kink(x, call, z, call->parameter);
    case FUNCTION_ABS:
        fmpq_set_si(x, fmpq_sgn(z), 1);
        return ARITH_OK;
    case FUNCTION_STEP:
    case FUNCTION_SIGN:
        fmpq_zero(x);
        return ARITH_OK;
    case FUNCTION_SQRT:
        return root_slope(x, z);
    case FUNCTION_LN:
        if (fmpq_sgn(z) <= 0)
            return ARITH_DOMAIN;
        fmpq_inv(x, z);
        return ARITH_OK;
    case FUNCTION_EXP:
    case FUNCTION_TANH:
        return fraction_if(fmpq_is_zero(z), x, 1, 1);
    case FUNCTION_SIGMOID:
        return fraction_if(fmpq_is_zero(z), x, 1, 4);
    case FUNCTION_SOFTPLUS:
        return fraction_if(fmpq_is_zero(z), x, 1, 2);
    default:
        return ARITH_IRRATIONAL;
    }
}

enum arith_fault fmpq_function(fmpq_t x, const struct arith_call *call, const fmpq_t z)
{
    return call->is_derivative ? exact_slope(x, call, z) : exact_value(x, call, z);
}

/* Balls. */

/* e^-|z|. */
static void decay(arb_t x, const arb_t z, slong bits)
{
    arb_abs(x, z);
    arb_neg(x, x);
    arb_exp(x, x, bits);
}

/* Above 0 as 1/(1 + e^-z), else as e^z/(1 + e^z), so that nothing overflows. */
static void sigmoid(arb_t x, const arb_t z, slong bits)
{
    arb_t power, sum;
    arb_init(power);
    arb_init(sum);
    if (arf_sgn(arb_midref(z)) > 0) {
        arb_neg(power, z);
        arb_exp(power, power, bits);
        arb_add_ui(sum, power, 1, bits);
        arb_inv(x, sum, bits);
    } else {
        arb_exp(power, z, bits);
        arb_add_ui(sum, power, 1, bits);
        arb_div(x, power, sum, bits);
    }
    arb_clear(power);
    arb_clear(sum);
}

/* e^-|z|/(1 + e^-|z|)^2. */
static void sigmoid_slope(arb_t x, const arb_t z, slong bits)
{
    arb_t sum;
    arb_init(sum);
    decay(x, z, bits);
    arb_add_ui(sum, x, 1, bits);
    arb_mul(sum, sum, sum, bits);
    arb_div(x, x, sum, bits);
    arb_clear(sum);
}

/* 1/cosh^2 as 4 sigmoid'(2z). */
static void tanh_slope(arb_t x, const arb_t z, slong bits)
{
    arb_t twice;
    arb_init(twice);
    arb_mul_2exp_si(twice, z, 1);
    sigmoid_slope(x, twice, bits);
    arb_mul_2exp_si(x, x, 2);
    arb_clear(twice);
}

/* max(z, 0) + ln(1 + e^-|z|). */
static void softplus(arb_t x, const arb_t z, slong bits)
{
    decay(x, z, bits);
    arb_log1p(x, x, bits);
    if (arb_is_positive(z)) {
        arb_add(x, x, z, bits);
    } else if (!arb_is_negative(z)) {
        arb_exp(x, z, bits);
        arb_log1p(x, x, bits);
    }
}

/* A function that needs a positive argument; sqrt also takes 0. */
static enum arith_fault above_zero(arb_t x, const arb_t z, slong bits,
                                   void function(arb_t, const arb_t, slong))
{
    if (arb_is_negative(z))
        return ARITH_DOMAIN;
    function(x, z, bits);
    return ARITH_OK;
}

static void inverse_root(arb_t x, const arb_t z, slong bits)
{
    arb_rsqrt(x, z, bits);
    arb_mul_2exp_si(x, x, -1);
}

static enum arith_fault ball_value(arb_t x, const struct arith_call *call, const arb_t z,
                                   slong bits)
{
    switch (call->function) {
    case FUNCTION_SIGMOID:
        sigmoid(x, z, bits);
        return ARITH_OK;
    case FUNCTION_TANH:
        arb_tanh(x, z, bits);
        return ARITH_OK;
    case FUNCTION_SOFTPLUS:
        softplus(x, z, bits);
        return ARITH_OK;
    case FUNCTION_EXP:
        arb_exp(x, z, bits);
        return ARITH_OK;
    case FUNCTION_LN:
        return above_zero(x, z, bits, arb_log);
    case FUNCTION_SQRT:
        return above_zero(x, z, bits, arb_sqrt);
    default:
        return ARITH_NO_VALUE;
    }
}

static enum arith_fault ball_slope(arb_t x, const struct arith_call *call, const arb_t z,
                                   slong bits)
{
    switch (call->function) {
    case FUNCTION_SIGMOID:
        sigmoid_slope(x, z, bits);
        return ARITH_OK;
    case FUNCTION_TANH:
        tanh_slope(x, z, bits);
        return ARITH_OK;
    case FUNCTION_SOFTPLUS:
        sigmoid(x, z, bits);
        return ARITH_OK;
    case FUNCTION_EXP:
        arb_exp(x, z, bits);
        return ARITH_OK;
    case FUNCTION_LN:
        return above_zero(x, z, bits, arb_inv);
    case FUNCTION_SQRT:
        return above_zero(x, z, bits, inverse_root);
    default:
        return ARITH_NO_VALUE;
    }
}

enum arith_fault arb_function(arb_t x, const struct arith_call *call, const arb_t z,
                              slong bits)
{
    return call->is_derivative ? ball_slope(x, call, z, bits)
                               : ball_value(x, call, z, bits);
}
