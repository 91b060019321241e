/* Rationals of GMP; where they end, intervals of MPFI. */
#include "eval/arith.h"

#include "eval/functions_gmp.h"

struct number {
    mpq_t exact; /* 0 of an enclosure */
    mpfi_t interval;
    long bits;
    bool is_exact, has_interval; /* it is made when it is first needed */
};

static void number_init(void *x, long bits)
{
    struct number *number = x;
    mpq_init(number->exact);
    number->bits = bits;
    number->is_exact = true;
    number->has_interval = false;
}

static void number_clear(void *x)
{
    struct number *number = x;
    mpq_clear(number->exact);
    if (number->has_interval)
        mpfi_clear(number->interval);
}

/* Makes place for an enclosure; the exact value stays until exact_end. */
static mpfi_ptr interval_of(struct number *x)
{
    if (!x->has_interval)
        mpfi_init2(x->interval, x->bits > 0 ? (mpfr_prec_t)x->bits : MPFR_PREC_MIN);
    x->has_interval = true;
    return x->interval;
}

static void whole_line(mpfi_ptr x)
{
    mpfr_set_inf(&x->left, -1);
    mpfr_set_inf(&x->right, 1);
}

/* What was worked out is an enclosure now; without a number it is the whole line. */
static void exact_end(struct number *x)
{
    if (mpfi_nan_p(x->interval))
        whole_line(x->interval);
    mpq_set_ui(x->exact, 0, 1);
    x->is_exact = false;
}

static bool is_zero(const struct number *a)
{
    return a->is_exact && mpq_sgn(a->exact) == 0;
}

static void set_exact(struct number *x, mpq_srcptr value)
{
    mpq_set(x->exact, value);
    x->is_exact = true;
}

static void number_set(void *x, const void *a)
{
    const struct number *value = a;
    if (x == a)
        return;
    if (value->is_exact) {
        set_exact(x, value->exact);
        return;
    }
    mpfi_set(interval_of(x), value->interval);
    exact_end(x);
}

static void number_set_rational(void *x, mpq_srcptr value)
{
    set_exact(x, value);
}

static bool number_is_exact(const void *a)
{
    return ((const struct number *)a)->is_exact;
}

static void number_get_rational(mpq_ptr value, const void *a)
{
    mpq_set(value, ((const struct number *)a)->exact);
}

static void number_get_enclosure(struct enclosure *value, const void *a)
{
    const struct number *number = a;
    value->is_exact = number->is_exact;
    mpq_set(value->exact, number->exact);
    if (number->is_exact)
        return;
    mpfr_set_prec(value->lower, mpfr_get_prec(&number->interval->left));
    mpfr_set_prec(value->upper, mpfr_get_prec(&number->interval->right));
    mpfr_set(value->lower, &number->interval->left, MPFR_RNDD);
    mpfr_set(value->upper, &number->interval->right, MPFR_RNDU);
}

static void number_set_enclosure(void *x, const struct enclosure *value)
{
    struct number *number = x;
    if (value->is_exact) {
        set_exact(number, value->exact);
        return;
    }
    mpfi_interv_fr(interval_of(number), value->lower, value->upper);
    exact_end(number);
}

static void number_add(void *x, const void *a, const void *b)
{
    const struct number *left = a, *right = b;
    struct number *sum = x;
    if (left->is_exact && right->is_exact) {
        mpq_add(sum->exact, left->exact, right->exact);
        sum->is_exact = true;
        return;
    }
    mpfi_ptr interval = interval_of(sum);
    if (left->is_exact)
        mpfi_add_q(interval, right->interval, left->exact);
    else if (right->is_exact)
        mpfi_add_q(interval, left->interval, right->exact);
    else
        mpfi_add(interval, left->interval, right->interval);
    exact_end(sum);
}

static void number_multiply(void *x, const void *a, const void *b)
{
    const struct number *left = a, *right = b;
    struct number *product = x;
    if ((left->is_exact && right->is_exact) || is_zero(left) || is_zero(right)) {
        mpq_mul(product->exact, left->exact, right->exact);
        product->is_exact = true;
        return;
    }
    mpfi_ptr interval = interval_of(product);
    if (left->is_exact)
        mpfi_mul_q(interval, right->interval, left->exact);
    else if (right->is_exact)
        mpfi_mul_q(interval, left->interval, right->exact);
    else
        mpfi_mul(interval, left->interval, right->interval);
    exact_end(product);
}

static void number_negate(void *x, const void *a)
{
    const struct number *value = a;
    struct number *negative = x;
    if (value->is_exact) {
        mpq_neg(negative->exact, value->exact);
        negative->is_exact = true;
        return;
    }
    mpfi_neg(interval_of(negative), value->interval);
    exact_end(negative);
}

/* Of an enclosure with 0 in it nothing is known of the inverse. */
static bool number_invert(void *x, const void *a)
{
    const struct number *value = a;
    struct number *inverse = x;
    if (value->is_exact) {
        if (mpq_sgn(value->exact) == 0)
            return false;
        mpq_inv(inverse->exact, value->exact);
        inverse->is_exact = true;
        return true;
    }
    mpfi_ptr interval = interval_of(inverse);
    if (mpfi_has_zero(value->interval))
        whole_line(interval);
    else
        mpfi_inv(interval, value->interval);
    exact_end(inverse);
    return true;
}

static size_t number_bits_of(const void *a)
{
    const struct number *number = a;
    if (!number->is_exact)
        return 1;
    return mpz_sizeinbase(mpq_numref(number->exact), 2) +
           mpz_sizeinbase(mpq_denref(number->exact), 2);
}

/* Functions. */

/* An interval with both signs. */
static bool has_both_signs(mpfi_srcptr interval)
{
    return mpfr_sgn(&interval->left) <= 0 && mpfr_sgn(&interval->right) >= 0;
}

/* The slope of a function with a kink at 0: `low` below, `high` above, `middle` at 0. */
struct kink {
    mpq_t low, high, middle;
};

static void set_to_slopes(struct number *x, const struct kink *kink)
{
    mpfi_ptr interval = interval_of(x);
    mpfi_set_q(interval, kink->low);
    mpfi_put_q(interval, kink->high);
    mpfi_put_q(interval, kink->middle);
    exact_end(x);
}

static void multiply_by(struct number *x, const struct number *a, mpq_srcptr factor)
{
    struct number slope;
    number_init(&slope, x->bits);
    set_exact(&slope, factor);
    number_multiply(x, a, &slope);
    number_clear(&slope);
}

/* A function that is `low` z below 0 and `high` z above, on an interval with both signs.
 */
static void multiply_by_both(struct number *x, const struct number *a,
                             const struct kink *kink)
{
    struct number left, right;
    number_init(&left, x->bits);
    number_init(&right, x->bits);
    mpfi_interv_fr(interval_of(&left), &a->interval->left, &a->interval->left);
    mpfi_put_si(left.interval, 0);
    exact_end(&left);
    mpfi_interv_fr(interval_of(&right), &a->interval->right, &a->interval->right);
    mpfi_put_si(right.interval, 0);
    exact_end(&right);
    multiply_by(&left, &left, kink->low);
    multiply_by(&right, &right, kink->high);
    mpfi_ptr interval = interval_of(x);
    mpfi_set_si(interval, 0);
    if (!left.is_exact)
        mpfi_union(interval, interval, left.interval);
    if (!right.is_exact)
        mpfi_union(interval, interval, right.interval);
    exact_end(x);
    number_clear(&left);
    number_clear(&right);
}

static bool has_kink(const struct arith_call *call)
{
    switch (call->function) {
    case FUNCTION_RELU:
    case FUNCTION_LEAKY_RELU:
    case FUNCTION_ABS:
    case FUNCTION_STEP:
    case FUNCTION_SIGN:
        return true;
    default:
        return false;
    }
}

/* low + step_at_zero (high - low), where that is defined. */
static void set_middle(struct kink *kink, const struct arith_call *call)
{
    mpq_set(kink->middle, kink->low);
    if (call->step_at_zero == NULL)
        return;
    mpq_sub(kink->middle, kink->high, kink->low);
    mpq_mul(kink->middle, kink->middle, call->step_at_zero);
    mpq_add(kink->middle, kink->middle, kink->low);
}

/* What multiplies z on both sides of 0; of step and sign the values there. */
static void kink_init(struct kink *kink, const struct arith_call *call)
{
    bool is_even = call->function == FUNCTION_ABS || call->function == FUNCTION_SIGN;
    mpq_inits(kink->low, kink->high, kink->middle, NULL);
    if (call->is_derivative &&
        (call->function == FUNCTION_STEP || call->function == FUNCTION_SIGN))
        return;
    mpq_set_ui(kink->high, 1, 1);
    if (call->function == FUNCTION_LEAKY_RELU)
        mpq_set(kink->low, call->parameter);
    else
        mpq_set_si(kink->low, is_even ? -1 : 0, 1);
    if (!is_even)
        set_middle(kink, call);
}

static void kink_clear(struct kink *kink)
{
    mpq_clears(kink->low, kink->high, kink->middle, NULL);
}

/* A function with a kink, at an enclosure. */
static void apply_kink(struct number *x, const struct arith_call *call,
                       const struct number *a)
{
    struct kink kink;
    bool is_slope = call->is_derivative || call->function == FUNCTION_STEP ||
                    call->function == FUNCTION_SIGN;
    kink_init(&kink, call);
    if (has_both_signs(a->interval)) {
        if (is_slope)
            set_to_slopes(x, &kink);
        else
            multiply_by_both(x, a, &kink);
    } else {
        mpq_srcptr side = mpfr_sgn(&a->interval->left) > 0 ? kink.high : kink.low;
        if (is_slope)
            set_exact(x, side);
        else
            multiply_by(x, a, side);
    }
    kink_clear(&kink);
}

static enum arith_fault apply_smooth(struct number *x, const struct arith_call *call,
                                     const struct number *a)
{
    if (x->bits == 0)
        return ARITH_IRRATIONAL;
    mpfi_t argument;
    mpfi_init2(argument, (mpfr_prec_t)x->bits);
    if (a->is_exact)
        mpfi_set_q(argument, a->exact);
    else
        mpfi_set(argument, a->interval);
    enum arith_fault fault = mpfi_function(interval_of(x), call, argument);
    exact_end(x);
    mpfi_clear(argument);
    return fault;
}

static enum arith_fault apply_one(struct number *x, const struct arith_call *call,
                                  const struct number *a)
{
    if (a->is_exact) {
        enum arith_fault fault = gmp_function(x->exact, call, a->exact);
        if (fault == ARITH_OK)
            x->is_exact = true;
        if (fault != ARITH_IRRATIONAL)
            return fault;
    }
    if (!a->is_exact && has_kink(call)) {
        apply_kink(x, call, a);
        return ARITH_OK;
    }
    return apply_smooth(x, call, a);
}

/* max(a, b) = b + relu(a - b); by its first argument it has the slope step(a - b), by the
 * second step(b - a). */
static enum arith_fault apply_max(struct number *x, const struct arith_call *call,
                                  const struct number *a, const struct number *b)
{
    struct arith_call part = {.function =
                                  call->is_derivative ? FUNCTION_STEP : FUNCTION_RELU,
                              .step_at_zero = call->step_at_zero};
    bool by_second = call->is_derivative && call->argument == 1;
    struct number difference;
    number_init(&difference, x->bits);
    number_negate(&difference, by_second ? a : b);
    number_add(&difference, &difference, by_second ? b : a);
    enum arith_fault fault = apply_one(&difference, &part, &difference);
    if (call->is_derivative)
        number_set(x, &difference);
    else
        number_add(x, b, &difference);
    number_clear(&difference);
    return fault;
}

static enum arith_fault number_apply(void *x, const struct arith_call *call,
                                     const void *const *arguments)
{
    if (call->function == FUNCTION_MAX)
        return apply_max(x, call, arguments[0], arguments[1]);
    return apply_one(x, call, arguments[0]);
}

const struct arith arith_gmp = {
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
