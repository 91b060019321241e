#include "eval/crosscheck.h"

#include "../given.h"

#include <stdlib.h>

static struct given given;
static struct crosscheck crosscheck;
static struct crosscheck_options options;

static bool run(const char *spec)
{
    given_init(&given, spec);
    return crosscheck_run(&crosscheck, given.network, &options, &given.budget,
                          &given.diags);
}

static void setup(void)
{
    options = (struct crosscheck_options){.goal = -1};
}

static void end(void)
{
    crosscheck_clear(&crosscheck);
    given_clear(&given);
}

static mpq_srcptr path_sum_of(size_t row)
{
    ck_assert(crosscheck.rows[row].path_sum.is_exact);
    return crosscheck.rows[row].path_sum.exact;
}

static void check_row(size_t row, const char *name, unsigned long paths)
{
    struct buf text;
    buf_init(&text);
    network_name(given.network, crosscheck.rows[row].node, &text);
    ck_assert_str_eq(buf_peek(&text), name);
    ck_assert_int_eq(mpz_cmp_ui(crosscheck.rows[row].path_count, paths), 0);
    ck_assert_int_eq(crosscheck.rows[row].verdict, CROSSCHECK_EQUAL);
    ck_assert(mpq_equal(path_sum_of(row), crosscheck.rows[row].others[0].exact));
    buf_clear(&text);
}

static const char layered[] = "inputs x 2\nlayer h 2\nlayer h 2\nlayer y 2\nbiases\n";

START_TEST(layers_by_backprop)
{
    ck_assert(run(layered));
    ck_assert_int_eq(crosscheck.methods[0], CROSSCHECK_BACKPROP);
    ck_assert(crosscheck.is_random && crosscheck.is_by_default);
    ck_assert_uint_eq(crosscheck.seed, 1);
    ck_assert_uint_eq(crosscheck.count, 18);
    ck_assert_uint_eq(crosscheck.verdicts[CROSSCHECK_DIFFER], 0);
    check_row(0, "w_{11}^{1}", 4);
    ck_assert_int_ne(mpq_sgn(path_sum_of(0)), 0);
    end();
}
END_TEST

START_TEST(equations_by_sweep)
{
    options.random = true;
    options.seed = 77;
    ck_assert(
        run("inputs x 2\nparameters u v\nh_0 = 0\n"
            "for s = 1..2: h_s = u x_s + v h_{s-1}\nerror E = (1 - h_2)^2/(1 + u^2)\n"));
    ck_assert_int_eq(crosscheck.methods[0], CROSSCHECK_SWEEP);
    ck_assert(crosscheck.is_random && !crosscheck.is_by_default);
    ck_assert_uint_eq(crosscheck.count, 2);
    check_row(0, "u", 3);
    check_row(1, "v", 1);
    end();
}
END_TEST

/* sigma''(1/2) + tanh'''(1/2) */
START_TEST(derivatives_in_equations)
{
    options.methods = 1u << CROSSCHECK_SWEEP | 1u << CROSSCHECK_DIFFERENCE;
    ck_assert(run("parameter u\nerror E = \\sigma'(u) + \\tanh''(u)\nlet u = 1/2\n"));
    ck_assert_uint_eq(crosscheck.count, 1);
    ck_assert_int_eq(crosscheck.rows[0].verdict, CROSSCHECK_AGREE);
    ck_assert_double_eq_tol(mpfr_get_d(crosscheck.rows[0].path_sum.lower, MPFR_RNDN),
                            -0.6227660831120913, 1e-12);
    end();
}
END_TEST

static const char valued[] = "inputs x 1\nlayer h 1\nlayer y 1\nweights w_{<edge-all>}\n"
                             "let x = 2\nlet w_1 w_2 = 1/3 5\nlet t = 1\n";

/* y = 10/3, dE/dw_1 = 7/3 * 5 * 2. */
START_TEST(given_values)
{
    ck_assert(run(valued));
    ck_assert(!crosscheck.is_random && !crosscheck.is_by_default);
    ck_assert_int_eq(mpq_cmp_si(path_sum_of(0), 70, 3), 0);
    end();
}
END_TEST

START_TEST(random_values_beside_given_ones)
{
    options.random = true;
    options.seed = 2;
    ck_assert(run(valued));
    ck_assert(crosscheck.is_random);
    ck_assert_int_ne(mpq_cmp_si(path_sum_of(0), 70, 3), 0);
    end();
}
END_TEST

START_TEST(chosen_symbols_and_goal)
{
    given_init(&given, layered);
    node_id nodes[] = {given_node(&given, "x_{1}"), given_node(&given, "h_{2}^{1}"),
                       given_node(&given, "t_{1}"), given_node(&given, "w_{11}^{3}")};
    options.nodes = nodes;
    options.count = 4;
    ck_assert(crosscheck_run(&crosscheck, given.network, &options, &given.budget,
                             &given.diags));
    ck_assert_int_eq(crosscheck.methods[0], CROSSCHECK_BACKPROP);
    check_row(0, "x_{1}", 8);
    check_row(1, "h_{2}^{1}", 4);
    check_row(2, "t_{1}", 1);
    check_row(3, "w_{11}^{3}", 1);
    crosscheck_clear(&crosscheck);
    options.goal = given_node(&given, "y_{2}");
    ck_assert(crosscheck_run(&crosscheck, given.network, &options, &given.budget,
                             &given.diags));
    ck_assert_int_eq(crosscheck.methods[0], CROSSCHECK_SWEEP);
    check_row(0, "x_{1}", 4);
    check_row(2, "t_{1}", 0);
    check_row(3, "w_{11}^{3}", 0);
    end();
}
END_TEST

/* The same sums, walked and shared. */
static void check_shared(const char *spec, uint64_t max_paths)
{
    struct crosscheck walked;
    given_init(&given, spec);
    options.methods = 1u << CROSSCHECK_SWEEP;
    ck_assert(
        crosscheck_run(&walked, given.network, &options, &given.budget, &given.diags));
    ck_assert(!walked.is_shared);
    given.budget.max_paths = max_paths;
    ck_assert(crosscheck_run(&crosscheck, given.network, &options, &given.budget,
                             &given.diags));
    ck_assert(crosscheck.is_shared);
    for (size_t i = 0; i < crosscheck.count; i++)
        ck_assert(mpq_equal(path_sum_of(i), walked.rows[i].path_sum.exact));
    crosscheck_clear(&walked);
    end();
}

START_TEST(too_many_paths_share_their_sums)
{
    check_shared(layered, 13);
    check_shared(
        "inputs x 2\nparameters u v\nh_0 = 0\n"
        "for s = 1..2: h_s = u x_s + v h_{s-1} x_2\nerror E = (1 - h_2)^2/(1 + u^2)\n"
        "let x = 2 3\nlet u v = 1/2 1/3\n",
        1);
}
END_TEST

/* What is walked: two paths from each of h_1^1 and h_2^1 for four weights and two biases,
 * and so on. */
START_TEST(paths_are_walked_once_for_all_that_use_them)
{
    given_init(&given, layered);
    given.budget.max_paths = 2 * 4 + 2 * 2 + 2;
    ck_assert(crosscheck_run(&crosscheck, given.network, &options, &given.budget,
                             &given.diags));
    ck_assert(!crosscheck.is_shared);
    end();
}
END_TEST

START_TEST(paths_without_end)
{
    struct buf spec;
    buf_init(&spec);
    buf_text(&spec, "inputs x 3\n");
    for (int i = 0; i < 40; i++)
        buf_text(&spec, "layer h 3\n");
    ck_assert(run(buf_peek(&spec)));
    ck_assert(crosscheck.is_shared);
    ck_assert_uint_eq(crosscheck.verdicts[CROSSCHECK_EQUAL], crosscheck.count);
    end();
    buf_clear(&spec);
}
END_TEST

/* Some draws give u = v: then others are taken. */
START_TEST(draws_that_divide_by_zero)
{
    options.random = true;
    for (options.seed = 0; options.seed < 300; options.seed++) {
        ck_assert(run("parameters u v\na = u - v\nerror E = u/a\n"));
        check_row(0, "u", 2);
        end();
    }
}
END_TEST

/* The first draw of seed 1 makes h_1 zero. */
START_TEST(draws_that_hide_factors)
{
    ck_assert(run("inputs x 2\nlayer h 2\nlayer y 2\n"));
    for (size_t i = 0; i < crosscheck.count; i++)
        ck_assert_int_ne(mpq_sgn(path_sum_of(i)), 0);
    end();
}
END_TEST

START_TEST(division_by_zero)
{
    ck_assert(!run("parameters u v\na = u - v\nerror E = u/a\nlet u v = 2 2\n"));
    given_check_diag(&given, DIAG_EVAL_ZERO_DIVISOR, "the definition of E");
    end();
}
END_TEST

START_TEST(a_weight_fixed_at_0_is_no_path)
{
    given_init(&given, "inputs x 2\nlayer h 2 sigmoid\nlayer y 1\nfix w_{11}^1 = 0\n");
    node_id nodes[] = {given_node(&given, "w_{11}^{1}"), given_node(&given, "x_{1}")};
    options.nodes = nodes;
    options.count = 2;
    ck_assert(crosscheck_run(&crosscheck, given.network, &options, &given.budget,
                             &given.diags));
    ck_assert_int_eq(mpz_sgn(crosscheck.rows[0].path_count), 0);
    ck_assert_int_eq(mpq_sgn(path_sum_of(0)), 0);
    ck_assert_int_eq(mpz_cmp_ui(crosscheck.rows[1].path_count, 1), 0);
    ck_assert_uint_eq(crosscheck.verdicts[CROSSCHECK_DIFFER], 0);
    end();
}
END_TEST

START_TEST(nothing_free)
{
    ck_assert(run("inputs x 1\nlayer y 1\nweights w_{<edge-all>}\nfix w_1 = 2\n"));
    ck_assert_uint_eq(crosscheck.count, 0);
    end();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("crosscheck");
    TCase *tcase = tcase_create("crosscheck");
    tcase_add_checked_fixture(tcase, setup, NULL);
    tcase_add_test(tcase, layers_by_backprop);
    tcase_add_test(tcase, equations_by_sweep);
    tcase_add_test(tcase, derivatives_in_equations);
    tcase_add_test(tcase, given_values);
    tcase_add_test(tcase, random_values_beside_given_ones);
    tcase_add_test(tcase, chosen_symbols_and_goal);
    tcase_add_test(tcase, too_many_paths_share_their_sums);
    tcase_add_test(tcase, paths_are_walked_once_for_all_that_use_them);
    tcase_add_test(tcase, paths_without_end);
    tcase_add_test(tcase, draws_that_divide_by_zero);
    tcase_add_test(tcase, draws_that_hide_factors);
    tcase_add_test(tcase, division_by_zero);
    tcase_add_test(tcase, a_weight_fixed_at_0_is_no_path);
    tcase_add_test(tcase, nothing_free);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
