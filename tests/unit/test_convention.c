/* The same constant factor in all false lines is one mistake. */
#include "judge_lines.h"
#include "verify/convention.h"

#include <check.h>

#define NET "y_1 = h_1 w_1\ny_2 = h_2 w_2\nE = (y_1 - t_1)^2 + (y_2 - t_2)^2\n"
#define D(a, b) "\\frac{\\partial " a "}{\\partial " b "}"

enum { MOST = 16 };

static struct verified_step steps[MOST];
static struct verified_document document;

static enum step_verdict verdict_of(const struct judged *judged)
{
    return judged->verdict == VERDICT_REFUTED ? STEP_REFUTED : STEP_PROVED;
}

static void tell(const char *text)
{
    struct verification verification = {
        .documents = &document, .document_count = 1, .steps = steps};
    struct convention_search search;
    memset(&document, 0, sizeof document);
    open_document(text);
    convention_begin(&search);
    for (size_t i = 0; i < section.end; i++) {
        steps[i] = (struct verified_step){.verdict = verdict_of(&section.steps[i]),
                                 .carried_from = STEP_NONE};
        if (steps[i].verdict == STEP_REFUTED)
            convention_see(&search, &section, i);
    }
    verification.step_count = section.end;
    convention_tell(&search, &verification, 0, 0);
    close_document();
}

static void clear(void)
{
    for (size_t i = 0; i < document.convention_count; i++)
        memory_free(document.conventions[i].factor);
    memory_free(document.conventions);
}

START_TEST(half_the_error)
{
    tell(NET D("E", "y_1") " = y_1 - t_1\n" D("y_1", "w_1") " = h_1\n" D(
        "E", "w_1") " = (y_1 - t_1) h_1\n" D("E", "w_2") " = (y_2 - t_2) h_2\n");
    ck_assert_uint_eq(document.convention_count, 1);
    ck_assert_str_eq(document.conventions[0].factor, "\\frac{1}{2}");
    ck_assert_uint_eq(document.conventions[0].first, 3);
    ck_assert_uint_eq(document.conventions[0].count, 3);
    ck_assert_int_eq(steps[3].verdict, STEP_REFUTED);
    ck_assert_int_eq(steps[4].verdict, STEP_PROVED);
    ck_assert_int_eq(steps[5].verdict, STEP_CARRIED);
    ck_assert_int_eq(steps[6].carried_from, 3);
    clear();
}
END_TEST

START_TEST(different_factors)
{
    tell(NET D("E", "y_1") " = y_1 - t_1\n" D("E", "y_2") " = -2(y_2 - t_2)\n");
    ck_assert_uint_eq(document.convention_count, 0);
    ck_assert_int_eq(steps[4].verdict, STEP_REFUTED);
    clear();
}
END_TEST

START_TEST(one_line_alone)
{
    tell(NET D("E", "y_1") " = y_1 - t_1\n");
    ck_assert_uint_eq(document.convention_count, 0);
    clear();
}
END_TEST

START_TEST(another_mistake)
{
    tell(NET D("E", "y_1") " = y_1 - t_1\n" D("E", "y_2") " = y_2 - t_1\n");
    ck_assert_uint_eq(document.convention_count, 0);
    clear();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("convention");
    TCase *tests = tcase_create("convention");
    tcase_add_test(tests, half_the_error);
    tcase_add_test(tests, different_factors);
    tcase_add_test(tests, one_line_alone);
    tcase_add_test(tests, another_mistake);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
