#include "build_network.h"

#include "base/number.h"

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

/* A sum of products of symbols, in infix; enough for what networks define. */
static void write_expression(const struct pool *pool, expr_id e, struct buf *out)
{
    static const char *const marks[] = {
        [EXPR_SUM] = " + ", [EXPR_PRODUCT] = " ", [EXPR_POWER] = "^"};

    if (expr_kind(pool, e) == EXPR_SYMBOL) {
        buf_text(out, expr_peek_name(pool, e));
    } else if (expr_kind(pool, e) == EXPR_NUMBER) {
        number_write(out, expr_peek_number(pool, e));
    } else {
        if (expr_kind(pool, e) == EXPR_NEGATE)
            buf_text(out, "-");
        else if (expr_kind(pool, e) == EXPR_SUM)
            buf_text(out, "(");
        for (size_t i = 0; i < expr_count(pool, e); i++) {
            buf_text(out, i > 0 ? marks[expr_kind(pool, e)] : "");
            write_expression(pool, expr_part(pool, e, i), out);
        }
        buf_text(out, expr_kind(pool, e) == EXPR_SUM ? ")" : "");
    }
}

static void check_definition(const char *name, const char *text)
{
    struct buf out;

    buf_init(&out);
    write_expression(network_pool(f.network),
                     defs_get(network_defs(f.network), symbol(&f, name)), &out);
    ck_assert_str_eq(buf_peek(&out), text);
    buf_clear(&out);
}

/* Every node is found by its name, and by its symbol. */
static void check_round(void)
{
    for (node_id n = 0; n < network_count(f.network); n++) {
        struct buf name;

        buf_init(&name);
        network_name(f.network, n, &name);
        ck_assert_int_eq(network_find(f.network, buf_peek(&name)), n);
        ck_assert_int_eq(network_node(f.network, network_symbol(f.network, n)), n);
        ck_assert_str_eq(
            expr_peek_name(network_pool(f.network), network_symbol(f.network, n)),
            buf_peek(&name));
        buf_clear(&name);
    }
}

static void check_fault(bool good, enum diag_code code)
{
    ck_assert(!good);
    ck_assert_uint_ge(f.diags.count, 1);
    ck_assert_int_eq(f.diags.items[0].code, code);
}

START_TEST(layers_are_numbered_by_ranges)
{
    layered(&f, (int64_t[]){2, 2, 2, 2}, 4);
    declare(&f);
    finish(&f);
    ck_assert_int_eq(network_count(f.network), 2 + 12 + 2 + 6 + 1);
    check_name(&f, 0, "x_{1}");
    check_name(&f, 2, "w_{11}^{1}");
    check_name(&f, 3, "w_{12}^{1}");
    check_name(&f, 14, "t_{1}");
    check_name(&f, 16, "h_{1}^{1}");
    check_name(&f, 20, "y_{1}");
    check_name(&f, 22, "E");
    check_round();
    ck_assert_int_eq(network_error(f.network), 22);
    ck_assert_int_eq(network_target(f.network, 1), 15);
    ck_assert_int_eq(network_target(f.network, 2), -1);
    ck_assert_int_eq(network_find(f.network, "w_{31}^{1}"), -1);
    ck_assert_int_eq(network_find(f.network, "w_{11}^{4}"), -1);
    ck_assert_int_eq(network_find(f.network, "w_{10}^{1}"), -1);
    ck_assert_int_eq(network_find(f.network, ""), -1);
}
END_TEST

START_TEST(units_define_themselves)
{
    layered(&f, (int64_t[]){2, 2, 1}, 3);
    f.plan->biases = true;
    declare(&f);
    finish(&f);
    check_definition("h_{2}", "(x_{1} w_{21}^{1} + x_{2} w_{22}^{1} + b_{2}^{1})");
    check_definition("y_{1}", "(h_{1} w_{11}^{2} + h_{2} w_{12}^{2} + b_{1}^{2})");
    check_definition("E", "1/2 (t_{1} + -y_{1})^2");
    ck_assert_uint_eq(defs_get(network_defs(f.network), symbol(&f, "x_{1}")), 0);
    check_round();
}
END_TEST

START_TEST(named_errors)
{
    layered(&f, (int64_t[]){1, 3}, 2);
    declare(&f);
    ck_assert(network_order(f.network, &f.diags));
    f.plan->error.kind = ERROR_MEAN_SQUARES;
    ck_assert(network_finish(f.network, &f.diags));
    check_definition(
        "E", "1/3 ((t_{1} + -y_{1})^2 + (t_{2} + -y_{2})^2 + (t_{3} + -y_{3})^2)");
}
END_TEST

START_TEST(running_numbers)
{
    layered(&f, (int64_t[]){2, 2, 2}, 3);
    set_weights(&f, "w_{<edge>1}^{<layer>}");
    declare(&f);
    finish(&f);
    check_definition("h_{2}", "(x_{1} w_{31}^{1} + x_{2} w_{41}^{1})");
    check_round();
}
END_TEST

START_TEST(running_through_the_network)
{
    layered(&f, (int64_t[]){2, 3, 2}, 3);
    set_weights(&f, "w_{<edge-all>}");
    declare(&f);
    finish(&f);
    check_name(&f, node(&f, "w_{7}"), "w_{7}");
    check_definition("y_{1}", "(h_{1} w_{7} + h_{2} w_{8} + h_{3} w_{9})");
    ck_assert_int_eq(network_find(f.network, "w_{13}"), -1);
    check_round();
}
END_TEST

START_TEST(two_digits_need_commas)
{
    layered(&f, (int64_t[]){12, 2, 2}, 3);
    declare(&f);
    finish(&f);
    ck_assert_int_ge(network_find(f.network, "w_{1,12}^{1}"), 0);
    ck_assert_int_ge(network_find(f.network, "w_{1,2}^{2}"), 0);
    ck_assert_int_eq(network_find(f.network, "w_{12}^{2}"), -1);
    check_round();
}
END_TEST

START_TEST(templates_that_clash)
{
    layered(&f, (int64_t[]){2, 2, 2}, 3);
    set_weights(&f, "w_{<to><from>}");
    check_fault(network_declare(f.network, &f.budget, &f.diags), DIAG_NET_SAME_NAME);
    ck_assert_str_eq(f.diags.items[0].arguments[0], "w_11");
}
END_TEST

START_TEST(template_that_tells_too_little)
{
    layered(&f, (int64_t[]){2, 2}, 2);
    set_weights(&f, "w_{<to>}");
    check_fault(network_declare(f.network, &f.budget, &f.diags), DIAG_NET_SAME_NAME);
    ck_assert_str_eq(f.diags.items[0].arguments[0], "w_1");
}
END_TEST

START_TEST(different_templates_that_clash)
{
    layered(&f, (int64_t[]){2, 9, 9}, 3);
    set_weights(&f, "w_{<edge-all>}");
    f.plan->layers[1].weights.text = "w_{<to><from>}";
    check_fault(network_declare(f.network, &f.budget, &f.diags), DIAG_NET_SAME_NAME);
    ck_assert_str_eq(f.diags.items[0].arguments[0], "w_11");
}
END_TEST

START_TEST(different_templates_that_do_not_clash)
{
    layered(&f, (int64_t[]){2, 5, 2}, 3);
    set_weights(&f, "w_{<edge-all>}");
    f.plan->layers[1].weights.text = "w_{<to><from>}";
    declare(&f);
    finish(&f);
    check_round();
}
END_TEST

START_TEST(a_name_among_the_weights)
{
    layered(&f, (int64_t[]){2, 2}, 2);
    plan_names_push(&f.plan->parameters, "w_{21}^{1}", -1, fixture_span(&f));
    check_fault(network_declare(f.network, &f.budget, &f.diags), DIAG_NET_SAME_NAME);
    ck_assert_str_eq(f.diags.items[0].arguments[0], "w_21^1");
}
END_TEST

START_TEST(a_name_given_twice)
{
    layered(&f, (int64_t[]){2, 2}, 2);
    plan_names_push(&f.plan->parameters, "u", -1, fixture_span(&f));
    plan_names_push(&f.plan->constants, "u", -1, fixture_span(&f));
    check_fault(network_declare(f.network, &f.budget, &f.diags), DIAG_NET_TWICE);
    ck_assert_uint_eq(f.diags.count, 2);
}
END_TEST

START_TEST(tied_biases_are_one)
{
    layered(&f, (int64_t[]){2, 3, 2}, 3);
    f.plan->biases = true;
    f.plan->written.biases = f.plan->shown.biases =
        (struct plan_template){.text = "b_{<layer>}", .tied = true};
    declare(&f);
    finish(&f);
    size_t count;
    struct network_use *uses = network_uses(f.network, node(&f, "b_{1}"), &count);
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(uses[2].to, 2);
    ck_assert_int_eq(uses[2].from, -1);
    memory_free(uses);
    check_definition("h_{3}", "(x_{1} w_{31}^{1} + x_{2} w_{32}^{1} + b_{1})");
    ck_assert(!network_layer_is_regular(f.network, network_layer(f.network, 0)));
    check_round();
}
END_TEST

START_TEST(each_source_has_one_weight)
{
    layered(&f, (int64_t[]){3, 2, 1}, 3);
    f.plan->layers[0].weights =
        (struct plan_template){.text = "v_{<from>}", .tied = true};
    declare(&f);
    finish(&f);
    check_definition("h_{2}", "(x_{1} v_{1} + x_{2} v_{2} + x_{3} v_{3})");
    ck_assert_int_eq(network_count(f.network), 3 + 3 + 2 + 1 + 2 + 1 + 1);
    check_round();
}
END_TEST

START_TEST(an_autoencoder_shares_weights)
{
    add_inputs(&f, "x", 3);
    add_layer(&f, "h", 2)->weights.text = "w_{<to><from>}";
    add_layer(&f, "y", 3)->weights =
        (struct plan_template){.text = "w_{<from><to>}", .tied = true};
    plan_names_push(&f.plan->targets, "x", -1, fixture_span(&f));
    declare(&f);
    finish(&f);
    ck_assert_int_eq(network_count(f.network), 3 + 6 + 5 + 1);
    check_definition("y_{3}", "(h_{1} w_{13} + h_{2} w_{23})");
    ck_assert_int_eq(network_target(f.network, 2), node(&f, "x_{3}"));
    size_t count;
    struct network_use *uses = network_uses(f.network, node(&f, "w_{13}"), &count);
    ck_assert_uint_eq(count, 2);
    ck_assert_ptr_eq(uses[1].layer, network_layer(f.network, 1));
    ck_assert_int_eq(uses[1].to, 2);
    ck_assert_int_eq(uses[1].from, 0);
    memory_free(uses);
    ck_assert(!network_layer_is_regular(f.network, network_layer(f.network, 0)));
    check_round();
}
END_TEST

START_TEST(sources_are_concatenated)
{
    add_inputs(&f, "x", 2);
    add_layer(&f, "h", 2);
    struct plan_layer *layer = add_layer(&f, "y", 1);
    plan_names_push(&layer->sources, "h", -1, fixture_span(&f));
    plan_names_push(&layer->sources, "x", -1, fixture_span(&f));
    set_weights(&f, "w_{<source><source-unit>,<to>}^{<layer>}");
    declare(&f);
    finish(&f);
    check_definition("y_{1}",
                     "(h_{1} w_{h1,1}^{2} + h_{2} w_{h2,1}^{2} + x_{1} w_{x1,1}^{2} + "
                     "x_{2} w_{x2,1}^{2})");
    check_round();
}
END_TEST

START_TEST(a_residual_connection)
{
    struct pool *pool = network_pool(f.network);

    add_inputs(&f, "x", 2);
    add_equation(&f, "r_{1}");
    add_equation(&f, "r_{2}");
    add_layer(&f, "h", 2);
    plan_names_push(&add_layer(&f, "y", 1)->sources, "r", -1, fixture_span(&f));
    declare(&f);
    f.plan->equations[0].right = expr_add(pool, symbol(&f, "h_{1}"), symbol(&f, "x_{1}"));
    f.plan->equations[1].right = expr_add(pool, symbol(&f, "h_{2}"), symbol(&f, "x_{2}"));
    finish(&f);
    check_definition("y_{1}", "(r_{1} w_{11}^{2} + r_{2} w_{12}^{2})");
    ck_assert_int_lt(node(&f, "h_{2}"), node(&f, "r_{1}"));
    ck_assert_uint_eq(network_layer(f.network, 1)->source_count, 1);
    check_name(&f, network_target(f.network, 0), "t_{1}");
    check_round();
}
END_TEST

START_TEST(circles_are_named)
{
    struct pool *pool = network_pool(f.network);

    add_inputs(&f, "x", 1);
    add_equation(&f, "a");
    add_equation(&f, "b");
    add_equation(&f, "y_{1}");
    declare(&f);
    f.plan->equations[0].right =
        expr_multiply(pool, symbol(&f, "b"), symbol(&f, "x_{1}"));
    f.plan->equations[1].right =
        expr_multiply(pool, symbol(&f, "a"), symbol(&f, "x_{1}"));
    f.plan->equations[2].right = symbol(&f, "a");
    check_fault(network_order(f.network, &f.diags), DIAG_NET_CIRCLE);
    ck_assert_str_eq(f.diags.items[0].arguments[0], "b → a → b");
}
END_TEST

START_TEST(equations_keep_their_order)
{
    struct pool *pool = network_pool(f.network);

    plan_names_push(&f.plan->parameters, "u", -1, fixture_span(&f));
    add_inputs(&f, "x", 2);
    add_equation(&f, "y_{1}");
    add_equation(&f, "h_{2}");
    add_equation(&f, "h_{1}");
    declare(&f);
    f.plan->equations[0].right =
        expr_multiply(pool, symbol(&f, "h_{2}"), symbol(&f, "u"));
    f.plan->equations[1].right =
        expr_multiply(pool, symbol(&f, "h_{1}"), symbol(&f, "x_{2}"));
    f.plan->equations[2].right =
        expr_multiply(pool, symbol(&f, "u"), symbol(&f, "x_{1}"));
    finish(&f);
    ck_assert_int_lt(node(&f, "h_{1}"), node(&f, "h_{2}"));
    ck_assert_int_lt(node(&f, "h_{2}"), node(&f, "y_{1}"));
    check_definition("E", "1/2 (t_{1} + -y_{1})^2");
    size_t count;
    node_id *arguments = network_arguments(f.network, node(&f, "h_{2}"), &count);
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(arguments[0], node(&f, "x_{2}"));
    ck_assert_int_eq(arguments[1], node(&f, "h_{1}"));
    memory_free(arguments);
    check_round();
}
END_TEST

START_TEST(outputs_that_are_used_elsewhere)
{
    layered(&f, (int64_t[]){1, 2}, 2);
    add_equation(&f, "z");
    declare(&f);
    f.plan->equations[0].right = symbol(&f, "y_{1}");
    check_fault(network_order(f.network, &f.diags), DIAG_NET_OUTPUTS_UNCLEAR);
}
END_TEST

START_TEST(target_count)
{
    layered(&f, (int64_t[]){1, 2}, 2);
    f.plan->targets.items[0].name = "t_{1}";
    declare(&f);
    check_fault(network_order(f.network, &f.diags), DIAG_NET_TARGET_COUNT);
}
END_TEST

START_TEST(fixed_at_zero_is_no_edge)
{
    mpq_t zero;

    mpq_init(zero);
    layered(&f, (int64_t[]){2, 2, 1}, 3);
    declare(&f);
    ck_assert(network_order(f.network, &f.diags));
    network_fix(f.network, node(&f, "w_{12}^{1}"), zero);
    ck_assert(network_finish(f.network, &f.diags));
    check_definition("h_{1}", "x_{1} w_{11}^{1}");
    ck_assert_int_eq(network_weight(f.network, network_layer(f.network, 0), 0, 1), -1);
    ck_assert(network_is_fixed(f.network, node(&f, "w_{12}^{1}")));
    ck_assert(!network_layer_is_regular(f.network, network_layer(f.network, 0)));
    ck_assert(network_layer_is_regular(f.network, network_layer(f.network, 1)));
    ck_assert(!network_has_values(f.network));
    mpq_clear(zero);
}
END_TEST

START_TEST(shown_names_differ)
{
    layered(&f, (int64_t[]){2, 2, 2}, 3);
    f.plan->shown.weights.text = "w_{<edge>1}^{<layer>}";
    f.plan->shown.gradient.text = "\\Delta <weight>";
    declare(&f);
    ck_assert_str_eq(expr_peek_name(network_pool(f.network), symbol(&f, "w_{21}^{1}")),
                     "w_{31}^{1}");
    finish(&f);
    ck_assert_str_eq(expr_peek_name(network_pool(f.network), symbol(&f, "w_{21}^{1}")),
                     "w_{21}^{1}");
    check_name(&f, node(&f, "w_{12}^{1}"), "w_{21}^{1}");
    check_round();
    struct buf out;
    buf_init(&out);
    ck_assert(network_gradient_name(f.network, node(&f, "w_{11}^{1}"), &out));
    ck_assert_str_eq(buf_peek(&out), "\\Delta w_{11}^{1}");
    ck_assert(!network_gradient_name(f.network, node(&f, "x_{1}"), &out));
    buf_clear(&out);
}
END_TEST

static void check_delta(const char *name, const char *delta)
{
    struct buf out;

    buf_init(&out);
    ck_assert(network_delta_name(f.network, node(&f, name), &out) == (delta != NULL));
    ck_assert_str_eq(buf_peek(&out), delta != NULL ? delta : "");
    buf_clear(&out);
}

START_TEST(error_signals_have_names)
{
    layered(&f, (int64_t[]){2, 2, 2}, 3);
    plan_names_push(&f.plan->constants, "\\delta_{2}", -1, fixture_span(&f));
    declare(&f);
    finish(&f);
    check_delta("y_{1}", "\\delta_{1}");
    check_delta("h_{2}", "\\delta_{2}^{1}");
    check_delta("y_{2}", NULL);
    check_delta("x_{1}", NULL);
}
END_TEST

static void check_match(const char *word, size_t wanted, const char *first)
{
    node_id *nodes = NULL;
    size_t count = 0;

    ck_assert_msg(network_match(f.network, word, &nodes, &count) == wanted,
                  "%s gives %zu", word, count);
    if (wanted > 0)
        check_name(&f, nodes[0], first);
    memory_free(nodes);
}

START_TEST(words_of_the_command_line)
{
    layered(&f, (int64_t[]){2, 2, 2}, 3);
    f.plan->biases = true;
    f.plan->written.biases.text = f.plan->shown.biases.text = "\\beta_{<to>}^{<layer>}";
    declare(&f);
    finish(&f);
    check_match("w_{21}^{2}", 1, "w_{21}^{2}");
    check_match("w^2_{21}", 1, "w_{21}^{2}");
    check_match("w21^2", 1, "w_{21}^{2}");
    check_match("w_21^2", 1, "w_{21}^{2}");
    check_match("w_21__2", 1, "w_{21}^{2}");
    check_match("w₂₁²", 1, "w_{21}^{2}");
    check_match("w²₂₁", 1, "w_{21}^{2}");
    check_match("w^1", 4, "w_{11}^{1}");
    check_match("w_11", 2, "w_{11}^{1}");
    check_match("w", 8, "w_{11}^{1}");
    check_match("β", 4, "\\beta_{1}^{1}");
    check_match("beta_2", 2, "\\beta_{2}^{1}");
    check_match("h", 2, "h_{1}");
    check_match("E", 1, "E");
    check_match("w_33^1", 0, NULL);
    check_match("w_", 0, NULL);
    check_match("", 0, NULL);
    check_match("w_{1", 0, NULL);
    check_match("\\", 0, NULL);
    check_match("w_{11}^{1}x", 0, NULL);
}
END_TEST

START_TEST(commas_on_the_command_line)
{
    layered(&f, (int64_t[]){11, 2, 1}, 3);
    declare(&f);
    finish(&f);
    check_match("w_1,11^1", 1, "w_{1,11}^{1}");
    check_match("w_1_11__1", 1, "w_{1,11}^{1}");
    check_match("w1,11^1", 1, "w_{1,11}^{1}");
}
END_TEST

START_TEST(brackets_on_the_command_line)
{
    layered(&f, (int64_t[]){2, 2, 1}, 3);
    set_weights(&f, "W_{<to><from>}^{[<layer>]}");
    declare(&f);
    finish(&f);
    check_match("W_21__1", 1, "W_{21}^{[1]}");
    check_match("W_21^[1]", 1, "W_{21}^{[1]}");
    check_match("W_21^1", 0, NULL);
    check_match("W_21__3", 0, NULL);
}
END_TEST

START_TEST(near_names)
{
    layered(&f, (int64_t[]){2, 2, 2}, 3);
    declare(&f);
    finish(&f);
    char *near = network_nearest(f.network, "w_{13}^{1}");
    ck_assert_ptr_nonnull(near);
    ck_assert_int_ge(network_find(f.network, near), 0);
    memory_free(near);
    ck_assert_ptr_null(network_nearest(f.network, "completely_else"));
    ck_assert_ptr_null(network_nearest(f.network, "z1^1"));
    near = network_nearest(f.network, "w21^3");
    ck_assert_ptr_nonnull(near);
    ck_assert_int_eq(strncmp(near, "w_{21}", 6), 0);
    memory_free(near);
}
END_TEST

START_TEST(bad_templates)
{
    static const char *const texts[] = {"w_{<edge><to>}", "w_{<to><to>}", "w_{<foo>}",
                                        "w_{123456}",     "w_<to>",       "w_{<unit>}"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        teardown();
        setup();
        layered(&f, (int64_t[]){2, 2}, 2);
        set_weights(&f, texts[i]);
        check_fault(network_declare(f.network, &f.budget, &f.diags), DIAG_NET_TEMPLATE);
    }
}
END_TEST

START_TEST(sizes_are_limited)
{
    layered(&f, (int64_t[]){100000000, 100000000}, 2);
    check_fault(network_declare(f.network, &f.budget, &f.diags), DIAG_NET_TOO_LARGE);
}
END_TEST

START_TEST(wide_networks_cost_nothing)
{
    struct timespec a, b;

    add_inputs(&f, "x", 1000);
    for (int i = 0; i < 30; i++)
        add_layer(&f, i < 29 ? "h" : "y", 1000);
    plan_names_push(&f.plan->targets, "t", -1, fixture_span(&f));
    clock_gettime(CLOCK_MONOTONIC, &a);
    declare(&f);
    finish(&f);
    ck_assert_int_eq(network_count(f.network), 30032001);
    check_name(&f, node(&f, "w_{7,1000}^{30}"), "w_{7,1000}^{30}");
    clock_gettime(CLOCK_MONOTONIC, &b);
    ck_assert_int_lt((b.tv_sec - a.tv_sec) * 1000 + (b.tv_nsec - a.tv_nsec) / 1000000,
                     100);
}
END_TEST

START_TEST(one_unit_without_index)
{
    add_inputs(&f, "x", 2);
    add_layer(&f, "\\hat{y}", -1);
    plan_names_push(&f.plan->targets, "y", -1, fixture_span(&f));
    declare(&f);
    finish(&f);
    check_definition("E", "1/2 (y + -\\hat{y})^2");
    check_delta("\\hat{y}", "\\delta");
    check_match("\\hat y", 1, "\\hat{y}");
    check_round();
}
END_TEST

START_TEST(inputs_share_the_letter)
{
    add_inputs(&f, "a", 2);
    add_layer(&f, "a", 2);
    add_layer(&f, "a", 1);
    declare(&f);
    finish(&f);
    check_definition("a_{1}^{2}", "(a_{1}^{1} w_{11}^{2} + a_{2}^{1} w_{12}^{2})");
    check_definition("a_{1}^{1}", "(a_{1}^{0} w_{11}^{1} + a_{2}^{0} w_{12}^{1})");
    check_round();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("network");
    TCase *tests = tcase_create("network");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, layers_are_numbered_by_ranges);
    tcase_add_test(tests, units_define_themselves);
    tcase_add_test(tests, named_errors);
    tcase_add_test(tests, running_numbers);
    tcase_add_test(tests, running_through_the_network);
    tcase_add_test(tests, two_digits_need_commas);
    tcase_add_test(tests, templates_that_clash);
    tcase_add_test(tests, template_that_tells_too_little);
    tcase_add_test(tests, different_templates_that_clash);
    tcase_add_test(tests, different_templates_that_do_not_clash);
    tcase_add_test(tests, a_name_among_the_weights);
    tcase_add_test(tests, a_name_given_twice);
    tcase_add_test(tests, tied_biases_are_one);
    tcase_add_test(tests, each_source_has_one_weight);
    tcase_add_test(tests, an_autoencoder_shares_weights);
    tcase_add_test(tests, sources_are_concatenated);
    tcase_add_test(tests, a_residual_connection);
    tcase_add_test(tests, circles_are_named);
    tcase_add_test(tests, equations_keep_their_order);
    tcase_add_test(tests, outputs_that_are_used_elsewhere);
    tcase_add_test(tests, target_count);
    tcase_add_test(tests, fixed_at_zero_is_no_edge);
    tcase_add_test(tests, shown_names_differ);
    tcase_add_test(tests, error_signals_have_names);
    tcase_add_test(tests, words_of_the_command_line);
    tcase_add_test(tests, commas_on_the_command_line);
    tcase_add_test(tests, brackets_on_the_command_line);
    tcase_add_test(tests, near_names);
    tcase_add_test(tests, bad_templates);
    tcase_add_test(tests, sizes_are_limited);
    tcase_add_test(tests, wide_networks_cost_nothing);
    tcase_add_test(tests, one_unit_without_index);
    tcase_add_test(tests, inputs_share_the_letter);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
