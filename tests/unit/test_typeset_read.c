#include "tell/typeset_read.h"

#include "net/spec.h"
#include "write/write.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct doc doc;
static struct typeset typeset;
static struct buf out;

static void setup(void)
{
    doc_init(&doc);
    typeset_init(&typeset, &doc.arena, NULL);
    buf_init(&out);
}

static void teardown(void)
{
    buf_clear(&out);
    doc_clear(&doc);
}

static const char *read_back(const char *latex)
{
    struct formula *formula = typeset_read(&typeset, latex);
    buf_truncate(&out, 0);
    if (formula == NULL)
        return NULL;
    write_latex_formula(formula, &out);
    return buf_peek(&out);
}

START_TEST(what_the_sheet_writes_comes_back)
{
    static const char *const pieces[] = {
        "w_{11}^2",
        "\\mathrm{net}_{h1}",
        "\\hat{y}_1",
        "e^{-z}",
        "x^{(1)}",
        "-",
        "+",
        "2",
        "\\tfrac{1}{2}",
        "+(y_1-t_1)w_{11}^2x_1",
        "-2\\frac{h_1}{s^2}h_1x_1",
        "2\\cdot3x",
        "\\frac{\\partial E}{\\partial y_1}\\frac{\\partial y_1}{\\partial w_{11}^1}",
        "\\frac{\\delta E}{\\delta w_1}",
        "\\tanh'(h_1x_1+b)",
        "\\sigma'(z_1^1)",
        "(x_1+1)^{2}",
        "\\sqrt{a+b}",
        "|x|",
    };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        const char *back = read_back(pieces[i]);
        ck_assert_msg(back != NULL, "%s is not read", pieces[i]);
        ck_assert_str_eq(back, pieces[i]);
    }
}
END_TEST

START_TEST(brackets_and_dots_are_set_anew)
{
    ck_assert_str_eq(read_back("2\\,(a-b)"), "2\\,(a-b)");
    ck_assert_str_eq(read_back("2 \\cdot (a-b)"), "2\\cdot(a-b)");
    ck_assert_str_eq(read_back("-((a-b) c)"), "-\\bigl[(a-b)c\\bigr]");
    ck_assert_str_eq(read_back("\\left(a-b\\right)"), "(a-b)");
    ck_assert_str_eq(read_back("exp(z)"), "e^{z}");
    ck_assert_str_eq(read_back("+ y_1 - t_1"), "+y_1-t_1");
}
END_TEST

/* Sheets write products without blanks, as `verify` reads them. */
START_TEST(names_side_by_side_are_told_apart)
{
    static const char text[] = "inputs x 2\nparameters v\ny = v x_1\nerror E = y^2\n";
    struct source source;
    struct budget budget;
    struct diags diags;
    diags_init(&diags);
    budget_init(&budget);
    ck_assert(source_from_text(&source, "net", text, sizeof text - 1, &diags));
    struct network *network = spec_read(&source, NULL, &budget, &diags);
    ck_assert_ptr_nonnull(network);
    ck_assert_str_eq(read_back("vx_1"), "\\mathrm{vx}_1");
    typeset.network = network;
    ck_assert_str_eq(read_back("vx_1"), "vx_1");
    ck_assert_str_eq(read_back("vx_3"), "\\mathrm{vx}_3");
    network_free(network);
    source_clear(&source);
    diags_clear(&diags);
}
END_TEST

START_TEST(what_is_no_formula_is_left)
{
    static const char *const pieces[] = {
        "",      " ",    "'", "^2", "+ ", "(a", "a +", "w_{i_{j}}", "\\mathbf{W} x^T",
        "\\foo", "a = b"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        ck_assert_msg(read_back(pieces[i]) == NULL, "%s is read", pieces[i]);
}
END_TEST

START_TEST(deep_nesting_is_left)
{
    char deep[2001];
    memset(deep, '(', 1000);
    deep[1000] = 'a';
    memset(deep + 1001, ')', 999);
    deep[2000] = '\0';
    ck_assert_ptr_null(read_back(deep));
    memset(deep, '-', 2000);
    ck_assert_ptr_null(read_back(deep));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("typeset_read");
    TCase *test = tcase_create("pieces");
    tcase_add_checked_fixture(test, setup, teardown);
    tcase_add_test(test, what_the_sheet_writes_comes_back);
    tcase_add_test(test, brackets_and_dots_are_set_anew);
    tcase_add_test(test, names_side_by_side_are_told_apart);
    tcase_add_test(test, what_is_no_formula_is_left);
    tcase_add_test(test, deep_nesting_is_left);
    suite_add_tcase(suite, test);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
