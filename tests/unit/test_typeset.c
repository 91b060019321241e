#include "tell/typeset.h"

#include "write/write.h"

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct pool *pool;
static struct doc doc;
static struct typeset typeset;
static struct buf out;
static expr_id a, b, c, x, w, two, half;

static expr_id ratio(long numerator, unsigned long denominator)
{
    mpq_t value;
    mpq_init(value);
    mpq_set_si(value, numerator, denominator);
    expr_id e = expr_number(pool, value);
    mpq_clear(value);
    return e;
}

static void setup(void)
{
    pool = pool_new();
    doc_init(&doc);
    typeset_init(&typeset, &doc.arena, NULL);
    typeset.pool = pool;
    buf_init(&out);
    a = expr_symbol(pool, "a");
    b = expr_symbol(pool, "b");
    c = expr_symbol(pool, "c");
    x = expr_symbol(pool, "x_{1}");
    w = expr_symbol(pool, "w_{1}");
    two = expr_integer(pool, 2);
    half = ratio(1, 2);
}

static void teardown(void)
{
    buf_clear(&out);
    doc_clear(&doc);
    pool_free(pool);
}

static const char *latex_of(const struct formula *formula)
{
    buf_truncate(&out, 0);
    write_latex_formula(formula, &out);
    return buf_peek(&out);
}

static const char *latex(expr_id e)
{
    return latex_of(typeset_expression(&typeset, e));
}

static expr_id product(size_t count, ...)
{
    expr_id factors[8];
    va_list list;
    va_start(list, count);
    for (size_t i = 0; i < count; i++)
        factors[i] = va_arg(list, expr_id);
    va_end(list);
    return expr_product(pool, factors, count);
}

START_TEST(products_stand_side_by_side)
{
    ck_assert_str_eq(latex(product(3, a, x, w)), "ax_1w_1");
    ck_assert_str_eq(latex(product(2, x, two)), "2x_1");
    ck_assert_str_eq(latex(product(2, half, two)), "\\tfrac{1}{2}\\cdot2");
    ck_assert_str_eq(latex(product(2, a, product(2, two, b))), "a\\cdot2b");
    ck_assert_str_eq(latex(product(2, two, expr_subtract(pool, a, b))), "2\\,(a-b)");
    ck_assert_str_eq(latex(product(2, half, expr_subtract(pool, a, b))),
                     "\\tfrac{1}{2}(a-b)");
}
END_TEST

START_TEST(ones_and_zeros_are_told_from_names)
{
    ck_assert_str_eq(latex(product(2, expr_integer(pool, 1), a)), "1\\cdot a");
    ck_assert_str_eq(latex(product(2, expr_integer(pool, -1), a)), "-1\\cdot a");
    ck_assert_str_eq(latex(product(2, expr_integer(pool, 0), a)), "0\\cdot a");
}
END_TEST

START_TEST(words_stand_apart)
{
    expr_id net = expr_symbol(pool, "net_{h1}");

    ck_assert_str_eq(latex(product(2, net, a)), "\\mathrm{net}_{h1}\\,a");
}
END_TEST

START_TEST(signs_never_meet)
{
    expr_id minus = expr_negate(pool, a);

    ck_assert_str_eq(latex(expr_add(pool, b, minus)), "b-a");
    ck_assert_str_eq(latex(expr_add(pool, minus, b)), "-a+b");
    ck_assert_str_eq(latex(expr_subtract(pool, b, minus)), "b-(-a)");
    ck_assert_str_eq(latex(product(2, minus, b)), "-ab");
    ck_assert_str_eq(latex(product(2, b, minus)), "b(-a)");
    ck_assert_str_eq(latex(expr_add(pool, c, product(2, minus, b))), "c-ab");
    ck_assert_str_eq(latex(expr_add(pool, c, ratio(-3, 7))), "c-\\tfrac{3}{7}");
    ck_assert_str_eq(latex(product(2, expr_subtract(pool, a, b), ratio(-3, 7))),
                     "-\\tfrac{3}{7}(a-b)");
    ck_assert_str_eq(latex(expr_negate(pool, expr_add(pool, a, b))), "-(a+b)");
    ck_assert_str_eq(latex(expr_subtract(pool, expr_integer(pool, 0), a)), "0-a");
}
END_TEST

START_TEST(powers_need_a_single_base)
{
    ck_assert_str_eq(latex(expr_power(pool, x, 2)), "x_1^{2}");
    ck_assert_str_eq(latex(expr_power(pool, expr_symbol(pool, "h_{1}^{2}"), 2)),
                     "(h_1^2)^{2}");
    ck_assert_str_eq(latex(expr_power(pool, expr_negate(pool, a), 2)), "(-a)^{2}");
    ck_assert_str_eq(latex(expr_power(pool, expr_power(pool, a, 2), 3)), "(a^{2})^{3}");
    ck_assert_str_eq(latex(expr_power(pool, product(2, a, b), 2)), "(ab)^{2}");
    ck_assert_str_eq(latex(expr_power(pool, half, 2)), "(\\tfrac{1}{2})^{2}");
    ck_assert_str_eq(latex(expr_power(pool, expr_integer(pool, -2), 3)), "(-2)^{3}");
    ck_assert_str_eq(latex(expr_power(pool, expr_quotient(pool, a, b), -1)),
                     "\\Bigl(\\frac{a}{b}\\Bigr)^{-1}");
}
END_TEST

START_TEST(brackets_grow_with_what_they_hold)
{
    expr_id inner = expr_add(pool, a, b);
    expr_id round = expr_add(pool, product(2, c, inner), a);
    expr_id square = expr_add(pool, product(2, b, round), x);
    expr_id slope = expr_subtract(pool, a, expr_derivative(pool, x, w));

    ck_assert_str_eq(latex(product(2, c, inner)), "c(a+b)");
    ck_assert_str_eq(latex(product(2, b, round)), "b\\bigl[c(a+b)+a\\bigr]");
    ck_assert_str_eq(latex(product(2, c, square)),
                     "c\\Bigl(b\\bigl[c(a+b)+a\\bigr]+x_1\\Bigr)");
    ck_assert_str_eq(latex(product(2, c, slope)),
                     "c\\Bigl(a-\\frac{\\partial x_1}{\\partial w_1}\\Bigr)");
    ck_assert_str_eq(
        latex(product(2, b, expr_add(pool, product(2, c, slope), a))),
        "b\\Bigl[c\\Bigl(a-\\frac{\\partial x_1}{\\partial w_1}\\Bigr)+a\\Bigr]");
}
END_TEST

START_TEST(derivatives)
{
    expr_id sum = expr_add(pool, a, b), of_sum = expr_derivative(pool, sum, w);

    ck_assert_str_eq(latex(expr_derivative(pool, x, w)),
                     "\\frac{\\partial x_1}{\\partial w_1}");
    ck_assert_str_eq(latex(of_sum), "\\frac{\\partial}{\\partial w_1}\\,(a+b)");
    ck_assert_str_eq(latex(expr_derivative(pool, product(2, half, sum), w)),
                     "\\frac{\\partial}{\\partial w_1}\\,\\tfrac{1}{2}(a+b)");
    ck_assert_str_eq(latex(product(2, a, of_sum)),
                     "a\\frac{\\partial}{\\partial w_1}\\,(a+b)");
    ck_assert_str_eq(latex(product(2, of_sum, a)),
                     "\\Bigl[\\frac{\\partial}{\\partial w_1}\\,(a+b)\\Bigr]a");
    ck_assert_str_eq(
        latex(product(2, expr_local(pool, a, b), expr_local(pool, b, w))),
        "\\frac{\\partial a}{\\partial b}\\frac{\\partial b}{\\partial w_1}");
}
END_TEST

static bool bar_on_a(void *context, expr_id local)
{
    (void)context;
    return expr_part(pool, local, 0) == a;
}

static void hold_c(void *context, expr_id local, struct formula *row)
{
    (void)context;
    (void)local;
    formula_append(&doc.arena, row, typeset_expression(&typeset, c));
}

START_TEST(a_local_derivative_may_need_a_bar)
{
    typeset.needs_bar = bar_on_a;
    typeset.held = hold_c;
    ck_assert_str_eq(latex(expr_local(pool, b, w)), "\\frac{\\partial b}{\\partial w_1}");
    ck_assert_str_eq(latex(expr_local(pool, a, w)),
                     "\\left.\\frac{\\partial a}{\\partial w_1}\\right|_{c}");
}
END_TEST

START_TEST(long_sums_are_elided)
{
    expr_id terms[6];
    for (int i = 0; i < 6; i++) {
        char name[16];
        snprintf(name, sizeof name, "u_{%d}", i + 1);
        terms[i] = expr_symbol(pool, name);
    }
    typeset.max_terms = 5;
    ck_assert_str_eq(latex(expr_sum(pool, terms, 5)), "u_1+u_2+u_3+u_4+u_5");
    ck_assert_str_eq(latex(expr_sum(pool, terms, 6)), "u_1+u_2+\\cdots+u_6");
}
END_TEST

static const char *coloured(expr_id e, const struct mark *marks, size_t count)
{
    struct doc page;
    doc_init(&page);
    doc_row(&page, doc_block(&page, BLOCK_DISPLAY), NULL,
            typeset_marked(&typeset, e, marks, count));
    buf_truncate(&out, 0);
    write_latex(&page, true, &out);
    doc_clear(&page);
    char *line = strstr(out.data, "&= ") + strlen("&= ");
    *strchr(line, '\n') = '\0';
    return line;
}

START_TEST(marks_belong_to_occurrences)
{
    expr_id e = expr_add(pool, product(2, a, b), product(2, a, c));
    uint32_t first[] = {0, 0}, second[] = {0, 1}, third[] = {1, 0}, beyond[] = {7};
    struct mark marks[] = {
        {{third, 2}, 1, 0}, {{first, 2}, 0, 0}, {{second, 2}, 0, 0}, {{beyond, 1}, 3, 0}};

    ck_assert_str_eq(coloured(e, marks, 4), "{\\color{path1}ab}+{\\color{path2}a}c");
    ck_assert_str_eq(coloured(e, NULL, 0), "ab+ac");
    ck_assert_str_eq(latex_of(typeset_marked(&typeset, e, marks, 4)), "ab+ac");
}
END_TEST

START_TEST(marks_leave_the_sign_outside)
{
    expr_id e = expr_subtract(pool, a, b);
    uint32_t term[] = {1};
    struct mark mark = {{term, 1}, 0, 0}, whole = {{NULL, 0}, 0, 0};

    ck_assert_str_eq(coloured(e, &mark, 1), "a-{\\color{path1}b}");
    ck_assert_str_eq(coloured(a, &whole, 1), "{\\color{path1}a}");
    e = expr_add(pool, a, product(2, expr_negate(pool, b), c));
    ck_assert_str_eq(coloured(e, &mark, 1), "a-{\\color{path1}bc}");
}
END_TEST

START_TEST(blanks_stand_for_parts)
{
    expr_id e = expr_add(pool, product(2, a, b), expr_negate(pool, c));
    uint32_t factor[] = {0, 1}, term[] = {1};
    struct mark marks[] = {{.site = {factor, 2}, .blank = 1},
                           {.site = {term, 1}, .blank = 2}};

    ck_assert_str_eq(latex_of(typeset_marked(&typeset, e, marks, 2)),
                     "a\\,\\boxed{\\scriptstyle 1\\qquad}+"
                     "(\\boxed{\\scriptstyle 2\\qquad})");
}
END_TEST

/* A product of two factors, of which one is left blank. */
static const char *blank_factor(expr_id left, expr_id right, uint32_t part)
{
    struct mark mark = {.site = {&part, 1}, .blank = 1};
    return latex_of(typeset_marked(&typeset, product(2, left, right), &mark, 1));
}

START_TEST(what_a_blank_stands_for_fits_in)
{
    expr_id difference = expr_subtract(pool, a, b);
    ck_assert_str_eq(blank_factor(c, difference, 1),
                     "c(\\boxed{\\scriptstyle 1\\qquad})");
    ck_assert_str_eq(blank_factor(difference, c, 0),
                     "(\\boxed{\\scriptstyle 1\\qquad})c");
    ck_assert_str_eq(blank_factor(c, expr_negate(pool, a), 1),
                     "c(\\boxed{\\scriptstyle 1\\qquad})");
    ck_assert_str_eq(blank_factor(a, c, 0), "\\boxed{\\scriptstyle 1\\qquad}\\,c");
    ck_assert_str_eq(blank_factor(two, c, 1), "2\\,\\boxed{\\scriptstyle 1\\qquad}");
    ck_assert_str_eq(blank_factor(c, expr_quotient(pool, a, b), 1),
                     "c\\,\\boxed{\\scriptstyle 1\\qquad}");
}
END_TEST

START_TEST(deep_expressions_are_written)
{
    expr_id e = a;
    for (int i = 0; i < 20000; i++)
        e = expr_power(pool, e, 2);
    ck_assert_uint_gt(strlen(latex(e)), 20000);
}
END_TEST

/* How many rows a right side takes; the widest is put into `widest`. */
static size_t rows(expr_id e, unsigned *widest)
{
    struct block *block = doc_block(&doc, BLOCK_DISPLAY);
    struct row *row = typeset_rows(&typeset, &doc, block, typeset_expression(&typeset, a),
                                   "=", typeset_expression(&typeset, e));
    size_t count = 0;
    ck_assert_ptr_eq(block->rows, row);
    ck_assert_ptr_nonnull(row->left);
    for (*widest = 0; row; row = row->next, count++) {
        ck_assert_int_eq(row->continues, count > 0);
        *widest =
            formula_width(row->right) > *widest ? formula_width(row->right) : *widest;
    }
    return count;
}

START_TEST(long_sums_are_broken_at_their_signs)
{
    expr_id terms[40];
    unsigned widest;
    for (int i = 0; i < 40; i++) {
        char name[16];
        snprintf(name, sizeof name, "u_{%d}", i + 1);
        terms[i] = product(2, a, expr_symbol(pool, name));
    }
    ck_assert_uint_eq(rows(expr_sum(pool, terms, 5), &widest), 1);
    ck_assert_uint_gt(rows(expr_sum(pool, terms, 40), &widest), 2);
    ck_assert_uint_lt(widest, typeset.line_width);
    ck_assert_str_eq(latex_of(doc.last->rows->next->right->parts[0]), "+");
    ck_assert_uint_gt(rows(product(2, x, expr_sum(pool, terms, 40)), &widest), 2);
    ck_assert_uint_lt(widest, typeset.line_width);
    ck_assert_uint_gt(rows(expr_power(pool, expr_sum(pool, terms, 40), 2), &widest), 2);
    ck_assert_uint_lt(widest, typeset.line_width);
}
END_TEST

START_TEST(a_row_may_end_inside_a_bracket)
{
    typeset.line_width = 190;
    expr_id sum = expr_add(pool, expr_symbol(pool, "longname_{1}"),
                           expr_symbol(pool, "longname_{2}"));
    sum = expr_add(pool, sum, expr_symbol(pool, "longname_{3}"));
    unsigned widest;

    ck_assert_uint_eq(rows(expr_power(pool, product(2, x, sum), 2), &widest), 2);
    buf_truncate(&out, 0);
    write_latex(&doc, false, &out);
    ck_assert_str_eq(buf_peek(&out),
                     "\\begin{align*}\n"
                     "a &= \\bigl[x_1(\\mathrm{longname}_1+\\mathrm{longname}_2\\\\*\n"
                     " &\\quad{}+\\mathrm{longname}_3)\\bigr]^{2}\n"
                     "\\end{align*}\n");
}
END_TEST

START_TEST(long_products_are_broken_with_a_dot)
{
    expr_id factors[60];
    unsigned widest;
    for (int i = 0; i < 60; i++) {
        char name[24];
        snprintf(name, sizeof name, "w_{11}^{%d}", i + 1);
        factors[i] = expr_symbol(pool, name);
    }
    ck_assert_uint_gt(rows(expr_product(pool, factors, 60), &widest), 1);
    ck_assert_uint_lt(widest, typeset.line_width);
    ck_assert(!doc.last->rows->in_product && doc.last->rows->next->in_product);
}
END_TEST

START_TEST(no_factor_follows_a_slash)
{
    typeset.line_width = 20;
    expr_id fraction = expr_quotient(pool, expr_add(pool, a, b), c);
    ck_assert_str_eq(latex(fraction), "(a+b)/(c)");
    ck_assert_str_eq(latex(product(2, fraction, x)), "\\bigl[(a+b)/(c)\\bigr]x_1");
    ck_assert_str_eq(latex(expr_negate(pool, fraction)), "-(a+b)/(c)");
    ck_assert_str_eq(latex(product(2, expr_negate(pool, fraction), x)),
                     "\\bigl[-(a+b)/(c)\\bigr]x_1");
}
END_TEST

static void add_rows(TCase *tests)
{
    tcase_add_test(tests, no_factor_follows_a_slash);
    tcase_add_test(tests, long_sums_are_elided);
    tcase_add_test(tests, marks_belong_to_occurrences);
    tcase_add_test(tests, marks_leave_the_sign_outside);
    tcase_add_test(tests, blanks_stand_for_parts);
    tcase_add_test(tests, what_a_blank_stands_for_fits_in);
    tcase_add_test(tests, deep_expressions_are_written);
    tcase_add_test(tests, long_sums_are_broken_at_their_signs);
    tcase_add_test(tests, a_row_may_end_inside_a_bracket);
    tcase_add_test(tests, long_products_are_broken_with_a_dot);
}

int main(void)
{
    Suite *suite = suite_create("typeset");
    TCase *tests = tcase_create("typeset");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, products_stand_side_by_side);
    tcase_add_test(tests, ones_and_zeros_are_told_from_names);
    tcase_add_test(tests, words_stand_apart);
    tcase_add_test(tests, signs_never_meet);
    tcase_add_test(tests, powers_need_a_single_base);
    tcase_add_test(tests, brackets_grow_with_what_they_hold);
    tcase_add_test(tests, derivatives);
    tcase_add_test(tests, a_local_derivative_may_need_a_bar);
    add_rows(tests);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
