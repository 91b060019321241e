#include "tell/tell_crosscheck.h"

#include "../given.h"
#include "data/crosscheck_json.h"
#include "write/write.h"

#include <stdlib.h>

static struct given given;
static struct crosscheck crosscheck;
static struct crosscheck_options options;
static struct crosscheck_telling telling;
static struct buf out;

static void begin(const char *spec)
{
    buf_init(&out);
    given_init(&given, spec);
    options = (struct crosscheck_options){.goal = -1};
    telling = (struct crosscheck_telling){.digits = 12, .has_radius = true};
    ck_assert(crosscheck_run(&crosscheck, given.network, &options, &given.budget,
                             &given.diags));
}

static void end(void)
{
    crosscheck_clear(&crosscheck);
    given_clear(&given);
    buf_clear(&out);
}

static const char *as_text(void)
{
    struct doc doc;
    doc_init(&doc);
    tell_crosscheck(&doc, &crosscheck, &telling);
    buf_truncate(&out, 0);
    write_text(&doc, 90, &out);
    doc_clear(&doc);
    return buf_peek(&out);
}

static const char *as_json(void)
{
    struct json json;
    buf_truncate(&out, 0);
    json_init(&json, &out);
    crosscheck_json(&json, &crosscheck);
    json_clear(&json);
    return buf_peek(&out);
}

static const char valued[] = "inputs x 1\nlayer h 1\nlayer y 1\nweights w_{<edge-all>}\n"
                             "let x = 2\nlet w_1 w_2 = 1/3 5\nlet t = 1\n";

START_TEST(tables_by_layer)
{
    begin(valued);
    ck_assert_str_eq(
        as_text(),
        "The sum over all paths (GMP rationals) beside matrix backprop (FLINT integer "
        "matrices),\n"
        "both exact.\n\n"
        "Layer 1: h₁\n"
        "───────────\n\n"
        "    symbol    paths    path sum    backprop    difference    verdict\n"
        "    ────────────────────────────────────────────────────────────────\n"
        "    w₁        1        70/3        70/3        0             equal\n\n"
        "Layer 2: y₁\n"
        "───────────\n\n"
        "    symbol    paths    path sum    backprop    difference    verdict\n"
        "    ────────────────────────────────────────────────────────────────\n"
        "    w₂        1        14/9        14/9        0             equal\n\n"
        "Both ways agree on both derivatives.\n");
    end();
}
END_TEST

/* All samples have the same two layers. */
START_TEST(layers_are_counted_without_samples)
{
    begin("inputs x 1\nlayer h 1\nlayer y 1\nsamples 3 summed\n");
    const char *text = as_text();
    ck_assert_ptr_nonnull(strstr(text, "Layer 2: y"));
    ck_assert_ptr_null(strstr(text, "Layer 4: y"));
    end();
}
END_TEST

static void spoil(void)
{
    struct crosscheck_row *row = &crosscheck.rows[1];
    mpq_set_si(row->others[0].exact, 5, 9);
    row->verdict = CROSSCHECK_DIFFER;
    crosscheck.verdicts[CROSSCHECK_DIFFER] = 1;
}

START_TEST(what_differs_is_said)
{
    begin(valued);
    spoil();
    ck_assert_ptr_nonnull(
        strstr(as_text(), "14/9        5/9         1             differ\n"));
    ck_assert_ptr_nonnull(
        strstr(as_text(), "The two ways disagree on one of two derivatives."));
    end();
}
END_TEST

START_TEST(drawn_values_can_be_pasted)
{
    begin("inputs x 1\nlayer y 1\nweights w_{<edge-all>}\n");
    ck_assert_ptr_nonnull(
        strstr(as_text(), "The network has no values; these are drawn with --random=1:"));
    ck_assert_ptr_nonnull(strstr(as_text(), "\n    let w_{1} = "));
    end();
}
END_TEST

START_TEST(long_numbers_are_cut)
{
    begin("parameters u v\na = u^{40}/v^{30}\nerror E = a\nlet u v = -2 3\n");
    ck_assert_ptr_nonnull(strstr(as_text(), "-219902…/205891…"));
    ck_assert_ptr_nonnull(strstr(as_text(), "(29\u00a0digits)"));
    ck_assert_ptr_nonnull(strstr(as_json(), "\"-21990232555520/205891132094649\""));
    end();
}
END_TEST

START_TEST(json)
{
    begin(valued);
    spoil();
    ck_assert_str_eq(as_json(), "{\n"
                                "  \"of\": \"E\",\n"
                                "  \"methods\": [\n"
                                "    \"backprop\"\n"
                                "  ],\n"
                                "  \"random\": null,\n"
                                "  \"bits\": null,\n"
                                "  \"shared\": false,\n"
                                "  \"values\": {\n"
                                "    \"x_{1}\": \"2\",\n"
                                "    \"w_{1}\": \"1/3\",\n"
                                "    \"w_{2}\": \"5\",\n"
                                "    \"t_{1}\": \"1\"\n"
                                "  },\n"
                                "  \"derivatives\": [\n"
                                "    {\n"
                                "      \"name\": \"w_{1}\",\n"
                                "      \"paths\": \"1\",\n"
                                "      \"path_sum\": \"70/3\",\n"
                                "      \"others\": [\n"
                                "        {\n"
                                "          \"method\": \"backprop\",\n"
                                "          \"value\": \"70/3\",\n"
                                "          \"difference\": \"0\"\n"
                                "        }\n"
                                "      ],\n"
                                "      \"verdict\": \"equal\"\n"
                                "    },\n"
                                "    {\n"
                                "      \"name\": \"w_{2}\",\n"
                                "      \"paths\": \"1\",\n"
                                "      \"path_sum\": \"14/9\",\n"
                                "      \"others\": [\n"
                                "        {\n"
                                "          \"method\": \"backprop\",\n"
                                "          \"value\": \"5/9\",\n"
                                "          \"difference\": \"1\"\n"
                                "        }\n"
                                "      ],\n"
                                "      \"verdict\": \"differ\"\n"
                                "    }\n"
                                "  ],\n"
                                "  \"verdict\": \"differ\"\n"
                                "}\n");
    end();
}
END_TEST

static const char curved[] =
    "inputs x 1\nlayer h 1 tanh\nlayer y 1\nweights w_{<edge-all>}\n"
    "let x = 2\nlet w_1 w_2 = 1/3 5\nlet t = 1\n";

/* E = (5 tanh(2/3) - 1)^2/2; dE/dw_2 = (5 u - 1) u, dE/dw_1 = (5 u - 1) 10 (1 - u^2), by
 * another program. */
START_TEST(enclosures_have_their_radius)
{
    begin(curved);
    const char *text = as_text();
    ck_assert_ptr_nonnull(strstr(text, "enclosed with 128 bits."));
    ck_assert_ptr_nonnull(strstr(text, "12.6388045851… ± "));
    ck_assert_ptr_nonnull(strstr(text, "1.11539686159… ± "));
    ck_assert_ptr_nonnull(strstr(text, "agree\n"));
    ck_assert_ptr_nonnull(strstr(as_json(), "\"lower\": \"1.26388045850"));
    ck_assert_ptr_nonnull(strstr(as_json(), "\"verdict\": \"agree\""));
    end();
}
END_TEST

START_TEST(a_summary_has_a_line_a_layer)
{
    begin(valued);
    spoil();
    telling.is_summary = true;
    const char *text = as_text();
    ck_assert_ptr_nonnull(strstr(text, "Layer 1: h₁    1              0                  "
                                       "   0                 1 equal\n"));
    ck_assert_ptr_nonnull(strstr(text, "1 differ\n"));
    ck_assert_ptr_null(strstr(text, "70/3"));
    end();
}
END_TEST

/* e^{10^300} is beyond every precision. */
START_TEST(what_is_undecided_is_said)
{
    given_init(&given, "parameter u\nerror E = e^{u}\nlet u = 1e300\n");
    buf_init(&out);
    options = (struct crosscheck_options){.goal = -1, .max_bits = 256};
    telling = (struct crosscheck_telling){.digits = 12, .has_radius = true};
    ck_assert(crosscheck_run(&crosscheck, given.network, &options, &given.budget,
                             &given.diags));
    ck_assert_int_eq(crosscheck_worst(&crosscheck), CROSSCHECK_UNDECIDED);
    const char *text = as_text();
    ck_assert_ptr_nonnull(strstr(text, "undecided\n"));
    ck_assert_ptr_nonnull(strstr(text, "Undecided: one of one. With 256 bits"));
    ck_assert_ptr_nonnull(strstr(as_json(), "\"upper\": null"));
    end();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tell_crosscheck");
    TCase *tcase = tcase_create("tell_crosscheck");
    tcase_add_test(tcase, tables_by_layer);
    tcase_add_test(tcase, layers_are_counted_without_samples);
    tcase_add_test(tcase, what_differs_is_said);
    tcase_add_test(tcase, drawn_values_can_be_pasted);
    tcase_add_test(tcase, long_numbers_are_cut);
    tcase_add_test(tcase, json);
    tcase_add_test(tcase, enclosures_have_their_radius);
    tcase_add_test(tcase, a_summary_has_a_line_a_layer);
    tcase_add_test(tcase, what_is_undecided_is_said);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
