/* Repairs of false lines: each kind, and lines that no single edit repairs. */
#include "judge_lines.h"
#include "verify/repair.h"

#include <check.h>
#include <stdio.h>

#define NET                                                                              \
    "z_1 = w_{11}^1 x_1 + w_{21}^1 x_2\n"                                                \
    "z_2 = w_{12}^1 x_1 + w_{22}^1 x_2\n"                                                \
    "h_1 = f(z_1)\n"                                                                     \
    "h_2 = f(z_2)\n"                                                                     \
    "y_1 = h_1 w_{11}^2 + h_2 w_{21}^2\n"                                                \
    "y_2 = h_1 w_{12}^2 + h_2 w_{22}^2\n"                                                \
    "E = \\frac{1}{2}(y_1 - t_1)^2 + \\frac{1}{2}(y_2 - t_2)^2\n"                        \
    "\\delta_1 = \\frac{\\partial E}{\\partial y_1}\n"                                   \
    "\\frac{\\partial E}{\\partial y_2} = \\delta_2\n"                                   \
    "f'(z_1) = f'(z_1)\n"

static struct verified_step found;

static void clear_found(void)
{
    for (size_t i = 0; i < found.repair_count; i++) {
        memory_free(found.repairs[i].before);
        memory_free(found.repairs[i].after);
    }
    memory_free(found.path);
    memset(&found, 0, sizeof found);
}

/* The repairs of the last line, `before => after` each, and its kind. */
static const char *repairs_of(const char *document, enum repair_kind kind)
{
    static char text[4000];
    size_t length = 0;
    open_document(document);
    size_t last = section.end - 1;
    ck_assert_uint_eq(section.end, reading.count);
    ck_assert_msg(section.steps[last].role != ROLE_UNREAD, "not read: %s", document);
    ck_assert_int_eq(section.steps[last].verdict, VERDICT_REFUTED);
    repair_find(&section, last, &found);
    text[0] = '\0';
    for (size_t i = 0; i < found.repair_count; i++) {
        const struct repair *repair = &found.repairs[i];
        ck_assert_int_eq(repair->kind, kind);
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%s => %s",
                                   i > 0 ? "; " : "", repair->before, repair->after);
    }
    if (found.path)
        snprintf(text + length, sizeof text - length, " | %s", found.path);
    clear_found();
    close_document();
    return text;
}

static void expect(const char *line, enum repair_kind kind, const char *repairs)
{
    char document[4000];
    snprintf(document, sizeof document, "%s%s", NET, line);
    ck_assert_str_eq(repairs_of(document, kind), repairs);
}

#define D(a, b) "\\frac{\\partial " a "}{\\partial " b "}"

START_TEST(another_index)
{
    expect(D("y_1", "h_1") " = w_{12}^2", REPAIR_INDEX, "w_{12}^2 => w_{11}^2");
    expect(D("E", "w_{11}^2") " = (y_1 - t_2) h_1", REPAIR_INDEX, "t_2 => t_1");
    expect(D("y_1", "w_{21}^1") " = w_{11}^2 f'(z_1) x_1", REPAIR_INDEX, "x_1 => x_2");
    expect(D("E", "w_{12}^2") " = " D("E", "y_1") D("y_2", "w_{12}^2"), REPAIR_INDEX,
           "y_1 => y_2");
}
END_TEST

START_TEST(another_name)
{
    expect(D("E", "w_{11}^2") " = (y_1 - t_1) z_1", REPAIR_NAME, "z_1 => h_1");
}
END_TEST

START_TEST(a_sign)
{
    expect(D("E", "y_1") " = y_1 + t_1", REPAIR_SIGN, "+ => -");
    expect(D("E", "w_{11}^2") " = -(y_1 - t_1) h_1", REPAIR_SIGN, "- => ");
    expect(D("E", "w_{11}^2") " = (t_1 - y_1) h_1", REPAIR_SIGN, " => -");
}
END_TEST

START_TEST(factors)
{
    expect(D("E", "w_{11}^2") " = (y_1 - t_1) h_1 w_{11}^2", REPAIR_FACTOR_EXTRA,
           " w_{11}^2 => ");
    expect(D("y_1", "w_{11}^1") " = w_{11}^2 f'(z_1)", REPAIR_FACTOR_LOST, " =>  x_1");
    expect(D("y_1", "w_{11}^1") " = w_{11}^2 x_1", REPAIR_FACTOR_LOST, " =>  f'(z_1)");
    expect(D("E", "w_{11}^2") " = h_1", REPAIR_FACTOR_LOST,
           " =>  \\delta_1;  =>  (y_1 - t_1)");
}
END_TEST

START_TEST(terms)
{
    expect(D("E", "h_1") " = (y_1 - t_1) w_{11}^2", REPAIR_TERM_LOST,
           " =>  + (y_2 - t_2) w_{12}^2 | h_{1} \\to y_{2} \\to E");
    expect(D("E", "w_{11}^1") " = ((y_1 - t_1) w_{11}^2) f'(z_1) x_1", REPAIR_TERM_LOST,
           " =>  + (y_2 - t_2) w_{12}^2; "
           " =>  + (y_2 - t_2) w_{12}^2 f'(z_1) x_1"
           " | w_{11}^{1} \\to z_{1} \\to h_{1} \\to y_{2} \\to E");
    expect("\\delta_k = y_k - t_k\n" D("E", "h_j") " = \\delta_k w_{jk}^2",
           REPAIR_TERM_LOST, " => \\sum_k ");
    expect("\\delta_k = y_k - t_k\n" D("E", "h_j") " = \\sum_k \\delta_k w_{kj}^2",
           REPAIR_INDEX, "w_{kj}^2 => w_{jk}^2");
    expect("\\delta_k = y_k - t_k\n" D("E", "h_j") " = \\sum_k w_{jk}^2",
           REPAIR_FACTOR_LOST, " =>  \\delta_k");
    expect("\\delta_k = y_k - t_k\n" D("E", "h_j") " = -\\sum_k (y_k - t_k) w_{jk}^2",
           REPAIR_SIGN, "- => ");
    expect("\\delta_k = y_k - t_k\n" D("E", "h_j") " = \\sum_k (y_k + t_k) w_{jk}^2",
           REPAIR_SIGN, "+ => -");
    expect(D("y_1", "h_1") " = w_{11}^2 + w_{21}^2", REPAIR_TERM_EXTRA,
           " + w_{21}^2 => ");
}
END_TEST

START_TEST(chains)
{
    expect("\\frac{\\delta E}{\\delta w_{11}^2} = \\frac{\\delta E}{\\delta y_1}",
           REPAIR_FACTOR_LOST, " =>  h_1;  =>  \\frac{\\delta y_1}{\\delta w_{11}^2}");
    expect(
        D("E", "h_1") " = " D("E", "y_1") D("y_1", "h_1"), REPAIR_TERM_LOST,
        " =>  + \\frac{\\partial E}{\\partial y_2} \\frac{\\partial y_2}{\\partial h_1}"
        " | h_{1} \\to y_{2} \\to E");
}
END_TEST

START_TEST(functions)
{
    expect(D("y_1", "w_{11}^1") " = w_{11}^2 f(z_1) x_1", REPAIR_PRIME_LOST, "f => f'");
    expect(D("E", "w_{11}^2") " = (y_1 - t_1) f'(z_1)", REPAIR_PRIME_EXTRA, "f' => f");
    expect(D("y_1", "w_{11}^1") " = w_{11}^2 f'(z_2) x_1", REPAIR_ARGUMENT, "z_2 => z_1");
}
END_TEST

START_TEST(numbers)
{
    expect(D("E", "y_1") " = (y_1 - t_1)^2", REPAIR_EXPONENT,
           "(y_1 - t_1)^2 => (y_1 - t_1)");
    expect(D("E", "y_1") " = 2(y_1 - t_1)", REPAIR_CONSTANT, "2 => ");
    expect(D("E", "y_1") " = \\frac{1}{2}(y_1 - t_1)", REPAIR_CONSTANT,
           "\\frac{1}{2} => ");
}
END_TEST

START_TEST(the_left_side)
{
    expect(D("E", "y_2") " = y_1 - t_1", REPAIR_INDEX, "y_2 => y_1");
}
END_TEST

START_TEST(no_single_edit)
{
    expect(D("E", "w_{11}^2") " = x_1 t_2", REPAIR_OTHER, "");
    expect(D("E", "w_{11}^1") " = x_2 f(z_2)", REPAIR_OTHER, "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("repair");
    TCase *tests = tcase_create("repair");
    tcase_add_test(tests, another_index);
    tcase_add_test(tests, another_name);
    tcase_add_test(tests, a_sign);
    tcase_add_test(tests, factors);
    tcase_add_test(tests, terms);
    tcase_add_test(tests, chains);
    tcase_add_test(tests, functions);
    tcase_add_test(tests, numbers);
    tcase_add_test(tests, the_left_side);
    tcase_add_test(tests, no_single_edit);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
