#include "tell/tell_crosscheck.h"

#include "../given.h"
#include "data/crosscheck_json.h"
#include "write/write.h"

#include <stdlib.h>

static struct given given;
static struct crosscheck crosscheck;
static struct crosscheck_options options;
static struct buf out;

static void begin(const char *spec)
{
    buf_init(&out);
    given_init(&given, spec);
    options = (struct crosscheck_options){.goal = -1};
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
    tell_crosscheck(&doc, &crosscheck);
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

START_TEST(a_table)
{
    begin(valued);
    ck_assert_str_eq(
        as_text(),
        "The sum over all paths (GMP rationals) beside matrix backprop (FLINT integer "
        "matrices),\n"
        "both exact.\n\n"
        "    symbol    paths    path sum    backprop    difference    verdict\n"
        "    ────────────────────────────────────────────────────────────────\n"
        "    w₁        1        70/3        70/3        0             equal\n"
        "    w₂        1        14/9        14/9        0             equal\n\n"
        "Both ways agree on both derivatives.\n");
    end();
}
END_TEST

static void spoil(void)
{
    struct crosscheck_row *row = &crosscheck.rows[1];
    mpq_set_si(row->other, 5, 9);
    mpq_set_si(row->difference, 1, 1);
    row->is_equal = false;
    crosscheck.differing = 1;
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
    ck_assert_ptr_nonnull(strstr(as_text(), "-219902…/205891… (29 digits)"));
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
                                "  \"method\": \"backprop\",\n"
                                "  \"random\": null,\n"
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
                                "      \"other\": \"70/3\",\n"
                                "      \"difference\": \"0\",\n"
                                "      \"equal\": true\n"
                                "    },\n"
                                "    {\n"
                                "      \"name\": \"w_{2}\",\n"
                                "      \"paths\": \"1\",\n"
                                "      \"path_sum\": \"14/9\",\n"
                                "      \"other\": \"5/9\",\n"
                                "      \"difference\": \"1\",\n"
                                "      \"equal\": false\n"
                                "    }\n"
                                "  ],\n"
                                "  \"equal\": false\n"
                                "}\n");
    end();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tell_crosscheck");
    TCase *tcase = tcase_create("tell_crosscheck");
    tcase_add_test(tcase, a_table);
    tcase_add_test(tcase, what_differs_is_said);
    tcase_add_test(tcase, drawn_values_can_be_pasted);
    tcase_add_test(tcase, long_numbers_are_cut);
    tcase_add_test(tcase, json);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
