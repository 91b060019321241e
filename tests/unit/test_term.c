#include "derive/form.h"
#include "derive/term.h"

#include <check.h>
#include <stdlib.h>

static struct pool *pool;
static expr_id a, b, c;

static void setup(void)
{
    pool = pool_new();
    a = expr_symbol(pool, "a");
    b = expr_symbol(pool, "b");
    c = expr_symbol(pool, "c");
}

static void teardown(void)
{
    pool_free(pool);
}

START_TEST(takes_products_apart)
{
    struct term term;
    term_init(&term);
    term_multiply(&term, pool,
                  expr_negate(pool, expr_multiply(pool, a, expr_power(pool, b, 3))));
    term_multiply(&term, pool, expr_multiply(pool, expr_integer(pool, 2), b));
    ck_assert_uint_eq(term.count, 2);
    ck_assert_int_eq(term.factors[1].exponent, 4);
    ck_assert_int_eq(mpq_cmp_si(term.number, -2, 1), 0);
    term_clear(&term);
}
END_TEST

START_TEST(common_factor_stands_in_front)
{
    expr_id sum = expr_add(pool, expr_multiply(pool, a, c), expr_multiply(pool, b, c));
    ck_assert_uint_eq(form_common_factor(pool, sum),
                      expr_multiply(pool, c, expr_add(pool, a, b)));
}
END_TEST

START_TEST(common_factor_takes_the_least_power)
{
    expr_id sum = expr_add(pool, expr_multiply(pool, a, expr_power(pool, c, 2)),
                           expr_multiply(pool, b, c));
    expr_id rest = expr_add(pool, expr_multiply(pool, a, c), b);
    ck_assert_uint_eq(form_common_factor(pool, sum), expr_multiply(pool, c, rest));
}
END_TEST

START_TEST(nothing_in_common_changes_nothing)
{
    expr_id sum = expr_add(pool, a, b);
    ck_assert_uint_eq(form_common_factor(pool, sum), sum);
    ck_assert_uint_eq(form_common_factor(pool, a), a);
}
END_TEST

START_TEST(unequal_numbers_are_not_common)
{
    expr_id twice = expr_multiply(pool, expr_integer(pool, 2), b);
    expr_id thrice = expr_multiply(pool, expr_integer(pool, 3), c);
    expr_id sum =
        expr_add(pool, expr_multiply(pool, twice, a), expr_multiply(pool, thrice, a));
    ck_assert_uint_eq(form_common_factor(pool, sum),
                      expr_multiply(pool, a, expr_add(pool, twice, thrice)));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("term");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, takes_products_apart);
    tcase_add_test(tcase, common_factor_stands_in_front);
    tcase_add_test(tcase, common_factor_takes_the_least_power);
    tcase_add_test(tcase, nothing_in_common_changes_nothing);
    tcase_add_test(tcase, unequal_numbers_are_not_common);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
