#include "eval/path_sum.h"

#include "../given.h"
#include "eval/labels.h"

#include <stdlib.h>

static struct given given;
static struct values values;

static void begin(const char *spec)
{
    given_init(&given, spec);
    values_init(&values, given.network, &given.budget);
    ck_assert(values_take_given(&values, &given.diags));
    ck_assert(values_forward(&values, &given.diags));
}

static void end(void)
{
    values_clear(&values);
    given_clear(&given);
}

static void check(const char *from, const char *to, long numerator,
                  unsigned long denominator)
{
    struct graph *graph =
        graph_new(given.network, given_node(&given, from), given_node(&given, to));
    mpq_t sum;
    mpq_init(sum);
    void *number = arith_new_array(&values.arith, 1);
    ck_assert(path_sum(number, graph, &values, &given.diags));
    ck_assert(values.arith.is_exact(number));
    values.arith.get_rational(sum, number);
    arith_free_array(&values.arith, number, 1);
    ck_assert_msg(mpq_cmp_si(sum, numerator, denominator) == 0, "d%s/d%s is %ld/%lu", to,
                  from, mpz_get_si(mpq_numref(sum)), mpz_get_ui(mpq_denref(sum)));
    mpq_clear(sum);
    graph_free(graph);
}

/* h = (5, -3/4), y = 27/4, y - t = 7/4. */
START_TEST(layers)
{
    begin("inputs x 2\nlayer h 2\nlayer y 1\nbiases\n"
          "let x = 1/2 -3\nlet t = 5\n"
          "let w_{11}^1 w_{12}^1 w_{21}^1 w_{22}^1 = 2 1 0.5 1/3\n"
          "let b_1^1 b_2^1 = 7 0\nlet w_{11}^2 w_{12}^2 = 1 -2\nlet b_1^2 = 1/4\n");
    check("w_{11}^{2}", "E", 35, 4);
    check("w_{22}^{1}", "E", 21, 2);
    check("b_{2}^{1}", "E", -7, 2);
    check("b_{1}^{2}", "E", 7, 4);
    check("x_{1}", "E", 7, 4);
    check("h_{2}", "E", -7, 2);
    check("t_{1}", "E", -7, 4);
    check("x_{1}", "y_{1}", 1, 1);
    check("E", "E", 1, 1);
    check("y_{1}", "h_{1}", 0, 1);
    end();
}
END_TEST

/* h_2 = v (u + v u) with x = 1: dh_2/du = 1 + v, dh_2/dv = h_1. */
START_TEST(tied_parameters)
{
    begin("inputs x 2\nparameters u v\nh_0 = 0\nfor s = 1..2: h_s = u x_s + v h_{s-1}\n"
          "error E = h_2^2\nlet x = 3 1\nlet u v = 2 1/2\n");
    check("u", "h_{2}", 5, 2);
    check("v", "h_{2}", 6, 1);
    check("u", "E", 25, 1);
    check("v", "E", 60, 1);
    end();
}
END_TEST

START_TEST(quotients_and_powers)
{
    begin("parameters u v\na = u/v\nerror E = a^3 + u^{-2}\nlet u v = 2 3\n");
    check("u", "E", 7, 36);
    check("v", "E", -8, 27);
    end();
}
END_TEST

/* Where every label is 1, the sum is the number of paths; through the skip connections
   paths without a choice left begin at different depths. */
START_TEST(counts_paths)
{
    begin("input x\nlayer h 3\nlayer g 4 from h, x\nlayer f 5 from g, h\n"
          "layer y 1 from f, x\nlet x = 1\nlet t = 0\nlet w^1 = 1 1 1\n"
          "let w^2 = 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1\n"
          "let w^3 = 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 "
          "1\n"
          "let w^4 = 1 1 1 1 1 1\n");
    /* h: 1 each, g: 4 each, f: 19 each, y: 5 * 19 + 1 */
    check("x", "y_{1}", 96, 1);
    struct graph *graph =
        graph_new(given.network, given_node(&given, "x"), given_node(&given, "y_{1}"));
    ck_assert_int_eq(mpz_cmp_ui(graph_total(graph), 96), 0);
    graph_free(graph);
    end();
}
END_TEST

START_TEST(labels_are_integers)
{
    begin("inputs x 2\nlayer h 2\nlayer y 1\nlet x = 1/2 1/3\nlet t = 1/5\n"
          "let w_{11}^1 w_{12}^1 w_{21}^1 w_{22}^1 = 1/2 1/3 1/4 1/5\n"
          "let w_{11}^2 w_{12}^2 = 1/6 1/7\n");
    node_id x = given_node(&given, "x_{1}");
    struct graph *graph = graph_new(given.network, x, given_node(&given, "E"));
    struct labels labels;
    ck_assert(labels_init(&labels, graph, &values, &given.diags));
    for (size_t i = 0; i < labels.edge_count; i++)
        ck_assert_int_eq(mpz_cmp_ui(mpq_denref(labels.edges[i].label), 1), 0);
    /* d(h_1) = 2, d(h_2) = 4, d(y_1) = lcm(2, 4) lcm(6, 7) */
    node_id h = given_node(&given, "h_{2}"), y = given_node(&given, "y_{1}");
    ck_assert_int_eq(mpz_cmp_ui(labels_find(&labels, x, h), 1), 0);
    ck_assert_int_eq(mpz_cmp_ui(labels_find(&labels, h, y), 6), 0);
    labels_clear(&labels);
    graph_free(graph);
    end();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("path_sum");
    TCase *tcase = tcase_create("path_sum");
    tcase_add_test(tcase, layers);
    tcase_add_test(tcase, tied_parameters);
    tcase_add_test(tcase, quotients_and_powers);
    tcase_add_test(tcase, counts_paths);
    tcase_add_test(tcase, labels_are_integers);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
