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

static void check_row(size_t row, const char *name, unsigned long paths)
{
    struct buf text;
    buf_init(&text);
    network_name(given.network, crosscheck.rows[row].node, &text);
    ck_assert_str_eq(buf_peek(&text), name);
    ck_assert_int_eq(mpz_cmp_ui(crosscheck.rows[row].path_count, paths), 0);
    ck_assert(crosscheck.rows[row].is_equal);
    ck_assert_int_eq(mpq_sgn(crosscheck.rows[row].difference), 0);
    ck_assert(mpq_equal(crosscheck.rows[row].path_sum, crosscheck.rows[row].other));
    buf_clear(&text);
}

static const char layered[] = "inputs x 2\nlayer h 2\nlayer h 2\nlayer y 2\nbiases\n";

START_TEST(layers_by_backprop)
{
    ck_assert(run(layered));
    ck_assert_int_eq(crosscheck.method, CROSSCHECK_BACKPROP);
    ck_assert(crosscheck.is_random && crosscheck.is_by_default);
    ck_assert_uint_eq(crosscheck.seed, 1);
    ck_assert_uint_eq(crosscheck.count, 18);
    ck_assert_uint_eq(crosscheck.differing, 0);
    check_row(0, "w_{11}^{1}", 4);
    ck_assert_int_ne(mpq_sgn(crosscheck.rows[0].path_sum), 0);
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
    ck_assert_int_eq(crosscheck.method, CROSSCHECK_SWEEP);
    ck_assert(crosscheck.is_random && !crosscheck.is_by_default);
    ck_assert_uint_eq(crosscheck.count, 2);
    check_row(0, "u", 3);
    check_row(1, "v", 1);
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
    ck_assert_int_eq(mpq_cmp_si(crosscheck.rows[0].path_sum, 70, 3), 0);
    end();
}
END_TEST

START_TEST(random_values_beside_given_ones)
{
    options.random = true;
    options.seed = 2;
    ck_assert(run(valued));
    ck_assert(crosscheck.is_random);
    ck_assert_int_ne(mpq_cmp_si(crosscheck.rows[0].path_sum, 70, 3), 0);
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
    ck_assert_int_eq(crosscheck.method, CROSSCHECK_BACKPROP);
    check_row(0, "x_{1}", 8);
    check_row(1, "h_{2}^{1}", 4);
    check_row(2, "t_{1}", 1);
    check_row(3, "w_{11}^{3}", 1);
    crosscheck_clear(&crosscheck);
    options.goal = given_node(&given, "y_{2}");
    ck_assert(crosscheck_run(&crosscheck, given.network, &options, &given.budget,
                             &given.diags));
    ck_assert_int_eq(crosscheck.method, CROSSCHECK_SWEEP);
    check_row(0, "x_{1}", 4);
    check_row(2, "t_{1}", 0);
    check_row(3, "w_{11}^{3}", 0);
    end();
}
END_TEST

static void check_limit(size_t count, uint64_t max_paths, enum diag_code code,
                        const char *part)
{
    given_init(&given, layered);
    node_id nodes[] = {given_node(&given, "w_{11}^{1}"),
                       given_node(&given, "w_{12}^{1}")};
    options.nodes = nodes;
    options.count = count;
    given.budget.max_paths = max_paths;
    ck_assert(!crosscheck_run(&crosscheck, given.network, &options, &given.budget,
                              &given.diags));
    given_check_diag(&given, code, part);
    ck_assert_int_eq(diags_status(&given.diags), STATUS_LIMIT);
    end();
}

START_TEST(too_many_paths)
{
    check_limit(1, 3, DIAG_PATHS_TOO_MANY, "w_11^1 has 4 paths");
    check_limit(2, 7, DIAG_PATHS_TOO_MANY_TOGETHER, "2 symbols chosen have 8 paths");
}
END_TEST

START_TEST(paths_without_end)
{
    struct buf spec;
    buf_init(&spec);
    buf_text(&spec, "inputs x 50\n");
    for (int i = 0; i < 40; i++)
        buf_text(&spec, "layer h 50\n");
    ck_assert(!run(buf_peek(&spec)));
    ck_assert_int_eq(diags_status(&given.diags), STATUS_LIMIT);
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
        ck_assert_int_ne(mpq_sgn(crosscheck.rows[i].path_sum), 0);
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
    tcase_add_test(tcase, given_values);
    tcase_add_test(tcase, random_values_beside_given_ones);
    tcase_add_test(tcase, chosen_symbols_and_goal);
    tcase_add_test(tcase, too_many_paths);
    tcase_add_test(tcase, paths_without_end);
    tcase_add_test(tcase, draws_that_divide_by_zero);
    tcase_add_test(tcase, draws_that_hide_factors);
    tcase_add_test(tcase, division_by_zero);
    tcase_add_test(tcase, nothing_free);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
