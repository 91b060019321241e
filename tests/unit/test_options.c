#include "derive/rule.h"
#include "options.h"
#include "target.h"
#include "tell/tell_derivation.h"

#include <check.h>
#include <string.h>

static struct gtx_options *options;

static void set_up(void)
{
    options = gtx_options_new();
}

static void tear_down(void)
{
    gtx_options_free(options);
}

static void check_problem(const char *name, const char *value, const char *part)
{
    ck_assert(!gtx_options_set(options, name, value));
    ck_assert_msg(strstr(gtx_options_problem(options), part) != NULL, "%s",
                  gtx_options_problem(options));
}

START_TEST(defaults_are_those_of_the_manual)
{
    struct budget budget;

    options_budget(options, &budget);
    ck_assert_uint_eq(budget.max_terms, 64);
    ck_assert_uint_eq(budget.max_paths, 10000000);
    ck_assert_int_eq(options->detail, RULE_EXPLICIT);
    ck_assert_int_eq(options->result, RESULT_NONE);
    ck_assert_int_eq(options->format, FORMAT_BY_TARGET);
    ck_assert(!options->has_limit);
    ck_assert(!options->random);
    ck_assert_str_eq(gtx_options_problem(options), "");
}
END_TEST

START_TEST(values_reach_their_fields)
{
    struct budget budget;

    ck_assert(gtx_options_set(options, "detail", "brief"));
    ck_assert(gtx_options_set(options, "format", "tex"));
    ck_assert(gtx_options_set(options, "max-terms", "7"));
    ck_assert(gtx_options_set(options, "max-paths", "9"));
    ck_assert(gtx_options_set(options, "of", "y_1"));
    ck_assert(gtx_options_set(options, "of", "y_2"));
    ck_assert(gtx_options_set(options, "count", NULL));
    ck_assert(gtx_options_set(options, "skip", "100000000000000000000000000000"));
    ck_assert(gtx_options_set(options, "limit", "5"));
    options_budget(options, &budget);
    ck_assert_int_eq(options->detail, RULE_BRIEF);
    ck_assert_int_eq(options->format, FORMAT_LATEX);
    ck_assert_uint_eq(budget.max_terms, 7);
    ck_assert_uint_eq(budget.max_paths, 9);
    ck_assert_str_eq(options->of, "y_2");
    ck_assert(options->count);
    ck_assert(!options->sum);
    ck_assert_uint_eq(mpz_sizeinbase(options->skip, 10), 30);
    ck_assert(options->has_limit);
    ck_assert_uint_eq(mpz_get_ui(options->limit), 5);
}
END_TEST

START_TEST(networks_add_up)
{
    ck_assert(gtx_options_set(options, "network", "a.net"));
    ck_assert(gtx_options_set(options, "network", "3:b.net"));
    check_problem("network", "", "a name");
    check_problem("network", NULL, "needs a value");
    ck_assert_uint_eq(options->networks.count, 2);
    ck_assert_str_eq(options->networks.items[0], "a.net");
    ck_assert_str_eq(options->networks.items[1], "3:b.net");
    check_problem("color", "green", "auto, always or never");
}
END_TEST

START_TEST(optional_values_have_a_meaning)
{
    ck_assert(gtx_options_set(options, "result", NULL));
    ck_assert_int_eq(options->result, RESULT_FACTORED);
    ck_assert(gtx_options_set(options, "result", "index"));
    ck_assert_int_eq(options->result, RESULT_INDEX);
    ck_assert(gtx_options_set(options, "random", NULL));
    ck_assert(options->random);
    ck_assert_uint_eq(options->random_seed, 1);
    ck_assert(gtx_options_set(options, "random", "18446744073709551615"));
    ck_assert_uint_eq(options->random_seed, UINT64_MAX);
    ck_assert_uint_eq(options->seed, 1);
}
END_TEST

START_TEST(wrong_values_are_explained)
{
    check_problem("detail", "all", "explicit, normal or brief");
    check_problem("detail", NULL, "needs a value");
    check_problem("sum", "yes", "takes no value");
    check_problem("max-terms", "0", "from 1 to 1000000");
    check_problem("max-terms", "-1", "from 1");
    check_problem("max-terms", "1.5", "from 1");
    check_problem("max-terms", "", "from 1");
    check_problem("max-terms", "18446744073709551617", "from 1");
    check_problem("random", "18446744073709551616", "from 0");
    check_problem("limit", "0", "from 1 on");
    check_problem("notation", "", "a name");
    check_problem("of", "", "a name");
    check_problem("nonsense", "1", "no option --nonsense");
    check_problem("detial", "brief", "did you mean --detail");
    ck_assert_uint_eq(options->max_terms, 64);
}
END_TEST

static const struct formats derive_formats = {FORMAT_TEXT | FORMAT_LATEX | FORMAT_JSON,
                                              FORMAT_LATEX, true};

static bool discard(void *context, const char *bytes, size_t length)
{
    (void)context;
    (void)bytes;
    (void)length;
    return true;
}

static void check_target(enum format format, bool is_standalone)
{
    const struct gtx_sink sink = {discard, NULL, NULL};
    struct target target;
    struct diags diags;

    diags_init(&diags);
    ck_assert(target_choose(&target, &derive_formats, options, &sink, &diags));
    ck_assert_int_eq(target.format, format);
    ck_assert(target.is_standalone == is_standalone);
    diags_clear(&diags);
}

static void check_no_target(void)
{
    const struct gtx_sink sink = {discard, NULL, NULL};
    struct target target;
    struct diags diags;

    diags_init(&diags);
    ck_assert(!target_choose(&target, &derive_formats, options, &sink, &diags));
    ck_assert_int_eq(diags_status(&diags), STATUS_USAGE);
    diags_clear(&diags);
}

START_TEST(the_target_chooses_the_format)
{
    check_target(FORMAT_LATEX, false);
    gtx_options_set(options, "output", "sheet.tex");
    check_target(FORMAT_LATEX, true);
    gtx_options_set(options, "output", "sheet.txt");
    check_target(FORMAT_TEXT, false);
    gtx_options_set(options, "output", "/dev/null");
    check_target(FORMAT_LATEX, false);
    gtx_options_set(options, "output", "sheet.pdf");
    check_no_target();
    gtx_options_set(options, "format", "json");
    check_target(FORMAT_JSON, false);
    gtx_options_set(options, "standalone", NULL);
    check_no_target();
    gtx_options_set(options, "format", "latex");
    check_target(FORMAT_LATEX, true);
    gtx_options_set(options, "format", "dot");
    check_no_target();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("options");
    TCase *tcase = tcase_create("all");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, defaults_are_those_of_the_manual);
    tcase_add_test(tcase, values_reach_their_fields);
    tcase_add_test(tcase, networks_add_up);
    tcase_add_test(tcase, optional_values_have_a_meaning);
    tcase_add_test(tcase, wrong_values_are_explained);
    tcase_add_test(tcase, the_target_chooses_the_format);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
