#include "eval/activation.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

enum { BITS = 128 };

static mpq_t step, leak, z, value, slope;
static arb_t ball, ball_value, ball_slope;

static void begin(void)
{
    mpq_inits(step, leak, z, value, slope, NULL);
    mpq_set_ui(leak, 1, 100);
    arb_init(ball);
    arb_init(ball_value);
    arb_init(ball_slope);
}

static void end(void)
{
    mpq_clears(step, leak, z, value, slope, NULL);
    arb_clear(ball);
    arb_clear(ball_value);
    arb_clear(ball_slope);
    flint_cleanup();
}

static struct function function_by_id(enum function_id id)
{
    return (struct function){
        .id = id, .name = "f", .parameter = id == FUNCTION_LEAKY_RELU ? leak : NULL};
}

static bool run_exact(enum function_id id, long numerator, unsigned long denominator)
{
    struct function function = function_by_id(id);
    struct activation activation = {&function, step, NULL};
    mpq_set_si(z, numerator, denominator);
    return activation_exact(&activation, z, value, slope);
}

static void check_exact(long value_above, unsigned long value_below, long slope_above,
                        unsigned long slope_below)
{
    ck_assert_int_eq(mpq_cmp_si(value, value_above, value_below), 0);
    ck_assert_int_eq(mpq_cmp_si(slope, slope_above, slope_below), 0);
}

START_TEST(relu_is_exact)
{
    ck_assert(run_exact(FUNCTION_RELU, 5, 3));
    check_exact(5, 3, 1, 1);
    ck_assert(run_exact(FUNCTION_RELU, -5, 3));
    check_exact(0, 1, 0, 1);
    ck_assert(run_exact(FUNCTION_LEAKY_RELU, 5, 3));
    check_exact(5, 3, 1, 1);
    ck_assert(run_exact(FUNCTION_LEAKY_RELU, -5, 3));
    check_exact(-1, 60, 1, 100);
}
END_TEST

START_TEST(relu_at_zero_follows_the_convention)
{
    ck_assert(run_exact(FUNCTION_RELU, 0, 1));
    check_exact(0, 1, 0, 1);
    ck_assert(run_exact(FUNCTION_LEAKY_RELU, 0, 1));
    check_exact(0, 1, 1, 100);
    mpq_set_ui(step, 1, 2);
    ck_assert(run_exact(FUNCTION_RELU, 0, 1));
    check_exact(0, 1, 1, 2);
    ck_assert(run_exact(FUNCTION_LEAKY_RELU, 0, 1));
    check_exact(0, 1, 101, 200);
}
END_TEST

START_TEST(relu_at_zero_may_be_undefined)
{
    struct function relu = function_by_id(FUNCTION_RELU);
    struct activation activation = {&relu, NULL, NULL};
    ck_assert(!activation_exact(&activation, z, value, slope));
    activation_ball(&activation, ball, ball_value, ball_slope, BITS);
    ck_assert(arb_is_zero(ball_value));
    ck_assert(!arb_is_finite(ball_slope));
    arb_set_si(ball, -3);
    activation_ball(&activation, ball, ball_value, ball_slope, BITS);
    ck_assert(arb_is_zero(ball_slope));
}
END_TEST

/* f(z) = 10 z + 1, f'(z) = 10 z + 2 as far as the draws go: they are not looked into. */
static bool draw(void *context, const char *name, unsigned primes, mpq_srcptr at,
                 mpq_ptr drawn)
{
    unsigned *calls = context;
    mpq_t ten;
    ck_assert_str_eq(name, "f");
    ++*calls;
    mpq_init(ten);
    mpq_set_ui(ten, 10, 1);
    mpq_mul(drawn, at, ten);
    mpq_set_ui(ten, primes + 1, 1);
    mpq_add(drawn, drawn, ten);
    mpq_clear(ten);
    return primes < 2;
}

START_TEST(arbitrary_functions_are_drawn)
{
    struct function f = function_by_id(FUNCTION_ARBITRARY);
    unsigned calls = 0;
    struct activation_draws draws = {draw, &calls};
    struct activation activation = {&f, step, &draws};
    mpq_set_si(z, -1, 2);
    ck_assert(activation_exact(&activation, z, value, slope));
    check_exact(-4, 1, -3, 1);
    ck_assert_uint_eq(calls, 2);
    f.primes = 1;
    ck_assert(!activation_exact(&activation, z, value, slope));
    activation.draws = NULL;
    ck_assert(!activation_exact(&activation, z, value, slope));
}
END_TEST

static void run_ball(enum function_id id, slong bits)
{
    struct function function = function_by_id(id);
    struct activation activation = {&function, step, NULL};
    activation_ball(&activation, ball, ball_value, ball_slope, bits);
}

static void check_near(const arb_t x, double expected)
{
    double middle = arf_get_d(arb_midref(x), ARF_RND_NEAR);
    ck_assert_msg(fabs(middle - expected) <= 1e-14 * fabs(expected), "%.17g is not %.17g",
                  middle, expected);
    ck_assert_int_gt(arb_rel_accuracy_bits(x), BITS - 20);
}

static const double points[] = {-30, -2.5, -0.125, 0, 0.0625, 1, 3.75, 40};

START_TEST(balls_are_what_libm_says)
{
    double x = points[_i];
    arb_set_d(ball, x);
    run_ball(FUNCTION_SIGMOID, BITS);
    check_near(ball_value, 1 / (1 + exp(-x)));
    check_near(ball_slope, 0.25 / pow(cosh(x / 2), 2));
    run_ball(FUNCTION_TANH, BITS);
    if (x != 0)
        check_near(ball_value, tanh(x));
    check_near(ball_slope, 1 / pow(cosh(x), 2));
    run_ball(FUNCTION_SOFTPLUS, BITS);
    check_near(ball_value, log1p(exp(x)));
    check_near(ball_slope, 1 / (1 + exp(-x)));
    run_ball(FUNCTION_EXP, BITS);
    check_near(ball_value, exp(x));
    check_near(ball_slope, exp(x));
}
END_TEST

/* Enclosures at low precision hold those at high precision, over wide balls, too. */
START_TEST(balls_enclose)
{
    static const enum function_id ids[] = {FUNCTION_SIGMOID,  FUNCTION_TANH,
                                           FUNCTION_SOFTPLUS, FUNCTION_EXP,
                                           FUNCTION_RELU,     FUNCTION_LEAKY_RELU};
    arb_t wide_value, wide_slope;
    arb_init(wide_value);
    arb_init(wide_slope);
    for (size_t f = 0; f < sizeof ids / sizeof *ids; f++)
        for (int radius = -40; radius <= 0; radius += 8) {
            arb_set_d(ball, points[_i]);
            mag_set_ui_2exp_si(arb_radref(ball), 3, radius);
            run_ball(ids[f], 40);
            arb_set(wide_value, ball_value);
            arb_set(wide_slope, ball_slope);
            for (int side = -1; side <= 1; side++) {
                arb_set_d(ball, points[_i] + side * ldexp(2.75, radius));
                run_ball(ids[f], 400);
                ck_assert(arb_contains(wide_value, ball_value));
                ck_assert(arb_contains(wide_slope, ball_slope));
            }
        }
    arb_clear(wide_slope);
    arb_clear(wide_value);
}
END_TEST

START_TEST(nothing_overflows)
{
    static const enum function_id ids[] = {FUNCTION_SIGMOID, FUNCTION_TANH,
                                           FUNCTION_SOFTPLUS};
    for (size_t f = 0; f < sizeof ids / sizeof *ids; f++)
        for (int sign = -1; sign <= 1; sign += 2) {
            arb_set_si(ball, 10);
            arb_pow_ui(ball, ball, 300, 2000);
            arb_mul_si(ball, ball, sign, 2000);
            run_ball(ids[f], BITS);
            ck_assert(arb_is_finite(ball_value));
            ck_assert(arb_is_finite(ball_slope));
            if (ids[f] != FUNCTION_TANH)
                ck_assert(!arb_is_negative(ball_value));
        }
    arb_set_si(ball, 10);
    arb_pow_ui(ball, ball, 300, 2000);
    run_ball(FUNCTION_SIGMOID, BITS);
    ck_assert(arb_contains_si(ball_value, 1));
    run_ball(FUNCTION_SOFTPLUS, BITS);
    ck_assert(arb_overlaps(ball_value, ball));
}
END_TEST

START_TEST(softmax_is_shifted)
{
    arb_ptr sums = _arb_vec_init(3), units = _arb_vec_init(3);
    arb_set_si(sums, 1000000);
    arb_set_si(sums + 1, 1000001);
    arb_set_si(sums + 2, -1000000);
    arb_mul_2exp_si(sums + 2, sums + 2, 900);
    activation_softmax(units, sums, 3, BITS);
    check_near(units, 1 / (1 + exp(1)));
    check_near(units + 1, 1 / (1 + exp(-1)));
    ck_assert(arb_is_finite(units + 2));
    arb_add(units, units, units + 1, BITS);
    arb_add(units, units, units + 2, BITS);
    ck_assert(arb_contains_si(units, 1));
    _arb_vec_clear(sums, 3);
    _arb_vec_clear(units, 3);
}
END_TEST

/* Against the Jacobian, s_i ([i = j] - s_j), written out. */
START_TEST(softmax_product)
{
    static const double s[] = {0.5, 0.25, 0.125, 0.125}, g[] = {3, -1, 4, 0.5};
    arb_ptr values = _arb_vec_init(4), vector = _arb_vec_init(4),
            product = _arb_vec_init(4);
    for (int i = 0; i < 4; i++) {
        arb_set_d(values + i, s[i]);
        arb_set_d(vector + i, g[i]);
    }
    activation_softmax_product(product, values, vector, 4, BITS);
    for (int i = 0; i < 4; i++) {
        double expected = 0;
        for (int j = 0; j < 4; j++)
            expected += s[i] * ((i == j) - s[j]) * g[j];
        check_near(product + i, expected);
    }
    _arb_vec_clear(values, 4);
    _arb_vec_clear(vector, 4);
    _arb_vec_clear(product, 4);
}
END_TEST

START_TEST(what_is_known)
{
    struct function f = function_by_id(FUNCTION_ARBITRARY);
    f.primes = 1;
    ck_assert(activation_is_known(&f) && activation_is_rational(&f));
    f = function_by_id(FUNCTION_SIGMOID);
    ck_assert(activation_is_known(&f) && !activation_is_rational(&f));
    f.primes = 1;
    ck_assert(!activation_is_known(&f));
    f = function_by_id(FUNCTION_DEFINED);
    ck_assert(!activation_is_known(&f));
    f = function_by_id(FUNCTION_MAX);
    ck_assert(!activation_is_known(&f));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("activation");
    TCase *tcase = tcase_create("activation");
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_test(tcase, relu_is_exact);
    tcase_add_test(tcase, relu_at_zero_follows_the_convention);
    tcase_add_test(tcase, relu_at_zero_may_be_undefined);
    tcase_add_test(tcase, arbitrary_functions_are_drawn);
    tcase_add_loop_test(tcase, balls_are_what_libm_says, 0, 8);
    tcase_add_loop_test(tcase, balls_enclose, 0, 8);
    tcase_add_test(tcase, nothing_overflows);
    tcase_add_test(tcase, softmax_is_shifted);
    tcase_add_test(tcase, softmax_product);
    tcase_add_test(tcase, what_is_known);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
