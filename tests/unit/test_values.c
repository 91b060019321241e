#include "eval/values.h"

#include "../given.h"

#include <stdlib.h>

static struct given given;
static struct values values;

static void begin(const char *spec)
{
    given_init(&given, spec);
    values_init(&values, given.network, &given.budget);
}

static void end(void)
{
    values_clear(&values);
    given_clear(&given);
}

static void check(const char *name, long numerator, unsigned long denominator)
{
    mpq_srcptr value = values_peek(&values, given_node(&given, name));
    struct buf text;
    buf_init(&text);
    buf_format(&text, "%s is %ld/%lu", name, mpz_get_si(mpq_numref(value)),
               mpz_get_ui(mpq_denref(value)));
    ck_assert_msg(mpq_cmp_si(value, numerator, denominator) == 0, "%s", buf_peek(&text));
    buf_clear(&text);
}

START_TEST(layers)
{
    begin("inputs x 2\nlayer h 2\nlayer y 1\nbiases\n"
          "let x = 1/2 -3\nlet t = 5\n"
          "let w_{11}^1 w_{12}^1 w_{21}^1 w_{22}^1 = 2 1 0.5 1/3\n"
          "let b_1^1 b_2^1 = 7 0\nlet w_{11}^2 w_{12}^2 = 1 -2\nlet b_1^2 = 1/4\n");
    ck_assert(values_are_given(given.network));
    ck_assert(values_take_given(&values, &given.diags));
    ck_assert(values_forward(&values, &given.diags));
    check("h_{1}", 5, 1);
    check("h_{2}", -3, 4);
    check("y_{1}", 27, 4);
    check("E", 49, 32);
    end();
}
END_TEST

START_TEST(equations)
{
    begin("inputs x 2\nparameters u v\nh_0 = 0\nfor s = 1..2: h_s = u x_s + v h_{s-1}\n"
          "y_1 = h_2/(u - v) + u^3\ntargets t_1\nerror E = (t_1 - y_1)^2\n"
          "let x = 3 1\nlet u = 2\nlet v = 1/2\nlet t_1 = 1\n");
    ck_assert(values_take_given(&values, &given.diags));
    ck_assert(values_forward(&values, &given.diags));
    check("h_{1}", 6, 1);
    check("h_{2}", 5, 1);
    check("y_{1}", 34, 3);
    check("E", 961, 9);
    end();
}
END_TEST

START_TEST(fixed_values_count)
{
    begin("inputs x 2\nlayer y 1\nweights w_{<edge-all>}\nfix w_2 = 3\nlet x = 1 2\n"
          "let w_1 = 5\nlet t = 0\n");
    ck_assert(values_take_given(&values, &given.diags));
    ck_assert(values_forward(&values, &given.diags));
    check("y_{1}", 11, 1);
    end();
}
END_TEST

START_TEST(fixed_values_alone_are_none)
{
    begin("inputs x 2\nlayer y 1\nweights w_{<edge-all>}\nfix w_2 = 3\n");
    ck_assert(!values_are_given(given.network));
    end();
}
END_TEST

START_TEST(missing_values_are_named)
{
    begin("inputs x 2\nlayer y 1\ntargets t\nerror squares\nweights w_{<edge-all>}\n"
          "let x = 1 2\n");
    ck_assert(!values_take_given(&values, &given.diags));
    given_check_diag(&given, DIAG_VALUES_MISSING, "w_1, w_2, t_1");
    end();
}
END_TEST

START_TEST(many_missing_values_are_counted)
{
    begin("inputs x 5\nlayer y 2\ntargets t\nerror squares\nlet x = 1 2 3 4 5\n");
    ck_assert(!values_take_given(&values, &given.diags));
    given_check_diag(&given, DIAG_VALUES_MISSING_MANY, " and 6 others");
    end();
}
END_TEST

START_TEST(division_by_zero_has_a_place)
{
    begin("parameters u v t\na = u - v\ny = 1/a\nerror E = (t - y)^2\n"
          "let u v = 1 1\nlet t = 0\n");
    ck_assert(values_take_given(&values, &given.diags));
    ck_assert(!values_forward(&values, &given.diags));
    given_check_diag(&given, DIAG_EVAL_ZERO_DIVISOR, ":3:1: error: the definition of y");
    ck_assert_int_eq(diags_status(&given.diags), STATUS_INPUT);
    end();
}
END_TEST

START_TEST(long_values_are_refused)
{
    begin("parameters u t\na_0 = u\nfor i = 1..60: a_i = a_{i-1} a_{i-1}\n"
          "error E = (t - a_{60})^2\nlet u t = 3 1\n");
    values.evaluation.max_bits = 100000;
    ck_assert(values_take_given(&values, &given.diags));
    ck_assert(!values_forward(&values, &given.diags));
    ck_assert_int_eq(diags_status(&given.diags), STATUS_LIMIT);
    end();
}
END_TEST

static const char drawn_spec[] = "inputs x 3\nlayer h 2\nlayer y 2\nbiases\n"
                                 "fix w_{12}^1 = 0\nfix w_{11}^2 = -7\n";

START_TEST(draws_are_small_and_repeatable)
{
    begin(drawn_spec);
    struct values again;
    values_init(&again, given.network, &given.budget);
    uint64_t state = 5, same = 5, other = 6;
    values_draw(&values, &state);
    values_draw(&again, &same);
    for (node_id node = 0; node < values.count; node++) {
        mpq_srcptr value = values_peek(&values, node);
        ck_assert(mpq_equal(value, values_peek(&again, node)));
        ck_assert(mpz_cmpabs_ui(mpq_numref(value), 10) < 0);
        ck_assert(mpz_cmp_ui(mpq_denref(value), 5) < 0);
    }
    check("w_{11}^{2}", -7, 1);
    values_draw(&again, &other);
    int different = 0;
    for (node_id node = 0; node < values.count; node++)
        different += !mpq_equal(values_peek(&values, node), values_peek(&again, node));
    ck_assert_int_gt(different, 5);
    values_clear(&again);
    end();
}
END_TEST

START_TEST(let_lines_can_be_pasted)
{
    begin(drawn_spec);
    uint64_t state = 1;
    values_draw(&values, &state);
    struct buf spec;
    buf_init(&spec);
    buf_text(&spec, drawn_spec);
    values_write_let(&values, &spec);
    struct given pasted;
    given_init(&pasted, buf_peek(&spec));
    struct values read;
    values_init(&read, pasted.network, &pasted.budget);
    ck_assert(values_take_given(&read, &pasted.diags));
    for (node_id node = 0; node < values.count; node++)
        if (!network_is_defined(given.network, node))
            ck_assert(mpq_equal(values_peek(&values, node), values_peek(&read, node)));
    for (const char *line = buf_peek(&spec); line != NULL; line = strchr(line + 1, '\n'))
        ck_assert_uint_lt(strcspn(line + 1, "\n"), 80);
    values_clear(&read);
    given_clear(&pasted);
    buf_clear(&spec);
    end();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("values");
    TCase *tcase = tcase_create("values");
    tcase_add_test(tcase, layers);
    tcase_add_test(tcase, equations);
    tcase_add_test(tcase, fixed_values_count);
    tcase_add_test(tcase, fixed_values_alone_are_none);
    tcase_add_test(tcase, missing_values_are_named);
    tcase_add_test(tcase, many_missing_values_are_counted);
    tcase_add_test(tcase, division_by_zero_has_a_place);
    tcase_add_test(tcase, long_values_are_refused);
    tcase_add_test(tcase, draws_are_small_and_repeatable);
    tcase_add_test(tcase, let_lines_can_be_pasted);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
