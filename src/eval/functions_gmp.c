#include "eval/functions_gmp.h"

/* Exact values. */

static enum arith_fault step(mpq_ptr x, const struct arith_call *call, mpq_srcptr z)
{
    int sign = mpq_sgn(z);
    if (sign == 0 && call->step_at_zero == NULL)
        return ARITH_KINK;
    if (sign == 0)
        mpq_set(x, call->step_at_zero);
    else
        mpq_set_si(x, sign > 0, 1);
    return ARITH_OK;
}

/* 1 above 0, the parameter below, between them at 0. */
static enum arith_fault leaky_slope(mpq_ptr x, const struct arith_call *call,
                                    mpq_srcptr z)
{
    mpq_t one, share;
    mpq_inits(one, share, NULL);
    mpq_set_ui(one, 1, 1);
    enum arith_fault fault = step(share, call, z);
    mpq_sub(one, one, call->parameter);
    mpq_mul(share, share, one);
    mpq_add(x, share, call->parameter);
    mpq_clears(one, share, NULL);
    return fault;
}

static enum arith_fault square_root(mpq_ptr x, mpq_srcptr z)
{
    if (mpq_sgn(z) < 0)
        return ARITH_DOMAIN;
    if (!mpz_perfect_square_p(mpq_numref(z)) || !mpz_perfect_square_p(mpq_denref(z)))
        return ARITH_IRRATIONAL;
    mpz_sqrt(mpq_numref(x), mpq_numref(z));
    mpz_sqrt(mpq_denref(x), mpq_denref(z));
    return ARITH_OK;
}

static enum arith_fault root_slope(mpq_ptr x, mpq_srcptr z)
{
    enum arith_fault fault = square_root(x, z);
    if (fault != ARITH_OK)
        return fault;
    if (mpq_sgn(x) == 0)
        return ARITH_ZERO_DIVISOR;
    mpq_inv(x, x);
    mpq_div_2exp(x, x, 1);
    return ARITH_OK;
}

/* A function that is rational at one argument, `at`. */
static enum arith_fault at_one(mpq_ptr x, mpq_srcptr z, long at, mpq_srcptr value)
{
    if (mpq_cmp_si(z, at, 1) != 0)
        return ARITH_IRRATIONAL;
    mpq_set(x, value);
    return ARITH_OK;
}

static enum arith_fault constant_at(mpq_ptr x, mpq_srcptr z, long at, double value)
{
    mpq_t exact;
    mpq_init(exact);
    mpq_set_d(exact, value);
    enum arith_fault fault = at_one(x, z, at, exact);
    mpq_clear(exact);
    return fault;
}

static enum arith_fault logarithm(mpq_ptr x, mpq_srcptr z)
{
    return mpq_sgn(z) <= 0 ? ARITH_DOMAIN : constant_at(x, z, 1, 0);
}

static enum arith_fault value_at(mpq_ptr x, const struct arith_call *call, mpq_srcptr z)
{
    switch (call->function) {
    case FUNCTION_RELU:
        mpq_set(x, z);
        if (mpq_sgn(x) < 0)
            mpq_set_ui(x, 0, 1);
        return ARITH_OK;
    case FUNCTION_LEAKY_RELU:
        if (mpq_sgn(z) < 0)
            mpq_mul(x, z, call->parameter);
        else
            mpq_set(x, z);
        return ARITH_OK;
    case FUNCTION_ABS:
        mpq_abs(x, z);
        return ARITH_OK;
    case FUNCTION_STEP:
        return step(x, call, z);
    case FUNCTION_SIGN:
        mpq_set_si(x, mpq_sgn(z), 1);
        return ARITH_OK;
    case FUNCTION_SQRT:
        return square_root(x, z);
    case FUNCTION_LN:
        return logarithm(x, z);
    case FUNCTION_EXP:
        return constant_at(x, z, 0, 1);
    case FUNCTION_SIGMOID:
        return constant_at(x, z, 0, 0.5);
    case FUNCTION_TANH:
        return constant_at(x, z, 0, 0);
    default:
        return ARITH_IRRATIONAL;
    }
}

static enum arith_fault slope_at(mpq_ptr x, const struct arith_call *call, mpq_srcptr z)
{
    switch (call->function) {
    case FUNCTION_RELU:
        return step(x, call, z);
    case FUNCTION_LEAKY_RELU:
        return leaky_slope(x, call, z);
    case FUNCTION_ABS:
        mpq_set_si(x, mpq_sgn(z), 1);
        return ARITH_OK;
    case FUNCTION_STEP:
    case FUNCTION_SIGN:
        mpq_set_ui(x, 0, 1);
        return ARITH_OK;
    case FUNCTION_SQRT:
        return root_slope(x, z);
    case FUNCTION_LN:
        if (mpq_sgn(z) <= 0)
            return ARITH_DOMAIN;
        mpq_inv(x, z);
        return ARITH_OK;
    case FUNCTION_EXP:
    case FUNCTION_TANH:
        return constant_at(x, z, 0, 1);
    case FUNCTION_SIGMOID:
        return constant_at(x, z, 0, 0.25);
    case FUNCTION_SOFTPLUS:
        return constant_at(x, z, 0, 0.5);
    default:
        return ARITH_IRRATIONAL;
    }
}

enum arith_fault gmp_function(mpq_ptr x, const struct arith_call *call, mpq_srcptr z)
{
    return call->is_derivative ? slope_at(x, call, z) : value_at(x, call, z);
}

/* Enclosures. Functions that rise are taken at both ends, rounded outward. */

typedef void rising(mpfr_ptr x, mpfr_srcptr z, mpfr_rnd_t round);

static void enclose_rising(mpfi_ptr x, mpfi_srcptr z, rising *function)
{
    function(&x->left, &z->left, MPFR_RNDD);
    function(&x->right, &z->right, MPFR_RNDU);
}

static mpfr_rnd_t opposite(mpfr_rnd_t round)
{
    return round == MPFR_RNDD ? MPFR_RNDU : MPFR_RNDD;
}

/* 1/(1 + e^-z). */
static void sigmoid(mpfr_ptr x, mpfr_srcptr z, mpfr_rnd_t round)
{
    mpfr_neg(x, z, opposite(round));
    mpfr_exp(x, x, opposite(round));
    mpfr_add_ui(x, x, 1, opposite(round));
    mpfr_ui_div(x, 1, x, round);
}

/* ln(1 + e^z), as z + ln(1 + e^-z) above 0. */
static void softplus(mpfr_ptr x, mpfr_srcptr z, mpfr_rnd_t round)
{
    mpfr_t power;
    mpfr_init2(power, mpfr_get_prec(x));
    bool above = mpfr_sgn(z) > 0;
    if (above)
        mpfr_neg(power, z, round);
    else
        mpfr_set(power, z, round);
    mpfr_exp(power, power, round);
    mpfr_log1p(power, power, round);
    if (above)
        mpfr_add(x, z, power, round);
    else
        mpfr_set(x, power, round);
    mpfr_clear(power);
}

static void hyperbolic_tangent(mpfr_ptr x, mpfr_srcptr z, mpfr_rnd_t round)
{
    mpfr_tanh(x, z, round);
}

/* t/(1 + t)^2 with t = e^-|z|: sigmoid'(z), which rises with t up to 1/4 at t = 1. */
static void bell(mpfr_ptr x, mpfr_srcptr z, mpfr_rnd_t round)
{
    mpfr_t below;
    mpfr_init2(below, mpfr_get_prec(x));
    mpfr_abs(x, z, opposite(round));
    mpfr_neg(x, x, round);
    mpfr_exp(x, x, round);
    mpfr_add_ui(below, x, 1, opposite(round));
    mpfr_sqr(below, below, opposite(round));
    mpfr_div(x, x, below, round);
    mpfr_clear(below);
}

static void enclose_bell(mpfi_ptr x, mpfi_srcptr z)
{
    bool left_is_far = mpfr_cmpabs(&z->left, &z->right) > 0;
    bell(&x->left, left_is_far ? &z->left : &z->right, MPFR_RNDD);
    if (mpfr_sgn(&z->left) <= 0 && mpfr_sgn(&z->right) >= 0)
        mpfr_set_d(&x->right, 0.25, MPFR_RNDU);
    else
        bell(&x->right, left_is_far ? &z->right : &z->left, MPFR_RNDU);
}

/* tanh'(z) = 4 sigmoid'(2z). */
static void enclose_tanh_slope(mpfi_ptr x, mpfi_srcptr z)
{
    mpfi_t twice;
    mpfi_init2(twice, mpfi_get_prec(x));
    mpfi_mul_2ui(twice, z, 1);
    enclose_bell(x, twice);
    mpfi_mul_2ui(x, x, 2);
    mpfi_clear(twice);
}

static void whole_line(mpfi_ptr x)
{
    mpfr_set_inf(&x->left, -1);
    mpfr_set_inf(&x->right, 1);
}

/* ln or sqrt, which need an argument above 0, or not below it. */
static enum arith_fault enclose_above_zero(mpfi_ptr x, mpfi_srcptr z, bool takes_zero,
                                           int function(mpfi_ptr, mpfi_srcptr))
{
    int right = mpfr_sgn(&z->right), left = mpfr_sgn(&z->left);
    if (right < 0 || (right == 0 && !takes_zero))
        return ARITH_DOMAIN;
    if (left > 0 || (left == 0 && takes_zero))
        function(x, z);
    else
        whole_line(x);
    return ARITH_OK;
}

static enum arith_fault enclose_root_slope(mpfi_ptr x, mpfi_srcptr z)
{
    enum arith_fault fault = enclose_above_zero(x, z, false, mpfi_sqrt);
    mpfi_mul_2ui(x, x, 1);
    if (mpfi_has_zero(x))
        whole_line(x);
    else
        mpfi_inv(x, x);
    return fault;
}

static enum arith_fault enclose_value(mpfi_ptr x, const struct arith_call *call,
                                      mpfi_srcptr z)
{
    switch (call->function) {
    case FUNCTION_SIGMOID:
        enclose_rising(x, z, sigmoid);
        return ARITH_OK;
    case FUNCTION_TANH:
        enclose_rising(x, z, hyperbolic_tangent);
        return ARITH_OK;
    case FUNCTION_SOFTPLUS:
        enclose_rising(x, z, softplus);
        return ARITH_OK;
    case FUNCTION_EXP:
        mpfi_exp(x, z);
        return ARITH_OK;
    case FUNCTION_LN:
        return enclose_above_zero(x, z, false, mpfi_log);
    case FUNCTION_SQRT:
        return enclose_above_zero(x, z, true, mpfi_sqrt);
    default:
        return ARITH_NO_VALUE;
    }
}

static enum arith_fault enclose_slope(mpfi_ptr x, const struct arith_call *call,
                                      mpfi_srcptr z)
{
    switch (call->function) {
    case FUNCTION_SIGMOID:
        enclose_bell(x, z);
        return ARITH_OK;
    case FUNCTION_TANH:
        enclose_tanh_slope(x, z);
        return ARITH_OK;
    case FUNCTION_SOFTPLUS:
        enclose_rising(x, z, sigmoid);
        return ARITH_OK;
    case FUNCTION_EXP:
        mpfi_exp(x, z);
        return ARITH_OK;
    case FUNCTION_LN:
        return enclose_above_zero(x, z, false, mpfi_inv);
    case FUNCTION_SQRT:
        return enclose_root_slope(x, z);
    default:
        return ARITH_NO_VALUE;
    }
}

enum arith_fault mpfi_function(mpfi_ptr x, const struct arith_call *call, mpfi_srcptr z)
{
    return call->is_derivative ? enclose_slope(x, call, z) : enclose_value(x, call, z);
}
