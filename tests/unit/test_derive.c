/* Derivations of networks that are known by heart, and steps that are spoilt on purpose.
 */
#include "base/memory.h"
#include "data/infix.h"
#include "derive/check.h"
#include "derive/derive.h"
#include "derive/form.h"
#include "derive/rule.h"
#include "net/spec.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct source source;
static struct network *network;
static struct diags diags;
static struct budget budget;
static struct derivation derivation;
static bool derived;

static const char two_layers[] = "inputs x 2\nlayer h 2\nlayer h 2\nlayer y 2\n"
                                 "targets t\nerror half-squares\n"
                                 "weights w_{<edge>1}^{<layer>}\n";
static const char two_ends[] = "inputs x 2\nlayer h 3\nlayer y 2\nbiases\ntargets t\n"
                               "error half-squares\n";
static const char recurrent[] = "inputs x 3\nparameters u v w\nh_0 = 0\n"
                                "for s = 1..3: h_s = w x_s + u h_{s-1}\ny_1 = v h_3\n"
                                "targets t_1\nerror E = 1/2 (t_1 - y_1)^2\n";
static const char skips[] = "inputs x 2\nlayer h 2\nfor j = 1..2: r_j = h_j + x_j\n"
                            "layer y 1 from r\ntargets t\nerror squares\n";
static const char quotient[] = "inputs x 2\nparameters a b\nh_1 = a x_1\nh_2 = b x_2\n"
                               "s = 1 + (h_1)^2 + (h_2)^2\ny_1 = h_1 / s\ny_2 = h_2 / s\n"
                               "targets t_1 t_2\n"
                               "error E = 1/2 ((t_1 - y_1)^2 + (t_2 - y_2)^2)\n";
static const char decay[] = "inputs x 2\nlayer y 2\nconstant \\lambda\ntargets t\n"
                            "error J = half-squares + weight-decay \\lambda\n";

static void read_network(const char *spec)
{
    diags_init(&diags);
    budget_init(&budget);
    ck_assert(source_from_text(&source, "test.net", spec, strlen(spec), &diags));
    network = spec_read(&source, NULL, &budget, &diags);
    struct buf text;
    buf_init(&text);
    diags_print(&diags, language_at(0), &text);
    ck_assert_msg(network != NULL, "%s", buf_peek(&text));
    buf_clear(&text);
    derived = false;
}

/* NULL is the error. */
static bool derive_of(const char *of, const char *by)
{
    node_id to = of ? network_find(network, of) : network_error(network);
    node_id from = network_find(network, by);
    ck_assert_msg(to >= 0 && from >= 0, "no %s or no %s", of, by);
    if (derived)
        derivation_clear(&derivation);
    derived = true;
    return derive(&derivation, network, from, to, &budget, &diags);
}

static bool derive_by(const char *name)
{
    return derive_of(NULL, name);
}

static void done(void)
{
    if (derived)
        derivation_clear(&derivation);
    network_free(network);
    source_clear(&source);
    diags_clear(&diags);
}

static void result_is(const char *expected, bool factored)
{
    struct buf text;
    buf_init(&text);
    expr_id e =
        factored ? form_factored(&derivation, false) : form_sum(&derivation, false);
    ck_assert(infix_write(network_pool(network), e, &budget, &text, &diags));
    ck_assert_str_eq(buf_peek(&text), expected);
    buf_clear(&text);
}

START_TEST(two_hidden_layers)
{
    read_network(two_layers);
    ck_assert(derive_by("w_{11}^{1}"));
    result_is("x_1*((y_1 - t_1)*(w_11__3*w_11__2 + w_21__3*w_31__2) + "
              "(y_2 - t_2)*(w_31__3*w_11__2 + w_41__3*w_31__2))",
              true);
    result_is("(y_1 - t_1)*w_11__3*w_11__2*x_1 + (y_1 - t_1)*w_21__3*w_31__2*x_1 + "
              "(y_2 - t_2)*w_31__3*w_11__2*x_1 + (y_2 - t_2)*w_41__3*w_31__2*x_1",
              false);
    ck_assert_int_eq(derivation.no_index, NO_INDEX_TEMPLATE);
    done();
}
END_TEST

START_TEST(costs_are_counted_honestly)
{
    read_network(two_layers);
    ck_assert(derive_by("w_{11}^{1}"));
    ck_assert_int_eq(mpz_cmp_ui(derivation.cost.paths_one, 9), 0);
    ck_assert_int_eq(mpz_cmp_ui(derivation.cost.backward_one, 7), 0);
    ck_assert_int_eq(mpz_cmp_ui(derivation.cost.paths_all, 52), 0);
    ck_assert_int_eq(mpz_cmp_ui(derivation.cost.backward_all, 20), 0);
    ck_assert_int_eq(derivation.cost.parameters, 12);
    done();
}
END_TEST

static void costs_are(const char *of, const char *by, const unsigned long costs[4])
{
    ck_assert(derive_of(of, by));
    const struct cost *cost = &derivation.cost;
    ck_assert_int_eq(mpz_cmp_ui(cost->paths_one, costs[0]), 0);
    ck_assert_int_eq(mpz_cmp_ui(cost->backward_one, costs[1]), 0);
    ck_assert_int_eq(mpz_cmp_ui(cost->paths_all, costs[2]), 0);
    ck_assert_int_eq(mpz_cmp_ui(cost->backward_all, costs[3]), 0);
}

/* The other units of its layer count for nothing, before it or after it. */
START_TEST(costs_of_each_output_are_alike)
{
    read_network("inputs x 2\nlayer h 2\nlayer y 3\ntargets t\nerror half-squares\n");
    costs_are("y_{1}", "w_{11}^{1}", (const unsigned long[]){1, 1, 4, 4});
    costs_are("y_{2}", "w_{11}^{1}", (const unsigned long[]){1, 1, 4, 4});
    costs_are("y_{3}", "w_{11}^{1}", (const unsigned long[]){1, 1, 4, 4});
    costs_are("y_{3}", "w_{31}^{2}", (const unsigned long[]){0, 0, 4, 4});
    done();
}
END_TEST

START_TEST(units_without_a_path_cost_nothing)
{
    static const unsigned long costs[] = {3, 3, 24, 18};
    read_network(
        "inputs x 2\nlayer h 3\nlayer z 2\nlayer y 2 from h\noutputs y\ntargets t\n"
        "error half-squares\n");
    costs_are(NULL, "w_{11}^{1}", costs);
    done();
    read_network("inputs x 2\nlayer h 3\nlayer y 2\ntargets t\nerror half-squares\n");
    costs_are(NULL, "w_{11}^{1}", costs);
    done();
}
END_TEST

START_TEST(names_with_two_ends_have_an_index_form)
{
    read_network(two_ends);
    ck_assert(derive_by("w_{11}^{1}"));
    ck_assert_int_eq(derivation.no_index, SOME_INDEX);
    ck_assert(derive_by("b_{2}^{1}"));
    ck_assert_int_eq(derivation.no_index, SOME_INDEX);
    ck_assert(derive_by("x_{1}"));
    ck_assert_int_eq(derivation.no_index, SOME_INDEX);
    ck_assert(derive_by("w_{11}^{2}"));
    ck_assert_int_eq(derivation.no_index, NO_INDEX_ONE_PATH);
    done();
}
END_TEST

START_TEST(a_tied_weight_has_several_first_edges)
{
    read_network(recurrent);
    ck_assert(derive_by("u"));
    result_is("(y_1 - t_1)*v*h_2 + (y_1 - t_1)*v*u*h_1", false);
    ck_assert(derive_by("w"));
    result_is("(y_1 - t_1)*v*x_3 + (y_1 - t_1)*v*u*x_2 + (y_1 - t_1)*v*u^2*x_1", false);
    done();
}
END_TEST

START_TEST(a_direct_edge_is_a_path_without_output)
{
    read_network(decay);
    ck_assert(derive_by("w_{11}^{1}"));
    ck_assert(derivation.is_direct);
    ck_assert_int_eq(mpz_cmp_ui(graph_total(derivation.graph), 2), 0);
    done();
}
END_TEST

START_TEST(an_error_alone_is_a_network)
{
    read_network("inputs x 1\nparameters w\nerror E = (w x_1)^2\n");
    ck_assert(derive_by("w"));
    result_is("2*w*x_1^2", true);
    done();
}
END_TEST

START_TEST(zeros_of_other_weights_fall_away)
{
    read_network(decay);
    ck_assert(derive_by("w_{11}^{1}"));
    const struct chain *goal = &derivation.chains[0];
    ck_assert_int_eq(goal->steps[goal->count - 1].rule, RULE_DROP_ZERO);
    ck_assert_uint_eq(expr_count(network_pool(network), chain_end(goal)), 2);
    done();
}
END_TEST

START_TEST(no_path_is_zero)
{
    read_network("inputs x 1\nparameters a b\ny_1 = a x_1\nz = b x_1\ntargets t_1\n"
                 "error E = (t_1 - y_1)^2\n");
    ck_assert(derive_by("b"));
    ck_assert_int_eq(mpz_sgn(graph_total(derivation.graph)), 0);
    ck_assert(
        expr_is_integer(network_pool(network), chain_end(&derivation.chains[0]), 0));
    done();
}
END_TEST

START_TEST(many_paths_are_elided)
{
    read_network("inputs x 3\nlayer h 5\nlayer h 5\nlayer h 5\nlayer y 5\ntargets t\n"
                 "error half-squares\n");
    ck_assert(derive_by("w_{11}^{1}"));
    ck_assert(derivation.is_compact);
    ck_assert_int_eq(mpz_cmp_ui(graph_total(derivation.graph), 125), 0);
    ck_assert_int_eq(derivation.no_index, SOME_INDEX);
    for (size_t i = 0; i < derivation.chain_count; i++)
        for (size_t k = 0; k < derivation.chains[i].count; k++)
            ck_assert_int_eq(derivation.chains[i].steps[k].verdict, VERDICT_PROVED);
    done();
}
END_TEST

/* Twice the expression: never equal, as no result here is 0. */
static expr_id doubled(expr_id e)
{
    return expr_multiply(network_pool(network), expr_integer(network_pool(network), 2),
                         e);
}

static void refuses_spoilt_steps(const char *name)
{
    ck_assert(derive_by(name));
    struct prover *prover = prover_new(network_defs(network), &budget, 1);
    for (size_t i = 0; i < derivation.chain_count; i++) {
        expr_id before = derivation.chains[i].start;
        for (size_t k = 0; k < derivation.chains[i].count; k++) {
            expr_id after = derivation.chains[i].steps[k].after;
            struct proof proof;
            proof_init(&proof);
            ck_assert_int_eq(prove_equal(prover, before, doubled(after), NULL, 0, &proof),
                             VERDICT_REFUTED);
            proof_clear(&proof);
            before = after;
        }
    }
    prover_free(prover);
}

START_TEST(a_spoilt_step_is_refuted)
{
    static const char *const specs[] = {two_layers, two_ends, recurrent,
                                        skips,      quotient, decay};
    static const char *const names[] = {"w_{11}^{1}", "b_{1}^{1}", "u",
                                        "w_{11}^{1}", "a",         "w_{11}^{1}"};
    for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
        read_network(specs[i]);
        refuses_spoilt_steps(names[i]);
        done();
    }
}
END_TEST

START_TEST(a_spoilt_step_does_not_replay)
{
    read_network(two_layers);
    ck_assert(derive_by("w_{11}^{1}"));
    for (size_t i = 0; i < derivation.chain_count; i++) {
        for (size_t k = 0; k < derivation.chains[i].count; k++) {
            struct step *step = &derivation.chains[i].steps[k];
            expr_id kept = step->after;
            step->after = doubled(kept);
            ck_assert(!check_derivation(&derivation, &budget, &diags));
            ck_assert_int_eq(diags_status(&diags), STATUS_INTERNAL);
            diags_clear(&diags);
            diags_init(&diags);
            step->after = kept;
        }
    }
    ck_assert(check_derivation(&derivation, &budget, &diags));
    done();
}
END_TEST

START_TEST(a_spoilt_error_signal_is_refused)
{
    read_network(two_layers);
    ck_assert(derive_by("w_{11}^{1}"));
    for (size_t i = 0; i < derivation.backward_count; i++) {
        struct signal *signal = &derivation.backward[i];
        expr_id kept = signal->value;
        signal->value = doubled(kept);
        ck_assert(!check_derivation(&derivation, &budget, &diags));
        signal->value = kept;
    }
    done();
}
END_TEST

/* The prover does not know that the square of a root of a sum of squares is the sum: the
 * steps do not need it. */
START_TEST(networks_with_roots_are_derived)
{
    read_network("inputs x 2\nparameters u v\nfor k = 1..2: s_k = u x_k\n"
                 "r = \\sqrt{1 + s_1^2 + s_2^2}\nfor k = 1..2: y_k = v s_k/r\n"
                 "targets t\nerror half-squares\n");
    ck_assert(derive_by("u"));
    ck_assert_uint_eq(derivation.backward_count, 4);
    derivation.backward[1].value = doubled(derivation.backward[1].value);
    ck_assert(!check_derivation(&derivation, &budget, &diags));
    done();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("derive");
    TCase *tcase = tcase_create("all");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, two_hidden_layers);
    tcase_add_test(tcase, costs_are_counted_honestly);
    tcase_add_test(tcase, costs_of_each_output_are_alike);
    tcase_add_test(tcase, units_without_a_path_cost_nothing);
    tcase_add_test(tcase, names_with_two_ends_have_an_index_form);
    tcase_add_test(tcase, a_tied_weight_has_several_first_edges);
    tcase_add_test(tcase, a_direct_edge_is_a_path_without_output);
    tcase_add_test(tcase, an_error_alone_is_a_network);
    tcase_add_test(tcase, zeros_of_other_weights_fall_away);
    tcase_add_test(tcase, no_path_is_zero);
    tcase_add_test(tcase, many_paths_are_elided);
    tcase_add_test(tcase, a_spoilt_step_is_refuted);
    tcase_add_test(tcase, a_spoilt_step_does_not_replay);
    tcase_add_test(tcase, a_spoilt_error_signal_is_refused);
    tcase_add_test(tcase, networks_with_roots_are_derived);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
