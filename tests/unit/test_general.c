/* The equations of whole networks: one speaks for others only where all are alike. */
#include "base/memory.h"
#include "derive/alike.h"
#include "derive/general.h"
#include "net/spec.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct source source;
static struct network *network;
static struct diags diags;
static struct budget budget;
static struct general general;

#define WIDE "inputs x 4\nlayer h 4\nlayer y 4\nconstant \\lambda\ntargets t\n"

static void begin(const char *spec, const char *goal)
{
    diags_init(&diags);
    budget_init(&budget);
    ck_assert(source_from_text(&source, "test.net", spec, strlen(spec), &diags));
    network = spec_read(&source, NULL, &budget, &diags);
    ck_assert_ptr_nonnull(network);
    node_id node = goal ? network_find(network, goal) : network_error(network);
    ck_assert(general_derive(&general, network, node, &budget, &diags));
}

static void done(void)
{
    general_clear(&general);
    network_free(network);
    source_clear(&source);
    diags_clear(&diags);
}

static const struct general_equation *equation_of(const char *name)
{
    for (size_t i = 0; i < general.count; i++)
        if (general.equations[i].node == network_find(network, name))
            return &general.equations[i];
    return NULL;
}

START_TEST(layers_are_alike)
{
    begin(WIDE "error half-squares\n", NULL);
    ck_assert_uint_eq(general.count, 4); /* a unit and a weight of each layer */
    ck_assert(equation_of("h_{1}")->is_alike && equation_of("h_{1}")->is_spokesman);
    ck_assert(equation_of("w_{11}^{1}")->is_spokesman);
    done();
}
END_TEST

START_TEST(all_weights_squared_are_alike)
{
    begin(WIDE "error J = half-squares + weight-decay \\lambda\n", NULL);
    ck_assert(equation_of("w_{11}^{1}")->is_alike);
    ck_assert_ptr_null(equation_of("w_{12}^{1}"));
    done();
}
END_TEST

START_TEST(one_weight_in_the_error_stands_apart)
{
    begin(WIDE "error J = half-squares + \\lambda (w_{12}^1)^2\n", NULL);
    ck_assert(!equation_of("w_{11}^{1}")->is_alike);
    ck_assert_ptr_nonnull(equation_of("w_{44}^{1}"));
    ck_assert(equation_of("w_{11}^{2}")->is_alike);
    ck_assert(equation_of("h_{1}")->is_alike);
    done();
    begin(WIDE "error J = half-squares + weight-decay \\lambda + (w_{12}^1)^2\n", NULL);
    ck_assert(!equation_of("w_{11}^{1}")->is_alike);
    done();
}
END_TEST

START_TEST(equations_set_units_apart)
{
    begin("inputs x 4\nlayer h 4\nlayer y 2\nfor k = 1..2: r_k = h_k + y_k\noutputs r\n"
          "targets t\nerror half-squares\n",
          NULL);
    ck_assert(!equation_of("h_{1}")->is_alike);
    ck_assert_ptr_nonnull(equation_of("h_{4}"));
    ck_assert(equation_of("w_{11}^{1}")->is_spokesman);
    done();
}
END_TEST

START_TEST(a_missing_edge_sets_units_apart)
{
    begin(WIDE "fix w_{13}^2 = 0\nerror half-squares\n", NULL);
    ck_assert(!equation_of("h_{1}")->is_alike);
    ck_assert(!equation_of("w_{11}^{2}")->is_alike);
    ck_assert_ptr_null(equation_of("w_{13}^{2}"));
    done();
}
END_TEST

START_TEST(a_unit_as_goal_has_its_own_weights)
{
    begin(WIDE "error half-squares\n", "y_{1}");
    ck_assert_ptr_nonnull(equation_of("w_{14}^{2}"));
    ck_assert_ptr_null(equation_of("w_{21}^{2}"));
    ck_assert_ptr_null(equation_of("y_{1}"));
    done();
}
END_TEST

/* Multiplied out with all definitions put in they are too large: edge by edge they are
 * not. */
START_TEST(gates_are_proved_edge_by_edge)
{
    begin("inputs x 3\nparameters a b c d v\nh_0 = 0\n"
          "for s = 1..3: q_s = \\sigma(a x_s + b h_{s-1})\n"
          "for s = 1..3: k_s = exp(c x_s + d q_s h_{s-1})\n"
          "for s = 1..3: h_s = q_s h_{s-1} + (1 - q_s) k_s\n"
          "y = v h_3\ntarget t\nerror half-squares\nwrite activation-derivative value\n",
          NULL);
    ck_assert_ptr_nonnull(equation_of("a"));
    done();
}
END_TEST

START_TEST(what_is_defined_nowhere_is_said_to_be)
{
    diags_init(&diags);
    budget_init(&budget);
    const char spec[] = "input x\nparameter u\nz = u - u\ny = u x / z\nerror E = y^2\n";
    ck_assert(source_from_text(&source, "test.net", spec, strlen(spec), &diags));
    network = spec_read(&source, NULL, &budget, &diags);
    ck_assert_ptr_nonnull(network);
    ck_assert(
        !general_derive(&general, network, network_error(network), &budget, &diags));
    ck_assert_int_eq(diags.items[diags.count - 1].code, DIAG_DERIVE_NOWHERE);
    done();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("general");
    TCase *tests = tcase_create("general");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tests, layers_are_alike);
    tcase_add_test(tests, all_weights_squared_are_alike);
    tcase_add_test(tests, one_weight_in_the_error_stands_apart);
    tcase_add_test(tests, equations_set_units_apart);
    tcase_add_test(tests, a_missing_edge_sets_units_apart);
    tcase_add_test(tests, a_unit_as_goal_has_its_own_weights);
    tcase_add_test(tests, gates_are_proved_edge_by_edge);
    tcase_add_test(tests, what_is_defined_nowhere_is_said_to_be);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
