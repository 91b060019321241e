/* Mazur's worked example, against numbers of PARI (60 digits, derivatives by
 * differences); and against itself. */
#include "eval/training.h"

#include "../given.h"

#include <stdlib.h>

static struct given given;
static struct training training;
static struct training_options options;
static mpq_t rate;

static void setup(void)
{
    mpq_init(rate);
    mpq_set_ui(rate, 1, 2);
    options = (struct training_options){.digits = 30, .rate = rate};
}

static void teardown(void)
{
    mpq_clear(rate);
}

static void run(const char *spec)
{
    given_init(&given, spec);
    ck_assert(
        training_run(&training, given.network, &options, &given.budget, &given.diags));
    ck_assert(training.is_certain);
}

static void end(void)
{
    training_clear(&training);
    given_clear(&given);
}

/* So many digits are certain, and they are these. */
static void check_digits(const struct enclosure *value, const char *expected)
{
    struct buf text;
    buf_init(&text);
    ck_assert(enclosure_write_decimal(&text, value, 30));
    ck_assert_str_eq(buf_peek(&text), expected);
    buf_clear(&text);
}

static const char mazur[] =
    "inputs i 2\nlayer h 2 sigmoid\nlayer o 2 sigmoid\ntargets t\nerror half-squares\n"
    "weights w_{<edge-all>}\nbiases b_<layer> tied\nlet i = 0.05 0.10\nlet t = 0.01 "
    "0.99\n"
    "let w_1..w_8 = 0.15 0.20 0.25 0.30 0.40 0.45 0.50 0.55\nlet b_1 b_2 = 0.35 0.60\n";

static size_t place_of(const char *name)
{
    node_id node = given_node(&given, name);
    size_t i = 0;
    while (training_parameter(&training, i)->node != node)
        ck_assert_uint_lt(++i, training.parameter_count);
    return i;
}

static void check_parameter(const char *name, const char *derivative, const char *updated)
{
    size_t i = place_of(name);
    check_digits(&training_parameter(&training, i)->path_sum, derivative);
    check_digits(&training.updated[i], updated);
}

START_TEST(a_worked_example)
{
    run(mazur);
    struct enclosure error;
    enclosure_init(&error);
    training_value(&training, network_error(given.network), &error);
    check_digits(&error, "0.298371108760002688607381947666…");
    check_digits(&training.error_after, "0.285750886699296497375702988662…");
    enclosure_clear(&error);
    check_parameter("w_{1}", "0.000438567734474346727048375599047…",
                    "0.149780716132762826636475812200…");
    check_parameter("w_{4}", "0.000995425470521720143118354010633…",
                    "0.299502287264739139928440822995…");
    check_parameter("w_{5}", "0.0821670405642307788464190335541…",
                    "0.358916479717884610576790483223…");
    check_parameter("w_{6}", "0.0826676278475332553201711827420…",
                    "0.408666186076233372339914408629…");
    check_parameter("w_{7}", "-0.0226025404774750598484962606970…",
                    "0.511301270238737529924248130349…");
    check_parameter("w_{8}", "-0.0227402422159782107528874770124…",
                    "0.561370121107989105376443738506…");
    size_t bias = place_of("b_{1}");
    check_digits(&training_parameter(&training, bias)->path_sum,
                 "0.0187256093947041359721510520873…");
    ck_assert_uint_eq(training.signal_count, 4);
    end();
}
END_TEST

/* E = (2 w - 1)^2/2 with w = 3: dE/dw = 2 (2 w - 1) = 10; a step of 1/2 leads to w = -2,
 * E = 25/2. */
START_TEST(exact_where_nothing_is_irrational)
{
    run("inputs x 1\nlayer y 1\nlet x = 2\nlet w = 3\nlet t = 1\n");
    ck_assert(training.updated[0].is_exact);
    ck_assert_int_eq(mpq_cmp_si(training.updated[0].exact, -2, 1), 0);
    ck_assert(training.error_after.is_exact);
    ck_assert_int_eq(mpq_cmp_si(training.error_after.exact, 25, 2), 0);
    end();
}
END_TEST

/* Signals come from the error backwards, a layer's in order. */
START_TEST(signals_in_their_order)
{
    static const char *const names[] = {"z_{1}^{2}", "z_{2}^{2}", "z_{1}^{1}",
                                        "z_{2}^{1}", "z_{3}^{1}"};
    options.rate = NULL;
    run("inputs x 1\nlayer h 3 tanh\nlayer y 2 sigmoid\n");
    ck_assert_uint_eq(training.signal_count, 5);
    ck_assert(!training.has_step && training.updated == NULL);
    for (size_t i = 0; i < 5; i++)
        ck_assert_int_eq(training.crosscheck.rows[i].node, given_node(&given, names[i]));
    end();
}
END_TEST

START_TEST(too_little_precision_is_not_certain)
{
    options.max_bits = 32;
    given_init(&given, mazur);
    ck_assert(
        training_run(&training, given.network, &options, &given.budget, &given.diags));
    ck_assert(!training.is_certain);
    end();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("training");
    TCase *tcase = tcase_create("training");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_worked_example);
    tcase_add_test(tcase, exact_where_nothing_is_irrational);
    tcase_add_test(tcase, signals_in_their_order);
    tcase_add_test(tcase, too_little_precision_is_not_certain);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
