#include "build_network.h"

#include "expr/diff.h"
#include "path/graph.h"

#include <stdio.h>
#include <time.h>

static struct fixture f;

static void setup(void)
{
    fixture_init(&f);
}

static void teardown(void)
{
    fixture_clear(&f);
}

static struct graph *graph_of(const char *from)
{
    return graph_new(f.network, node(&f, from), network_error(f.network));
}

static void check_total(const char *from, long total)
{
    struct graph *graph = graph_of(from);

    ck_assert_msg(mpz_cmp_si(graph_total(graph), total) == 0, "%s", from);
    graph_free(graph);
}

static void check_label(struct graph *graph, const char *source, const char *target,
                        expr_id label)
{
    ck_assert_uint_eq(graph_label(graph, node(&f, source), node(&f, target)), label);
}

START_TEST(paths_of_layers)
{
    struct graph *graph;

    layered(&f, (int64_t[]){2, 2, 3, 2}, 4);
    declare(&f);
    finish(&f);
    check_total("w_{11}^{1}", 6);
    check_total("w_{12}^{2}", 2);
    check_total("w_{23}^{3}", 1);
    check_total("x_{1}", 12);
    check_total("h_{1}^{1}", 6);
    check_total("y_{2}", 1);
    check_total("E", 1);
    check_total("t_{1}", 1);
    graph = graph_of("w_{21}^{1}");
    ck_assert(!graph_is_reached(graph, node(&f, "h_{1}^{1}")));
    ck_assert(graph_reaches(graph, node(&f, "h_{1}^{1}")));
    ck_assert(graph_on_way(graph, node(&f, "h_{2}^{1}")));
    ck_assert(!graph_on_way(graph, node(&f, "x_{1}")));
    ck_assert_int_eq(mpz_get_si(graph_count(graph, node(&f, "y_{1}"))), 3);
    graph_free(graph);
}
END_TEST

START_TEST(neighbours_on_the_way)
{
    struct graph *graph;
    node_id *nodes = NULL;
    size_t count = 0;

    layered(&f, (int64_t[]){2, 2, 2, 1}, 4);
    declare(&f);
    finish(&f);
    graph = graph_of("w_{21}^{1}");
    graph_list_nodes(graph, &nodes, &count);
    ck_assert_uint_eq(count, 6);
    check_name(&f, nodes[0], "w_{21}^{1}");
    check_name(&f, nodes[1], "h_{2}^{1}");
    check_name(&f, nodes[5], "E");
    count = 0;
    graph_list_predecessors(graph, node(&f, "h_{1}^{2}"), &nodes, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(nodes[0], node(&f, "h_{2}^{1}"));
    count = 0;
    graph_list_predecessors(graph, node(&f, "h_{2}^{1}"), &nodes, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(nodes[0], node(&f, "w_{21}^{1}"));
    count = 0;
    graph_list_predecessors(graph, node(&f, "y_{1}"), &nodes, &count);
    ck_assert_uint_eq(count, 2);
    count = 0;
    graph_list_successors(graph, node(&f, "h_{2}^{1}"), &nodes, &count);
    ck_assert_uint_eq(count, 2);
    count = 0;
    graph_list_successors(graph, node(&f, "w_{21}^{1}"), &nodes, &count);
    ck_assert_uint_eq(count, 1);
    count = 0;
    graph_list_successors(graph, node(&f, "y_{1}"), &nodes, &count);
    ck_assert_uint_eq(count, 1);
    memory_free(nodes);
    graph_free(graph);
}
END_TEST

/* A weight leads to one unit: the other units of a wide layer are not looked at. */
START_TEST(a_wide_layer_costs_what_is_on_the_way)
{
    struct graph *graph;
    node_id *nodes = NULL;
    size_t count = 0;
    char name[32];

    layered(&f, (int64_t[]){1, 1000000, 1}, 3);
    declare(&f);
    finish(&f);
    for (int i = 1; i <= 5000; i++) {
        snprintf(name, sizeof name, "w_{%d,1}^{1}", i);
        graph = graph_of(name);
        count = 0;
        graph_list_nodes(graph, &nodes, &count);
        ck_assert_uint_eq(count, 4);
        ck_assert_int_eq(nodes[1], node(&f, "h_{1}") + i - 1);
        check_name(&f, nodes[3], "E");
        graph_free(graph);
    }
    graph = graph_of("h_{7}");
    count = 0;
    graph_list_nodes(graph, &nodes, &count);
    ck_assert_uint_eq(count, 3);
    check_name(&f, nodes[0], "h_{7}");
    count = 0;
    graph_list_predecessors(graph, nodes[1], &nodes, &count);
    ck_assert_uint_eq(count, 1);
    check_name(&f, nodes[0], "h_{7}");
    graph_free(graph);
    memory_free(nodes);
}
END_TEST

START_TEST(labels_of_layers)
{
    struct pool *pool = network_pool(f.network);
    struct graph *graph;

    layered(&f, (int64_t[]){2, 2, 1}, 3);
    f.plan->biases = true;
    declare(&f);
    finish(&f);
    graph = graph_of("w_{21}^{1}");
    check_label(graph, "w_{21}^{1}", "h_{2}", symbol(&f, "x_{1}"));
    check_label(graph, "h_{2}", "y_{1}", symbol(&f, "w_{12}^{2}"));
    check_label(graph, "b_{1}^{2}", "y_{1}", expr_integer(pool, 1));
    check_label(graph, "y_{1}", "E",
                expr_subtract(pool, symbol(&f, "y_{1}"), symbol(&f, "t_{1}")));
    graph_free(graph);
}
END_TEST

START_TEST(labels_agree_with_definitions)
{
    static const enum error_kind kinds[] = {ERROR_HALF_SQUARES, ERROR_SQUARES,
                                            ERROR_MEAN_SQUARES};

    for (size_t i = 0; i < 3; i++) {
        teardown();
        setup();
        layered(&f, (int64_t[]){2, 3, 3}, 3);
        f.plan->biases = true;
        f.plan->error.kind = kinds[i];
        declare(&f);
        finish(&f);
        for (node_id from = 0; from < network_error(f.network); from++) {
            struct graph *graph = graph_new(f.network, from, network_error(f.network));
            node_id *users = NULL;
            size_t count = 0;
            graph_list_successors(graph, from, &users, &count);
            for (size_t k = 0; k < count; k++) {
                node_id factor = graph_label_node(graph, from, users[k]);
                if (factor >= 0)
                    ck_assert_uint_eq(network_symbol(f.network, factor),
                                      graph_label(graph, from, users[k]));
                ck_assert_uint_eq(graph_label(graph, from, users[k]),
                                  diff_label(network_defs(f.network),
                                             network_symbol(f.network, users[k]),
                                             network_symbol(f.network, from)));
            }
            memory_free(users);
            graph_free(graph);
        }
    }
}
END_TEST

/* h_0 = 0, h_s = w x_s + u h_{s-1}, y = v h_3 */
static void recurrent(void)
{
    struct pool *pool = network_pool(f.network);
    static const char *const parameters[] = {"u", "v", "w"};

    add_inputs(&f, "x", 3);
    for (int i = 0; i < 3; i++)
        plan_names_push(&f.plan->parameters, parameters[i], -1, fixture_span(&f));
    add_equation(&f, "h_{0}");
    add_equation(&f, "h_{1}");
    add_equation(&f, "h_{2}");
    add_equation(&f, "h_{3}");
    add_equation(&f, "y_{1}");
    declare(&f);
    f.plan->equations[0].right = expr_integer(pool, 0);
    for (int s = 1; s <= 3; s++) {
        char x[8] = "x_{1}", h[8] = "h_{0}";
        x[3] = (char)('0' + s);
        h[3] = (char)('0' + s - 1);
        f.plan->equations[s].right =
            expr_add(pool, expr_multiply(pool, symbol(&f, "w"), symbol(&f, x)),
                     expr_multiply(pool, symbol(&f, "u"), symbol(&f, h)));
    }
    f.plan->equations[4].right =
        expr_multiply(pool, symbol(&f, "v"), symbol(&f, "h_{3}"));
    finish(&f);
}

START_TEST(tied_parameters_of_equations)
{
    struct graph *graph;
    node_id *nodes = NULL;
    size_t count = 0;

    recurrent();
    check_total("w", 3);
    check_total("u", 2); /* h_0 is 0: that edge is not there */
    check_total("v", 1);
    check_total("x_{1}", 1);
    check_total("h_{0}", 1);
    graph = graph_of("u");
    graph_list_successors(graph, node(&f, "u"), &nodes, &count);
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(nodes[0], node(&f, "h_{2}"));
    check_label(graph, "u", "h_{2}", symbol(&f, "h_{1}"));
    check_label(graph, "h_{2}", "h_{3}", symbol(&f, "u"));
    ck_assert(!graph_has_edge(graph, node(&f, "u"), node(&f, "h_{1}")));
    memory_free(nodes);
    graph_free(graph);
}
END_TEST

START_TEST(a_square_is_one_edge)
{
    struct pool *pool = network_pool(f.network);

    add_inputs(&f, "x", 1);
    plan_names_push(&f.plan->parameters, "w", -1, fixture_span(&f));
    add_equation(&f, "y_{1}");
    f.plan->error.kind = ERROR_EQUATION;
    declare(&f);
    f.plan->equations[0].right =
        expr_multiply(pool, symbol(&f, "w"), symbol(&f, "x_{1}"));
    ck_assert(network_order(f.network, &f.diags));
    f.plan->error.right = expr_add(pool, expr_power(pool, symbol(&f, "y_{1}"), 2),
                                   expr_power(pool, symbol(&f, "w"), 2));
    ck_assert(network_finish(f.network, &f.diags));
    check_total("w", 2);
    check_total("x_{1}", 1);
}
END_TEST

START_TEST(an_edge_fixed_at_zero_is_missing)
{
    struct graph *graph;
    node_id *nodes = NULL;
    size_t count = 0;
    mpq_t zero;

    mpq_init(zero);
    layered(&f, (int64_t[]){1, 3, 3, 1}, 4);
    declare(&f);
    ck_assert(network_order(f.network, &f.diags));
    network_fix(f.network, node(&f, "w_{12}^{2}"), zero);
    network_fix(f.network, node(&f, "w_{32}^{2}"), zero);
    ck_assert(network_finish(f.network, &f.diags));
    check_total("x_{1}", 7);
    check_total("h_{2}^{1}", 1);
    check_total("w_{12}^{2}", 0);
    graph = graph_of("x_{1}");
    graph_list_predecessors(graph, node(&f, "h_{1}^{2}"), &nodes, &count);
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(nodes[1], node(&f, "h_{3}^{1}"));
    ck_assert(!graph_has_edge(graph, node(&f, "h_{2}^{1}"), node(&f, "h_{1}^{2}")));
    memory_free(nodes);
    graph_free(graph);
    mpq_clear(zero);
}
END_TEST

START_TEST(tied_layers)
{
    struct pool *pool = network_pool(f.network);
    struct graph *graph;

    layered(&f, (int64_t[]){2, 2, 1}, 3);
    f.plan->written.weights = f.plan->shown.weights =
        (struct plan_template){.text = "w", .tied = true};
    declare(&f);
    finish(&f);
    check_total("w", 3); /* through h_1, h_2, and into y at once */
    graph = graph_of("w");
    check_label(graph, "w", "h_{1}",
                expr_add(pool, symbol(&f, "x_{1}"), symbol(&f, "x_{2}")));
    check_label(graph, "h_{1}", "y_{1}", symbol(&f, "w"));
    ck_assert_int_eq(mpz_get_si(graph_count(graph, node(&f, "y_{1}"))), 3);
    graph_free(graph);
}
END_TEST

START_TEST(targets_that_are_inputs)
{
    struct pool *pool = network_pool(f.network);
    struct graph *graph;

    add_inputs(&f, "x", 2);
    add_layer(&f, "h", 1);
    add_layer(&f, "y", 2);
    plan_names_push(&f.plan->targets, "x", -1, fixture_span(&f));
    declare(&f);
    finish(&f);
    check_total("x_{1}", 3);
    graph = graph_of("x_{1}");
    check_label(graph, "x_{1}", "E",
                expr_subtract(pool, symbol(&f, "x_{1}"), symbol(&f, "y_{1}")));
    graph_free(graph);
}
END_TEST

START_TEST(goals_before_the_error)
{
    struct graph *graph;

    layered(&f, (int64_t[]){2, 2, 2, 2}, 4);
    declare(&f);
    finish(&f);
    graph = graph_new(f.network, node(&f, "w_{11}^{1}"), node(&f, "y_{1}"));
    ck_assert_int_eq(mpz_get_si(graph_total(graph)), 2);
    ck_assert(!graph_on_way(graph, node(&f, "y_{2}")));
    ck_assert(!graph_on_way(graph, network_error(f.network)));
    graph_free(graph);
    graph = graph_new(f.network, node(&f, "x_{1}"), node(&f, "x_{1}"));
    ck_assert_int_eq(mpz_get_si(graph_total(graph)), 1);
    graph_free(graph);
    graph = graph_new(f.network, node(&f, "x_{1}"), node(&f, "x_{2}"));
    ck_assert_int_eq(mpz_get_si(graph_total(graph)), 0);
    graph_free(graph);
}
END_TEST

START_TEST(thirty_layers_of_a_thousand)
{
    struct timespec a, b;
    struct graph *graph;
    mpz_t wanted;

    add_inputs(&f, "x", 1000);
    for (int i = 0; i < 30; i++)
        add_layer(&f, i < 29 ? "h" : "y", 1000);
    clock_gettime(CLOCK_MONOTONIC, &a);
    declare(&f);
    finish(&f);
    graph = graph_of("w_{1,1}^{1}");
    clock_gettime(CLOCK_MONOTONIC, &b);
    mpz_init(wanted);
    mpz_ui_pow_ui(wanted, 1000, 29);
    ck_assert(mpz_cmp(graph_total(graph), wanted) == 0);
    ck_assert_int_lt((b.tv_sec - a.tv_sec) * 1000 + (b.tv_nsec - a.tv_nsec) / 1000000,
                     100);
    mpz_clear(wanted);
    graph_free(graph);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("graph");
    TCase *tests = tcase_create("graph");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, paths_of_layers);
    tcase_add_test(tests, neighbours_on_the_way);
    tcase_add_test(tests, a_wide_layer_costs_what_is_on_the_way);
    tcase_add_test(tests, labels_of_layers);
    tcase_add_test(tests, labels_agree_with_definitions);
    tcase_add_test(tests, tied_parameters_of_equations);
    tcase_add_test(tests, a_square_is_one_edge);
    tcase_add_test(tests, an_edge_fixed_at_zero_is_missing);
    tcase_add_test(tests, tied_layers);
    tcase_add_test(tests, targets_that_are_inputs);
    tcase_add_test(tests, goals_before_the_error);
    tcase_add_test(tests, thirty_layers_of_a_thousand);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
