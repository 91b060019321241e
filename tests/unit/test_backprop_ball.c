/* Gradients in balls against the complex step (Squire and Trapp, 1998): dE/dw is the
   imaginary part of E(w + i h) / h, exact to rounding for h = 10^-30, so that nothing but
   the forward formulas is needed. */
#include "eval/backprop_ball.h"

#include "../given.h"
#include "eval/backprop.h"
#include "eval/values.h"

#include <complex.h>
#include <math.h>
#include <stdlib.h>

typedef long double complex number;

static struct given given;
static struct values values;
static struct backprop_ball *backprop;

static void begin(const char *spec)
{
    given_init(&given, spec);
    values_init(&values, given.network, &given.budget);
    ck_assert(values_take_given(&values, &given.diags));
    ck_assert(backprop_applies(given.network));
    backprop = backprop_ball_new(given.network, values.items, 128);
}

static void end(void)
{
    backprop_ball_free(backprop);
    values_clear(&values);
    given_clear(&given);
    flint_cleanup();
}

static long double gradient_of(node_id node)
{
    arb_t gradient;
    arb_init(gradient);
    backprop_ball_gradient(backprop, node, gradient);
    ck_assert_msg(arb_rel_accuracy_bits(gradient) > 90 || arb_is_zero(gradient) ||
                      mag_cmp_2exp_si(arb_radref(gradient), -90) < 0,
                  "node %d is inaccurate", (int)node);
    double middle = arf_get_d(arb_midref(gradient), ARF_RND_NEAR);
    arb_clear(gradient);
    return middle;
}

static void check_node(node_id node, const char *name, long double expected)
{
    long double actual = gradient_of(node);
    ck_assert_msg(fabsl(actual - expected) <= 1e-12L * fabsl(expected),
                  "dE/d%s is %.17Lg, not %.17Lg", name, actual, expected);
}

static void check_near(const char *name, long double expected)
{
    check_node(given_node(&given, name), name, expected);
}

/* A network of the test's own: h = f(A x + a), y = g(B (h, x) + b). */
enum { INPUTS = 2, UNITS = 3, OUTPUTS = 2, WIDTH = UNITS + INPUTS };
struct net {
    number x[INPUTS], t[OUTPUTS];
    number A[UNITS][INPUTS], a[UNITS], B[OUTPUTS][WIDTH], b[OUTPUTS];
    const char *hidden, *output, *error;
};

static number apply(const char *f, number z)
{
    if (strcmp(f, "sigmoid") == 0)
        return 1 / (1 + cexpl(-z));
    if (strcmp(f, "tanh") == 0)
        return ctanhl(z);
    if (strcmp(f, "relu") == 0)
        return creall(z) > 0 ? z : 0;
    if (strcmp(f, "softplus") == 0)
        return clogl(1 + cexpl(z));
    return strcmp(f, "exp") == 0 ? cexpl(z) : z;
}

static void activate(const char *f, number *z, int count)
{
    number sum = 0;
    for (int i = 0; i < count; i++)
        sum += cexpl(z[i]);
    for (int i = 0; i < count; i++)
        z[i] = strcmp(f, "softmax") == 0 ? cexpl(z[i]) / sum : apply(f, z[i]);
}

static number loss(const char *error, number y, number t)
{
    if (strcmp(error, "half-squares") == 0)
        return (t - y) * (t - y) / 2;
    if (strcmp(error, "squares") == 0)
        return (t - y) * (t - y);
    if (strcmp(error, "mean-squares") == 0)
        return (t - y) * (t - y) / OUTPUTS;
    if (strcmp(error, "cross-entropy") == 0)
        return -t * clogl(y);
    return -t * clogl(y) - (1 - t) * clogl(1 - y);
}

static number run(const struct net *net)
{
    number s[WIDTH], y[OUTPUTS], sum = 0;
    for (int j = 0; j < UNITS; j++) {
        s[j] = net->a[j];
        for (int i = 0; i < INPUTS; i++)
            s[j] += net->A[j][i] * net->x[i];
    }
    activate(net->hidden, s, UNITS);
    for (int i = 0; i < INPUTS; i++)
        s[UNITS + i] = net->x[i];
    for (int k = 0; k < OUTPUTS; k++) {
        y[k] = net->b[k];
        for (int j = 0; j < WIDTH; j++)
            y[k] += net->B[k][j] * s[j];
    }
    activate(net->output, y, OUTPUTS);
    for (int k = 0; k < OUTPUTS; k++)
        sum += loss(net->error, y[k], net->t[k]);
    return sum;
}

static void check_all(struct net *net, const char *letter, number *places, int count)
{
    for (int i = 0; i < count; i++) {
        char name[40];
        int width = letter[0] == 'A' ? INPUTS : WIDTH;
        if (letter[0] == 'A' || letter[0] == 'B')
            snprintf(name, sizeof name, "w_{%d%d}^{%d}", i / width + 1, i % width + 1,
                     letter[0] - 'A' + 1);
        else
            snprintf(name, sizeof name, letter, i + 1);
        places[i] += 1e-30L * I;
        check_near(name, cimagl(run(net)) / 1e-30L);
        places[i] = creall(places[i]);
    }
}

static const char *const hidden_kinds[] = {"identity", "sigmoid",  "tanh",
                                           "relu",     "softplus", "exp"};
static const struct {
    const char *output, *error;
} ends[] = {
    {"identity", "half-squares"}, {"sigmoid", "squares"},
    {"softmax", "mean-squares"},  {"softmax", "cross-entropy"},
    {"sigmoid", "cross-entropy"}, {"sigmoid", "binary-cross-entropy"},
    {"relu", "half-squares"},     {"softmax", "binary-cross-entropy"},
    {"exp", "mean-squares"},      {"tanh", "half-squares"},
};
enum { HIDDEN_COUNT = 6, END_COUNT = sizeof ends / sizeof *ends };

static void write_values(struct buf *spec, const char *names, number *places, int count,
                         const char *numbers)
{
    char *rest;
    buf_format(spec, "let %s = %s\n", names, numbers);
    for (int i = 0; i < count; i++) {
        places[i] = strtold(numbers, &rest);
        numbers = rest;
    }
}

static void write_net(struct buf *spec, struct net *net)
{
    buf_format(spec,
               "inputs x 2\nlayer h 3 %s\nlayer y 2 from h, x %s\nbiases\n"
               "targets t\nerror %s\n",
               net->hidden, net->output, net->error);
    write_values(spec, "x", net->x, INPUTS, "0.7 -0.4");
    write_values(spec, "t", net->t, OUTPUTS, "0.35 0.85");
    write_values(spec, "w_{11}^1 w_{12}^1 w_{21}^1 w_{22}^1 w_{31}^1 w_{32}^1",
                 &net->A[0][0], UNITS * INPUTS, "0.9 -0.3 -1.1 0.6 0.2 0.5");
    write_values(spec, "b_1^1 b_2^1 b_3^1", net->a, UNITS, "0.1 0.25 -0.15");
    write_values(spec,
                 "w_{11}^2 w_{12}^2 w_{13}^2 w_{14}^2 w_{15}^2 "
                 "w_{21}^2 w_{22}^2 w_{23}^2 w_{24}^2 w_{25}^2",
                 &net->B[0][0], OUTPUTS * WIDTH,
                 "0.4 -0.8 0.3 0.15 -0.65 0.55 0.35 -0.2 0.05 -0.45");
    write_values(spec, "b_1^2 b_2^2", net->b, OUTPUTS, "0.2 -0.1");
}

START_TEST(complex_step)
{
    struct net net = {.hidden = hidden_kinds[_i % HIDDEN_COUNT],
                      .output = ends[_i / HIDDEN_COUNT].output,
                      .error = ends[_i / HIDDEN_COUNT].error};
    struct buf spec;
    buf_init(&spec);
    write_net(&spec, &net);
    begin(buf_peek(&spec));
    check_all(&net, "x_{%d}", net.x, INPUTS);
    check_all(&net, "t_{%d}", net.t, OUTPUTS);
    check_all(&net, "A", &net.A[0][0], UNITS * INPUTS);
    check_all(&net, "B", &net.B[0][0], OUTPUTS * WIDTH);
    check_all(&net, "b_{%d}^{1}", net.a, UNITS);
    check_all(&net, "b_{%d}^{2}", net.b, OUTPUTS);
    end();
    buf_clear(&spec);
}
END_TEST

/* y = sigma(2 x w) with tied weights: h = tanh(w x), y = sigma(w h). */
START_TEST(tied_weights)
{
    begin("input x\nlayer h tanh\nlayer y sigmoid\nweights w tied\nlet x = 0.3\n"
          "let w = 1.7\nlet t = 0.25\n");
    long double w = 1.7L, x = 0.3L, h = tanhl(w * x), y = 1 / (1 + expl(-w * h));
    long double delta = (y - 0.25L) * y * (1 - y);
    check_near("w", delta * (h + w * (1 - h * h) * x));
    check_near("h", delta * w);
    check_near("x", delta * w * (1 - h * h) * w);
    check_node(network_layer(given.network, 0)->sums.first, "z", delta * w * (1 - h * h));
    check_near("y", y - 0.25L);
    check_near("t", 0.25L - y);
    check_near("E", 1);
    end();
}
END_TEST

START_TEST(tied_autoencoder)
{
    begin("inputs x 2\nlayer h 1 weights w_{<to><from>} sigmoid\n"
          "layer y 2 weights w_{<from><to>} tied\ntargets x\n"
          "let x = 1 2\nlet w_{11} w_{12} = 0.5 -0.75\n");
    long double h = 1 / (1 + expl(1)), e1 = 0.5L * h - 1, e2 = -0.75L * h - 2;
    long double delta = (0.5L * e1 - 0.75L * e2) * h * (1 - h);
    check_near("w_{11}", e1 * h + delta);
    check_near("w_{12}", e2 * h + 2 * delta);
    check_near("x_{1}", delta * 0.5L - e1);
    check_near("x_{2}", delta * -0.75L - e2);
    end();
}
END_TEST

START_TEST(missing_and_fixed_weights)
{
    begin("inputs x 2\nlayer y 1 sigmoid\nweights w_{<edge-all>}\nfix w_1 = 0\n"
          "fix w_2 = 3\nlet x = 5 0.2\nlet t = 1\n");
    long double y = 1 / (1 + expl(-0.6L)), delta = (y - 1) * y * (1 - y);
    check_near("w_{1}", 0);
    check_near("w_{2}", delta * 0.2L);
    check_near("x_{1}", 0);
    check_near("x_{2}", delta * 3);
    end();
}
END_TEST

/* Denominators beyond the precision are rounded, not multiplied up. */
START_TEST(long_denominators)
{
    begin("inputs x 2\nlayer y 1 sigmoid\nweights w_{<edge-all>}\n"
          "let x = 1/340282366920938463463374607431768211507 "
          "2/1000000000000000000000000000000000000000000000000003\n"
          "let w_1 w_2 = 340282366920938463463374607431768211507/2 "
          "1000000000000000000000000000000000000000000000000003/7\nlet t = 0\n");
    long double y = 1 / (1 + expl(-0.5L - 2 / 7.0L)), delta = y * y * (1 - y);
    check_near("w_{1}", delta / 340282366920938463463374607431768211507.0L);
    end();
}
END_TEST

/* z = 1/3 - 1/3 is 0 exactly: the convention decides, no enclosure of 0. */
START_TEST(relu_at_exactly_zero)
{
    begin("inputs x 2\nlayer h 1 relu\nlayer y 1 sigmoid\nweights w_{<edge-all>}\n"
          "let x = 1/3 1/3\nlet w_1 w_2 w_3 = 1 -1 2\nlet t = 1\n");
    check_near("x_{1}", 0);
    check_near("h_{1}", -0.25L);
    end();
}
END_TEST

/* At 53 bits and at 400: the wide enclosure holds the narrow one. */
START_TEST(precision)
{
    struct net net = {.hidden = hidden_kinds[_i % HIDDEN_COUNT],
                      .output = ends[_i / HIDDEN_COUNT].output,
                      .error = ends[_i / HIDDEN_COUNT].error};
    struct buf spec;
    buf_init(&spec);
    write_net(&spec, &net);
    begin(buf_peek(&spec));
    struct backprop_ball *low = backprop_ball_new(given.network, values.items, 53),
                         *high = backprop_ball_new(given.network, values.items, 400);
    arb_t wide, narrow;
    arb_init(wide);
    arb_init(narrow);
    for (node_id node = 0; node < network_count(given.network); node++) {
        backprop_ball_gradient(low, node, wide);
        backprop_ball_gradient(high, node, narrow);
        ck_assert(arb_is_finite(wide) && arb_contains(wide, narrow));
        ck_assert_int_lt(mag_cmp_2exp_si(arb_radref(narrow), -380), 0);
    }
    arb_clear(wide);
    arb_clear(narrow);
    backprop_ball_free(low);
    backprop_ball_free(high);
    end();
    buf_clear(&spec);
}
END_TEST

/* Where rationals go all the way, balls hold what the exact passes say. */
START_TEST(exact_networks)
{
    begin(
        "inputs x 2\nlayer h 3 relu\nlayer y 2 from h, x\nbiases\nerror mean-squares\n"
        "let x = 1/3 -3\nlet t = 5 1/7\n"
        "let w_{11}^1 w_{12}^1 w_{21}^1 w_{22}^1 w_{31}^1 w_{32}^1 = 2 1 0.5 1/3 1 -1/9\n"
        "let b_1^1 b_2^1 b_3^1 = 7 0 2\n"
        "let w_{11}^2 w_{12}^2 w_{13}^2 w_{14}^2 w_{15}^2 = 1 -2 1/3 2/7 5\n"
        "let w_{21}^2 w_{22}^2 w_{23}^2 w_{24}^2 w_{25}^2 = 2 1/2 -1/3 1/7 6\n"
        "let b_1^2 b_2^2 = 1/4 3\n");
    struct backprop *exact = backprop_new(given.network, values.items, NULL);
    mpq_t rational;
    fmpq_t expected;
    arb_t ball;
    mpq_init(rational);
    fmpq_init(expected);
    arb_init(ball);
    for (node_id node = 0; node < network_count(given.network); node++) {
        backprop_gradient(exact, node, rational);
        fmpq_set_mpq(expected, rational);
        backprop_ball_gradient(backprop, node, ball);
        ck_assert(arb_contains_fmpq(ball, expected));
    }
    arb_clear(ball);
    fmpq_clear(expected);
    mpq_clear(rational);
    backprop_free(exact);
    end();
}
END_TEST

START_TEST(huge_sums_stay_finite)
{
    begin("input x\nlayer h sigmoid\nlayer y 2 softmax\nerror cross-entropy\n"
          "weights w_{<edge-all>}\nlet x = 1e300\nlet w_1 w_2 w_3 = -1 1e300 3\n"
          "let t = 1 0\n");
    check_near("w_{1}", 0);
    check_near("w_{2}", 0);
    check_near("h", -5e299L);
    end();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("backprop_ball");
    TCase *tcase = tcase_create("backprop_ball");
    tcase_add_loop_test(tcase, complex_step, 0, HIDDEN_COUNT * END_COUNT);
    tcase_add_loop_test(tcase, precision, 0, HIDDEN_COUNT * END_COUNT);
    tcase_add_test(tcase, tied_weights);
    tcase_add_test(tcase, tied_autoencoder);
    tcase_add_test(tcase, missing_and_fixed_weights);
    tcase_add_test(tcase, long_denominators);
    tcase_add_test(tcase, relu_at_exactly_zero);
    tcase_add_test(tcase, exact_networks);
    tcase_add_test(tcase, huge_sums_stay_finite);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
