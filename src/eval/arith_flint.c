/* Rationals of FLINT; where they end, balls of arb. */
#include "eval/arith.h"

#include "eval/functions_arb.h"

struct number {
    fmpq_t exact; /* 0 of a ball */
    arb_t ball;
    slong bits;
    bool is_exact;
};

static void number_init(void *x, long bits)
{
    struct number *number = x;
    fmpq_init(number->exact);
    arb_init(number->ball);
    number->bits = bits;
    number->is_exact = true;
}

static void number_clear(void *x)
{
    struct number *number = x;
    fmpq_clear(number->exact);
    arb_clear(number->ball);
}

/* What was worked out is a ball now; without a number, or without bound, it is the whole
 * line. */
static void exact_end(struct number *x)
{
    if (!arb_is_finite(x->ball))
        arb_zero_pm_inf(x->ball);
    fmpq_zero(x->exact);
    x->is_exact = false;
}

static void number_set(void *x, const void *a)
{
    const struct number *value = a;
    struct number *copy = x;
    fmpq_set(copy->exact, value->exact);
    copy->is_exact = value->is_exact;
    if (!value->is_exact)
        arb_set(copy->ball, value->ball);
}

static void number_set_rational(void *x, mpq_srcptr value)
{
    struct number *number = x;
    fmpq_set_mpq(number->exact, value);
    number->is_exact = true;
}

static bool number_is_exact(const void *a)
{
    return ((const struct number *)a)->is_exact;
}

static void number_get_rational(mpq_ptr value, const void *a)
{
    fmpq_get_mpq(value, ((const struct number *)a)->exact);
}

static void number_get_enclosure(struct enclosure *value, const void *a)
{
    const struct number *number = a;
    value->is_exact = true;
    fmpq_get_mpq(value->exact, number->exact);
    if (!number->is_exact)
        ball_enclosure(value, number->ball, number->bits);
}

static void number_set_enclosure(void *x, const struct enclosure *value)
{
    struct number *number = x;
    if (value->is_exact) {
        number_set_rational(x, value->exact);
        return;
    }
    arb_set_interval_mpfr(number->ball, value->lower, value->upper, number->bits);
    exact_end(number);
}

/* The ball of an operand: its own, or one made for an exact number. */
static const arb_struct *ball_of(const struct number *a, arb_t made, slong bits)
{
    if (!a->is_exact)
        return a->ball;
    arb_set_fmpq(made, a->exact, bits);
    return made;
}

static void number_add(void *x, const void *a, const void *b)
{
    const struct number *left = a, *right = b;
    struct number *sum = x;
    if (left->is_exact && right->is_exact) {
        _fmpq_add(fmpq_numref(sum->exact), fmpq_denref(sum->exact),
                  fmpq_numref(left->exact), fmpq_denref(left->exact),
                  fmpq_numref(right->exact), fmpq_denref(right->exact));
        sum->is_exact = true;
        return;
    }
    arb_t made;
    arb_init(made);
    const arb_struct *first = ball_of(left, made, sum->bits);
    const arb_struct *second = ball_of(right, made, sum->bits);
    arb_add(sum->ball, first, second, sum->bits);
    arb_clear(made);
    exact_end(sum);
}

static bool is_zero(const struct number *a)
{
    return a->is_exact && fmpq_is_zero(a->exact);
}

/* An integer or fraction times a ball, rounded once where that can be. */
static void multiply_exact(struct number *x, const struct number *exact,
                           const struct number *ball)
{
    arb_mul_fmpz(x->ball, ball->ball, fmpq_numref(exact->exact), x->bits);
    if (!fmpz_is_one(fmpq_denref(exact->exact)))
        arb_div_fmpz(x->ball, x->ball, fmpq_denref(exact->exact), x->bits);
}

static void number_multiply(void *x, const void *a, const void *b)
{
    const struct number *left = a, *right = b;
    struct number *product = x;
    if ((left->is_exact && right->is_exact) || is_zero(left) || is_zero(right)) {
        fmpq_mul(product->exact, left->exact, right->exact);
        product->is_exact = true;
        return;
    }
    if (left->is_exact)
        multiply_exact(product, left, right);
    else if (right->is_exact)
        multiply_exact(product, right, left);
    else
        arb_mul(product->ball, left->ball, right->ball, product->bits);
    exact_end(product);
}

static void number_negate(void *x, const void *a)
{
    const struct number *value = a;
    struct number *negative = x;
    fmpq_neg(negative->exact, value->exact);
    negative->is_exact = value->is_exact;
    if (!value->is_exact)
        arb_neg(negative->ball, value->ball);
}

/* Of a ball with 0 in it nothing is known of the inverse. */
static bool number_invert(void *x, const void *a)
{
    const struct number *value = a;
    struct number *inverse = x;
    if (value->is_exact) {
        if (fmpq_is_zero(value->exact))
            return false;
        fmpq_inv(inverse->exact, value->exact);
        inverse->is_exact = true;
        return true;
    }
    arb_inv(inverse->ball, value->ball, inverse->bits);
    exact_end(inverse);
    return true;
}

static size_t number_bits_of(const void *a)
{
    const struct number *number = a;
    if (!number->is_exact)
        return 1;
    return fmpz_sizeinbase(fmpq_numref(number->exact), 2) +
           fmpz_sizeinbase(fmpq_denref(number->exact), 2);
}

/* Functions. */

/* [min(0, a), max(0, a)] for the end a of a ball. */
static void hull_with_zero(arb_t x, const arb_t end, slong bits)
{
    arb_t zero;
    arb_init(zero);
    arb_union(x, end, zero, bits);
    arb_clear(zero);
}

static void set_hull(struct number *x, mpq_srcptr a, slong low, slong high)
{
    arb_t end;
    fmpq_t value;
    arb_init(end);
    fmpq_init(value);
    arb_set_si(x->ball, low);
    arb_set_si(end, high);
    arb_union(x->ball, x->ball, end, x->bits);
    if (a != NULL) {
        fmpq_set_mpq(value, a);
        arb_set_fmpq(end, value, x->bits);
        arb_union(x->ball, x->ball, end, x->bits);
    }
    fmpq_clear(value);
    arb_clear(end);
    exact_end(x);
}

/* A function of both signs, at a ball with both: everything between its least and its
 * greatest value. */
static void apply_across(struct number *x, const struct arith_call *call,
                         const struct number *a)
{
    arb_t low, high;
    fmpq_t parameter;
    arb_init(low);
    arb_init(high);
    fmpq_init(parameter);
    arb_get_lbound_arf(arb_midref(low), a->ball, x->bits);
    arb_get_ubound_arf(arb_midref(high), a->ball, x->bits);
    if (call->function == FUNCTION_LEAKY_RELU)
        fmpq_set_mpq(parameter, call->parameter);
    if (call->function == FUNCTION_ABS)
        fmpq_set_si(parameter, -1, 1);
    arb_mul_fmpz(low, low, fmpq_numref(parameter), x->bits);
    arb_div_fmpz(low, low, fmpq_denref(parameter), x->bits);
    hull_with_zero(low, low, x->bits);
    hull_with_zero(high, high, x->bits);
    arb_union(x->ball, low, high, x->bits);
    exact_end(x);
    arb_clear(low);
    arb_clear(high);
    fmpq_clear(parameter);
}

/* The slope, or a step, at a ball with both signs. */
static void slope_across(struct number *x, const struct arith_call *call)
{
    switch (call->function) {
    case FUNCTION_ABS:
        set_hull(x, NULL, -1, 1);
        break;
    case FUNCTION_SIGN:
        set_hull(x, NULL, -1, 1);
        break;
    case FUNCTION_LEAKY_RELU:
        set_hull(x, call->parameter, 1, 1);
        break;
    default:
        set_hull(x, call->step_at_zero, 0, 1);
    }
}

static bool has_kink(const struct arith_call *call)
{
    enum function_id id = call->function;
    return id == FUNCTION_RELU || id == FUNCTION_LEAKY_RELU || id == FUNCTION_ABS ||
           id == FUNCTION_STEP || id == FUNCTION_SIGN;
}

static bool is_flat(const struct arith_call *call)
{
    return call->is_derivative &&
           (call->function == FUNCTION_STEP || call->function == FUNCTION_SIGN);
}

/* On one side of 0 the function is a line: what is true of the sign there is true of the
 * ball. */
static void apply_on_side(struct number *x, const struct arith_call *call,
                          const struct number *a)
{
    struct arith_call slope = *call;
    fmpq_t sign;
    fmpq_init(sign);
    fmpq_set_si(sign, arb_is_positive(a->ball) ? 1 : -1, 1);
    slope.is_derivative = true;
    if (call->is_derivative || call->function == FUNCTION_STEP ||
        call->function == FUNCTION_SIGN) {
        fmpq_function(x->exact, call, sign);
        x->is_exact = true;
    } else {
        struct number factor;
        number_init(&factor, x->bits);
        fmpq_function(factor.exact, &slope, sign);
        number_multiply(x, a, &factor);
        number_clear(&factor);
    }
    fmpq_clear(sign);
}

static void apply_kink(struct number *x, const struct arith_call *call,
                       const struct number *a)
{
    if (!arb_contains_zero(a->ball) || is_flat(call))
        apply_on_side(x, call, a);
    else if (call->is_derivative || call->function == FUNCTION_STEP ||
             call->function == FUNCTION_SIGN)
        slope_across(x, call);
    else
        apply_across(x, call, a);
}

static enum arith_fault apply_exact(struct number *x, const struct arith_call *call,
                                    const struct number *a)
{
    fmpq_t value;
    fmpq_init(value);
    enum arith_fault fault = fmpq_function(value, call, a->exact);
    if (fault == ARITH_OK) {
        fmpq_swap(x->exact, value);
        x->is_exact = true;
    }
    fmpq_clear(value);
    return fault;
}

static enum arith_fault apply_smooth(struct number *x, const struct arith_call *call,
                                     const struct number *a)
{
    arb_t argument;
    if (x->bits == 0)
        return ARITH_IRRATIONAL;
    arb_init(argument);
    if (a->is_exact)
        arb_set_fmpq(argument, a->exact, x->bits);
    else
        arb_set(argument, a->ball);
    enum arith_fault fault = arb_function(x->ball, call, argument, x->bits);
    exact_end(x);
    arb_clear(argument);
    return fault;
}

static enum arith_fault apply_one(struct number *x, const struct arith_call *call,
                                  const struct number *a)
{
    if (a->is_exact) {
        enum arith_fault fault = apply_exact(x, call, a);
        return fault == ARITH_IRRATIONAL ? apply_smooth(x, call, a) : fault;
    }
    if (!has_kink(call))
        return apply_smooth(x, call, a);
    apply_kink(x, call, a);
    return ARITH_OK;
}

/* With the greater argument known, max is that one; else all between the lower bounds and
 * the upper ones. */
static void max_value(struct number *x, const struct number *a, const struct number *b,
                      const struct number *difference)
{
    if (difference->is_exact || !arb_contains_zero(difference->ball)) {
        bool first = difference->is_exact ? fmpq_sgn(difference->exact) > 0
                                          : arb_is_positive(difference->ball);
        number_set(x, first ? a : b);
        return;
    }
    arb_t left, right;
    arb_init(left);
    arb_init(right);
    arb_max(x->ball, ball_of(a, left, x->bits), ball_of(b, right, x->bits), x->bits);
    exact_end(x);
    arb_clear(left);
    arb_clear(right);
}

/* The slope of max by one of its arguments: a step where it passes the other. */
static enum arith_fault max_slope(struct number *x, const struct arith_call *call,
                                  const struct number *difference)
{
    struct arith_call step = {.function = FUNCTION_STEP,
                              .step_at_zero = call->step_at_zero};
    return apply_one(x, &step, difference);
}

static enum arith_fault apply_max(struct number *x, const struct arith_call *call,
                                  const void *const *arguments)
{
    bool by_second = call->is_derivative && call->argument == 1;
    enum arith_fault fault = ARITH_OK;
    struct number difference;
    number_init(&difference, x->bits);
    number_negate(&difference, arguments[!by_second]);
    number_add(&difference, &difference, arguments[by_second]);
    if (call->is_derivative)
        fault = max_slope(x, call, &difference);
    else
        max_value(x, arguments[0], arguments[1], &difference);
    number_clear(&difference);
    return fault;
}

static enum arith_fault number_apply(void *x, const struct arith_call *call,
                                     const void *const *arguments)
{
    if (call->function == FUNCTION_MAX)
        return apply_max(x, call, arguments);
    return apply_one(x, call, arguments[0]);
}

const struct arith arith_flint = {
    .size = sizeof(struct number),
    .init = number_init,
    .clear = number_clear,
    .set = number_set,
    .set_rational = number_set_rational,
    .is_exact = number_is_exact,
    .get_rational = number_get_rational,
    .get_enclosure = number_get_enclosure,
    .set_enclosure = number_set_enclosure,
    .add = number_add,
    .multiply = number_multiply,
    .negate = number_negate,
    .invert = number_invert,
    .apply = number_apply,
    .bits_of = number_bits_of,
};
