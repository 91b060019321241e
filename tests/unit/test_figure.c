#include "figure/figure.h"

#include "base/memory.h"
#include "net/spec.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena arena;
static struct source source;
static struct diags diags;
static struct network *network;
static struct graph *graph;

static void setup(void)
{
    arena_init(&arena);
    diags_init(&diags);
    memset(&source, 0, sizeof source);
    network = NULL;
    graph = NULL;
}

static void teardown(void)
{
    if (graph)
        graph_free(graph);
    if (network)
        network_free(network);
    source_clear(&source);
    diags_clear(&diags);
    arena_clear(&arena);
}

/* The picture for a chosen name, or for none if that is NULL. */
static struct figure *draw(const char *spec, const char *chosen)
{
    struct budget budget;
    budget_init(&budget);
    ck_assert(source_from_text(&source, "test", spec, strlen(spec), &diags));
    network = spec_read(&source, NULL, &budget, &diags);
    ck_assert_ptr_nonnull(network);
    if (chosen) {
        node_id from = network_find(network, chosen);
        ck_assert_int_ge(from, 0);
        graph = graph_new(network, from, network_error(network));
    }
    return figure_new(&arena, network, graph, NULL);
}

static const struct figure_node *node(const struct figure *figure, const char *name)
{
    for (size_t i = 0; i < figure->node_count; i++) {
        if (figure->nodes[i].name && strcmp(figure->nodes[i].name, name) == 0)
            return &figure->nodes[i];
    }
    return NULL;
}

static const struct figure_edge *edge(const struct figure *figure, const char *from,
                                      const char *to)
{
    for (size_t i = 0; i < figure->edge_count; i++) {
        const struct figure_edge *found = &figure->edges[i];
        if (&figure->nodes[found->from] == node(figure, from) &&
            &figure->nodes[found->to] == node(figure, to))
            return found;
    }
    return NULL;
}

static size_t ellipses(const struct figure *figure, bool across)
{
    size_t count = 0;
    for (size_t i = 0; i < figure->node_count; i++)
        count += !figure->nodes[i].name && figure->nodes[i].across == across;
    return count;
}

#define DEEP                                                                             \
    "inputs x 2\nlayer h 2\nlayer h 2\nlayer y 2\ntargets t\nerror half-squares\n"

START_TEST(layers_are_columns)
{
    struct figure *figure = draw(DEEP, NULL);

    ck_assert_uint_eq(figure->node_count, 8);
    ck_assert_uint_eq(figure->edge_count, 12);
    ck_assert(node(figure, "x_{1}")->x == 0);
    ck_assert(node(figure, "h_{2}^{2}")->x == 2);
    ck_assert(node(figure, "y_{1}")->y == -.5);
    ck_assert(node(figure, "y_{2}")->y == .5);
    ck_assert_uint_eq(node(figure, "x_{2}")->mark, FIGURE_LIT);
    ck_assert_str_eq(edge(figure, "x_{1}", "h_{2}^{1}")->name, "w_{21}^{1}");
    ck_assert_ptr_null(edge(figure, "x_{1}", "y_{1}"));
}
END_TEST

/* The number of the node itself. */
static struct formula *number_of(void *context, node_id number)
{
    char text[24];
    ck_assert_ptr_eq(context, &arena);
    snprintf(text, sizeof text, "%d", (int)number);
    return formula_text(&arena, FORMULA_NUMBER, text);
}

static void holds(const struct formula *value, const char *name)
{
    char text[24];
    ck_assert_ptr_nonnull(value);
    snprintf(text, sizeof text, "%d", (int)network_find(network, name));
    ck_assert_str_eq(value->text, text);
}

START_TEST(units_and_edges_have_their_values)
{
    struct figure_values values = {number_of, &arena};
    ck_assert_ptr_null(node(draw(DEEP, NULL), "h_{1}^{1}")->value);
    struct figure *figure = figure_new(&arena, network, NULL, &values);

    holds(node(figure, "h_{2}^{1}")->value, "h_{2}^{1}");
    holds(edge(figure, "x_{1}", "h_{2}^{1}")->value, "w_{21}^{1}");
    holds(edge(figure, "h_{2}^{2}", "y_{1}")->value, "w_{12}^{3}");
}
END_TEST

/* On crowded edges neither names nor values stay. */
START_TEST(values_without_room_are_left_out)
{
    struct figure_values values = {number_of, &arena};
    draw("inputs x 9\nlayer h 9\nlayer y 2\n", NULL);
    struct figure *figure = figure_new(&arena, network, NULL, &values);

    ck_assert_uint_gt(figure->edge_count, 0);
    for (size_t i = 0; i < figure->edge_count; i++) {
        ck_assert_ptr_null(figure->edges[i].value);
        ck_assert_ptr_null(figure->edges[i].name);
    }
    for (size_t i = 0; i < figure->node_count; i++)
        ck_assert_int_eq(figure->nodes[i].value == NULL, figure->nodes[i].name == NULL);
}
END_TEST

START_TEST(paths_have_colours)
{
    struct figure *figure = draw(DEEP, "w_{11}^{1}");

    ck_assert_uint_eq(node(figure, "x_{1}")->mark, FIGURE_LIT);
    ck_assert_uint_eq(node(figure, "x_{2}")->mark, FIGURE_IDLE);
    ck_assert_uint_eq(node(figure, "h_{2}^{1}")->mark, FIGURE_IDLE);
    ck_assert_uint_eq(edge(figure, "x_{1}", "h_{1}^{1}")->mark, FIGURE_LIT);
    ck_assert_uint_eq(edge(figure, "x_{1}", "h_{2}^{1}")->mark, FIGURE_IDLE);
    ck_assert_uint_eq(edge(figure, "h_{1}^{1}", "h_{1}^{2}")->mark, FIGURE_PATH);
    ck_assert_uint_eq(edge(figure, "h_{1}^{1}", "h_{2}^{2}")->mark, FIGURE_PATH + 1);
    ck_assert_uint_eq(edge(figure, "h_{1}^{2}", "y_{1}")->mark, FIGURE_PATH);
    ck_assert_uint_eq(edge(figure, "h_{1}^{2}", "y_{2}")->mark, FIGURE_PATH);
    ck_assert_uint_eq(edge(figure, "h_{2}^{2}", "y_{2}")->mark, FIGURE_PATH + 1);
}
END_TEST

/* A weight at several edges is the first step of several paths; an edge of two paths has
   the colour of neither. */
START_TEST(a_shared_weight_begins_its_paths)
{
    struct figure *figure =
        draw("inputs x 3\nparameters k v\nz_1 = k x_1\nz_2 = k x_2\n"
             "s = z_1 + z_2 + k x_3\ny = v s\nerror E = y^2\n",
             "k");

    ck_assert_uint_eq(edge(figure, "x_{1}", "z_{1}")->mark, FIGURE_PATH + 1);
    ck_assert_uint_eq(edge(figure, "z_{1}", "s")->mark, FIGURE_PATH + 1);
    ck_assert_uint_eq(edge(figure, "x_{2}", "z_{2}")->mark, FIGURE_PATH + 2);
    ck_assert_uint_eq(edge(figure, "s", "y")->mark, FIGURE_LIT);
}
END_TEST

START_TEST(one_path_needs_no_colour)
{
    struct figure *figure = draw(DEEP, "w_{12}^{3}");

    ck_assert_uint_eq(edge(figure, "h_{2}^{2}", "y_{1}")->mark, FIGURE_LIT);
    ck_assert_uint_eq(edge(figure, "h_{1}^{2}", "y_{1}")->mark, FIGURE_IDLE);
    ck_assert_uint_eq(node(figure, "y_{2}")->mark, FIGURE_IDLE);
}
END_TEST

START_TEST(the_only_path_to_an_output_has_no_colour)
{
    struct figure *figure =
        draw("inputs x 1\nparameters w u v\nh_1 = w x_1\ny_1 = u h_1\n"
             "y_2 = v h_1 + u x_1 w\noutputs y\ntargets t\nerror half-squares\n",
             "w");

    ck_assert_uint_eq(edge(figure, "h_{1}", "y_{1}")->mark, FIGURE_LIT);
    ck_assert_uint_ge(edge(figure, "h_{1}", "y_{2}")->mark, FIGURE_PATH);
    ck_assert_ptr_nonnull(
        node(figure, "w")); /* on x_1 -> y_2 it is a factor among others */
}
END_TEST

START_TEST(a_chosen_input_is_lit)
{
    struct figure *figure = draw(DEEP, "x_{2}");

    ck_assert_uint_eq(node(figure, "x_{2}")->mark, FIGURE_LIT);
    ck_assert_uint_eq(node(figure, "x_{1}")->mark, FIGURE_IDLE);
    ck_assert_uint_ne(edge(figure, "x_{2}", "h_{1}^{1}")->mark, FIGURE_IDLE);
}
END_TEST

START_TEST(a_chosen_bias_becomes_a_node)
{
    struct figure *figure = draw(DEEP "biases\n", "b_{1}^{1}");
    const struct figure_node *bias = node(figure, "b_{1}^{1}");

    ck_assert_ptr_null(node(figure, "b_{2}^{1}"));
    ck_assert_uint_eq(bias->mark, FIGURE_LIT);
    ck_assert(bias->x == 0 && bias->y > node(figure, "x_{2}")->y);
    ck_assert_uint_eq(edge(figure, "b_{1}^{1}", "h_{1}^{1}")->mark, FIGURE_LIT);
}
END_TEST

START_TEST(wide_layers_are_thinned_out)
{
    struct figure *figure = draw("inputs x 20\nlayer h 30\nlayer y 1\n", "w_{17,9}^{1}");

    ck_assert_ptr_nonnull(node(figure, "h_{17}"));
    ck_assert_ptr_nonnull(node(figure, "h_{30}"));
    ck_assert_ptr_nonnull(node(figure, "x_{9}"));
    ck_assert_ptr_null(node(figure, "h_{16}"));
    ck_assert_uint_eq(ellipses(figure, false), 4);
    ck_assert_uint_eq(edge(figure, "x_{9}", "h_{17}")->mark, FIGURE_LIT);
    ck_assert_str_eq(edge(figure, "x_{9}", "h_{17}")->name, "w_{17,9}^{1}");
    ck_assert_ptr_null(edge(figure, "x_{1}", "h_{1}")->name);
}
END_TEST

START_TEST(long_networks_are_thinned_out)
{
    struct buf spec;
    buf_init(&spec);
    buf_text(&spec, "inputs x 1\n");
    for (int i = 0; i < 30; i++)
        buf_text(&spec, "layer h 1\n");
    buf_text(&spec, "layer y 1\n");
    struct figure *figure = draw(buf_peek(&spec), NULL);

    ck_assert_uint_eq(ellipses(figure, true), 1);
    ck_assert_uint_eq(figure->node_count, 6);
    ck_assert(node(figure, "y_{1}")->x == 5);
    buf_clear(&spec);
}
END_TEST

START_TEST(equations_are_placed_by_depth)
{
    struct figure *figure = draw("inputs x 2\nparameters a b\nh_1 = a x_1\n"
                                 "h_2 = b x_2 + h_1\ny_1 = h_1 h_2\ntargets t_1\n"
                                 "error E = 1/2 (t_1 - y_1)^2\n",
                                 "a");

    ck_assert(node(figure, "x_{1}")->x == 0);
    ck_assert(node(figure, "h_{1}")->x == 1);
    ck_assert(node(figure, "x_{2}")->x == 1);
    ck_assert(node(figure, "h_{2}")->x == 2);
    ck_assert(node(figure, "y_{1}")->x == 3);
    ck_assert_int_ne(edge(figure, "h_{1}", "y_{1}")->bend, 0);
    ck_assert_int_eq(edge(figure, "h_{1}", "h_{2}")->bend, 0);
    ck_assert_str_eq(edge(figure, "x_{1}", "h_{1}")->name, "a");
    ck_assert_uint_eq(edge(figure, "x_{1}", "h_{1}")->mark, FIGURE_LIT);
    ck_assert_uint_eq(edge(figure, "x_{2}", "h_{2}")->mark, FIGURE_IDLE);
    ck_assert_ptr_null(node(figure, "a"));
    ck_assert_ptr_null(node(figure, "t_{1}"));
}
END_TEST

START_TEST(too_many_equations_are_not_drawn)
{
    ck_assert_ptr_null(draw("inputs x_1\nparameters a\nh_0 = a x_1\n"
                            "for i = 1..300: h_i = a h_{i-1}\ntargets t_1\n"
                            "error E = (t_1 - h_{300})^2\n",
                            NULL));
}
END_TEST

/* In rows; a column is 1.75 rows wide. */
static double place_of_name(const struct figure *figure, const struct figure_edge *edge,
                            bool across)
{
    const struct figure_node *from = &figure->nodes[edge->from],
                             *to = &figure->nodes[edge->to];
    return across ? 1.75 * (from->x + edge->label_at * (to->x - from->x))
                  : from->y + edge->label_at * (to->y - from->y);
}

/* A name such as w_{11}^2 is at least that wide and high. */
static bool lie_on_each_other(const struct figure *figure, const struct figure_edge *a,
                              const struct figure_edge *b)
{
    double x = place_of_name(figure, a, true) - place_of_name(figure, b, true),
           y = place_of_name(figure, a, false) - place_of_name(figure, b, false);
    return x < .3 && x > -.3 && y < .25 && y > -.25;
}

START_TEST(no_name_lies_on_another)
{
    for (int shape = 0; shape < 64; shape++) {
        struct buf spec;
        buf_init(&spec);
        buf_format(&spec, "inputs x %d\nlayer h %d\nlayer y %d\ntargets t\n", 1 + shape % 4,
                   1 + shape / 4 % 4, 1 + shape / 16);
        struct figure *figure = draw(buf_peek(&spec), NULL);
        buf_clear(&spec);
        for (size_t i = 0; i < figure->edge_count; i++)
            for (size_t k = 0; k < i; k++)
                ck_assert(!figure->edges[i].name || !figure->edges[k].name ||
                          !lie_on_each_other(figure, &figure->edges[i],
                                             &figure->edges[k]));
        teardown();
        setup();
    }
}
END_TEST

START_TEST(names_find_room_where_there_is_some)
{
    struct figure *figure = draw("inputs x 2\nlayer h 3\nlayer y 3\ntargets t\n", NULL);
    for (size_t i = 0; i < figure->edge_count; i++)
        ck_assert_ptr_nonnull(figure->edges[i].name);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("figure");
    TCase *tests = tcase_create("figure");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, layers_are_columns);
    tcase_add_test(tests, units_and_edges_have_their_values);
    tcase_add_test(tests, values_without_room_are_left_out);
    tcase_add_test(tests, paths_have_colours);
    tcase_add_test(tests, a_shared_weight_begins_its_paths);
    tcase_add_test(tests, one_path_needs_no_colour);
    tcase_add_test(tests, the_only_path_to_an_output_has_no_colour);
    tcase_add_test(tests, a_chosen_input_is_lit);
    tcase_add_test(tests, a_chosen_bias_becomes_a_node);
    tcase_add_test(tests, wide_layers_are_thinned_out);
    tcase_add_test(tests, long_networks_are_thinned_out);
    tcase_add_test(tests, equations_are_placed_by_depth);
    tcase_add_test(tests, too_many_equations_are_not_drawn);
    tcase_add_test(tests, no_name_lies_on_another);
    tcase_add_test(tests, names_find_room_where_there_is_some);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
