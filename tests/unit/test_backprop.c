#include "eval/backprop.h"

#include "../given.h"
#include "eval/values.h"

#include <stdlib.h>

static struct given given;
static struct values values;
static struct backprop *backprop;

static void begin(const char *spec)
{
    given_init(&given, spec);
    values_init(&values, given.network, &given.budget);
    ck_assert(values_take_given(&values, &given.diags));
    ck_assert(backprop_applies(given.network));
    backprop = backprop_new(given.network, values.items, NULL);
}

static void end(void)
{
    backprop_free(backprop);
    values_clear(&values);
    given_clear(&given);
}

static void check(const char *name, long numerator, unsigned long denominator)
{
    mpq_t gradient;
    mpq_init(gradient);
    backprop_gradient(backprop, given_node(&given, name), gradient);
    ck_assert_msg(mpq_cmp_si(gradient, numerator, denominator) == 0, "dE/d%s is %ld/%lu",
                  name, mpz_get_si(mpq_numref(gradient)),
                  mpz_get_ui(mpq_denref(gradient)));
    mpq_clear(gradient);
}

/* h = (5, -3/4), y = 27/4, y - t = 7/4. */
START_TEST(half_squares)
{
    begin("inputs x 2\nlayer h 2\nlayer y 1\nbiases\n"
          "let x = 1/2 -3\nlet t = 5\n"
          "let w_{11}^1 w_{12}^1 w_{21}^1 w_{22}^1 = 2 1 0.5 1/3\n"
          "let b_1^1 b_2^1 = 7 0\nlet w_{11}^2 w_{12}^2 = 1 -2\nlet b_1^2 = 1/4\n");
    check("w_{11}^{2}", 35, 4);
    check("w_{12}^{2}", -21, 16);
    check("b_{1}^{2}", 7, 4);
    check("w_{11}^{1}", 7, 8);
    check("w_{22}^{1}", 21, 2);
    check("b_{2}^{1}", -7, 2);
    check("x_{1}", 7, 4);
    check("x_{2}", 7, 12);
    check("h_{2}", -7, 2);
    check("y_{1}", 7, 4);
    check("t_{1}", -7, 4);
    check("E", 1, 1);
    end();
}
END_TEST

/* y = (3, 8), t = (1, 1). */
static const char two_outputs[] = "inputs x 1\nlayer y 2\nweights w_{<edge-all>}\n"
                                  "let x = 1/2\nlet w_1 w_2 = 6 16\nlet t = 1 1\n";

static void begin_with_error(const char *kind)
{
    struct buf spec;
    buf_init(&spec);
    buf_format(&spec, "%serror %s\n", two_outputs, kind);
    begin(buf_peek(&spec));
    buf_clear(&spec);
}

START_TEST(squares)
{
    begin_with_error("squares");
    check("w_{1}", 2, 1);
    check("w_{2}", 7, 1);
    check("x_{1}", 248, 1);
    check("t_{2}", -14, 1);
    end();
}
END_TEST

START_TEST(mean_squares)
{
    begin_with_error("mean-squares");
    check("w_{1}", 1, 1);
    check("w_{2}", 7, 2);
    check("x_{1}", 124, 1);
    check("t_{2}", -7, 1);
    end();
}
END_TEST

/* Two samples of two outputs, y = (x, 2 x): y - t = (1, 2) and (3, 5). */
static const struct {
    const char *error, *samples;
    long numerator;
    unsigned long denominator;
} batches[] = {
    {"half-squares", "summed", 11, 1},   {"half-squares", "averaged", 11, 2},
    {"squares", "averaged", 11, 1},      {"mean-squares", "summed", 11, 1},
    {"mean-squares", "averaged", 11, 2},
};

START_TEST(samples)
{
    struct buf spec;
    buf_init(&spec);
    buf_format(&spec,
               "inputs x 1\nlayer y 2\nweights w_{<edge-all>}\nerror %s\nsamples 2 %s\n"
               "let x = 2; 3\nlet w_1 w_2 = 1 2\nlet t = 1 2; 0 1\n",
               batches[_i].error, batches[_i].samples);
    begin(buf_peek(&spec));
    check("w_{1}", batches[_i].numerator, batches[_i].denominator);
    end();
    buf_clear(&spec);
}
END_TEST

/* h = 2 * 3, y = 5 h + 7 x = 44, y - t = 4. */
START_TEST(skip_connections)
{
    begin("input x\nlayer h\nlayer y from h, x\nweights w_{<edge-all>}\n"
          "let x = 2\nlet w_1 w_2 w_3 = 3 5 7\nlet t = 40\n");
    check("w_{1}", 40, 1);
    check("w_{2}", 24, 1);
    check("w_{3}", 8, 1);
    check("x", 88, 1);
    check("h", 20, 1);
    end();
}
END_TEST

/* The same network with its layers declared the other way round. */
START_TEST(layers_in_any_order)
{
    begin("input x\nlayer y from h, x\nlayer h from x\noutputs y\n"
          "weights w_{<edge-all>}\nlet x = 2\nlet w_1 w_2 w_3 = 5 7 3\nlet t = 40\n");
    check("w_{1}", 24, 1);
    check("w_{2}", 8, 1);
    check("w_{3}", 40, 1);
    check("x", 88, 1);
    end();
}
END_TEST

/* E = 1/2 sum (x_i - y_i)^2 with y = W^T W x: x is input and target at once. */
START_TEST(tied_autoencoder)
{
    begin("inputs x 2\nlayer h 1 weights w_{<to><from>}\n"
          "layer y 2 weights w_{<from><to>} tied\ntargets x\n"
          "let x = 1 2\nlet w_{11} w_{12} = 3 1/2\n");
    /* h = 4, y = (12, 2), e = (11, 0), dE/dh = 33 */
    check("h_{1}", 33, 1);
    check("w_{11}", 77, 1);
    check("w_{12}", 66, 1);
    check("x_{1}", 88, 1);
    check("x_{2}", 33, 2);
    end();
}
END_TEST

START_TEST(fixed_weights)
{
    begin("inputs x 2\nlayer y 1\nweights w_{<edge-all>}\nfix w_1 = 0\nfix w_2 = 3\n"
          "let x = 5 2\nlet t = 1\n");
    check("w_{1}", 0, 1);
    check("x_{1}", 0, 1);
    check("x_{2}", 15, 1);
    end();
}
END_TEST

/* z = (4, -1, 0), h = (4, 0, 0), y = h_1 + 2 h_2 + 3 h_3 + x_1 = 6, y - t = 5. */
static const char rectified[] =
    "inputs x 2\nlayer h 3 relu\nlayer y 1 from h, x\nlet x = 2 1\nlet t = 1\n"
    "let w_{11}^1 w_{12}^1 w_{21}^1 w_{22}^1 w_{31}^1 w_{32}^1 = 1 2 -1 1 1/2 -1\n"
    "let w_{11}^2 w_{12}^2 w_{13}^2 w_{14}^2 w_{15}^2 = 1 2 3 1 0\n";

START_TEST(relu)
{
    begin(rectified);
    check("w_{11}^{1}", 10, 1);
    check("w_{12}^{1}", 5, 1);
    check("w_{21}^{1}", 0, 1);
    check("w_{31}^{1}", 0, 1);
    check("w_{11}^{2}", 20, 1);
    check("w_{12}^{2}", 0, 1);
    check("w_{14}^{2}", 10, 1);
    check("h_{3}", 15, 1);
    check("x_{1}", 10, 1);
    check("x_{2}", 10, 1);
    end();
}
END_TEST

START_TEST(relu_at_zero)
{
    mpq_t half;
    mpq_init(half);
    mpq_set_ui(half, 1, 2);
    begin(rectified);
    backprop_free(backprop);
    function_set_step_at_zero(network_pool(given.network), half);
    backprop = backprop_new(given.network, values.items, NULL);
    check("w_{31}^{1}", 15, 1);
    check("w_{32}^{1}", 15, 2);
    check("x_{1}", 55, 4);
    backprop_free(backprop);
    function_set_step_at_zero(network_pool(given.network), NULL);
    backprop = backprop_new(given.network, values.items, NULL);
    ck_assert_ptr_null(backprop);
    end();
    mpq_clear(half);
}
END_TEST

/* f(2) = 3, f'(2) = 5; nothing is drawn elsewhere. */
static bool draw(void *context, const char *name, unsigned primes, mpq_srcptr z,
                 mpq_ptr value)
{
    (void)context;
    if (strcmp(name, "f") != 0 || mpq_cmp_si(z, 2, 1) != 0 || primes > 1)
        return false;
    mpq_set_ui(value, primes == 0 ? 3 : 5, 1);
    return true;
}

/* y = 3 * 1/2, y - t = 1/2, dE/dz = 1/2 * 1/2 * 5. */
START_TEST(arbitrary_function)
{
    struct activation_draws draws = {draw, NULL};
    begin("function f\ninputs x 1\nlayer h 1 f\nlayer y 1\nweights w_{<edge-all>}\n"
          "let x = 4\nlet w_1 w_2 = 1/2 1/2\nlet t = 1\n");
    ck_assert_ptr_null(backprop);
    backprop = backprop_new(given.network, values.items, &draws);
    check("w_{1}", 5, 1);
    check("w_{2}", 3, 2);
    check("h_{1}", 1, 4);
    check("x_{1}", 5, 8);
    end();
}
END_TEST

START_TEST(function_by_another_name)
{
    begin("function g = leaky-relu(1/4)\ninputs x 1\nlayer y 1 g\n"
          "weights w_{<edge-all>}\nlet x = -2\nlet w_1 = 6\nlet t = 1\n");
    /* z = -12, y = -3, dE/dz = -1 */
    check("w_{1}", 2, 1);
    check("x_{1}", -6, 1);
    end();
}
END_TEST

/* What is not regular adds up; what is, is multiplied when it is asked for. */
START_TEST(tied_and_regular_layers)
{
    begin("inputs x 2\nlayer h 2 relu\nlayer g 2 from h weights v_<from> tied\n"
          "layer y 1 from g weights u_<from>\nweights w_{<to><from>}\n"
          "let x = 1 3\nlet w_{11} w_{12} w_{21} w_{22} = 2 1 1/2 1/2\n"
          "let v_1 v_2 = 1/5 -1/2\nlet u_1 u_2 = 3 4\nlet t = 1/7\n");
    /* h = (5, 2), g = (0, 0), y = 0, e = -1/7, dE/dg = (-3/7, -4/7) */
    check("v_{1}", -5, 1);
    check("v_{2}", -2, 1);
    check("u_{1}", 0, 1);
    check("w_{11}", -1, 5);
    check("w_{12}", -3, 5);
    check("w_{21}", 1, 2);
    check("w_{22}", 3, 2);
    end();
}
END_TEST

static const char *const irrational[] = {
    "inputs x 1\nlayer y 1 sigmoid\nlet x = 1\nlet w_{11} = 1\nlet t = 1\n",
    "inputs x 1\nlayer y 1 softmax\nlet x = 1\nlet w_{11} = 1\nlet t = 1\n",
    "inputs x 1\nlayer y 1\nerror cross-entropy\nlet x = 1\nlet w_{11} = 1\nlet t = 1\n",
};

START_TEST(exact_where_rational)
{
    begin(irrational[_i]);
    ck_assert(!backprop_is_rational(given.network));
    ck_assert_ptr_null(backprop);
    end();
}
END_TEST

static const char *const others[] = {
    "function f\ninputs x 1\nlayer h 1 f\nlayer y 1 sigmoid\n",
    "function f(z) = z^2\ninputs x 1\nlayer y 1 f\n",
    "inputs x 1\nlayer h 1\nr_1 = h_1 + x_1\nlayer y 1 from r\n",
    "inputs x 1\nlayer y 1\nerror E = y_1^2\n",
};

START_TEST(applies_to_layers_alone)
{
    given_init(&given, others[_i]);
    ck_assert(!backprop_applies(given.network));
    given_clear(&given);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("backprop");
    TCase *tcase = tcase_create("backprop");
    tcase_add_test(tcase, half_squares);
    tcase_add_test(tcase, squares);
    tcase_add_test(tcase, mean_squares);
    tcase_add_loop_test(tcase, samples, 0, 5);
    tcase_add_test(tcase, skip_connections);
    tcase_add_test(tcase, layers_in_any_order);
    tcase_add_test(tcase, tied_autoencoder);
    tcase_add_test(tcase, fixed_weights);
    tcase_add_test(tcase, relu);
    tcase_add_test(tcase, relu_at_zero);
    tcase_add_test(tcase, arbitrary_function);
    tcase_add_test(tcase, function_by_another_name);
    tcase_add_test(tcase, tied_and_regular_layers);
    tcase_add_loop_test(tcase, exact_where_rational, 0, 3);
    tcase_add_loop_test(tcase, applies_to_layers_alone, 0, 4);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
