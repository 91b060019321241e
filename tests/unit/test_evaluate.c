#include "eval/evaluate.h"

#include <check.h>
#include <stdlib.h>

static struct pool *pool;
static struct evaluation evaluation;
static mpq_t value;
static void *half; /* a number */
static expr_id x, unknown;

/* x is 1/2; nothing else has a value. */
static const void *symbol_value(void *context, expr_id symbol)
{
    (void)context;
    return symbol == x ? half : NULL;
}

static void setup(void)
{
    pool = pool_new();
    x = expr_symbol(pool, "x");
    unknown = expr_symbol(pool, "u");
    mpq_init(value);
    mpq_set_ui(value, 1, 2);
    half = arith_new_array(&arith_gmp, 1);
    arith_gmp.set_rational(half, value);
    struct budget budget;
    budget_init(&budget);
    budget.max_bytes = 1 << 16;
    evaluation_init(&evaluation, &arith_gmp, pool, &budget);
    evaluation_set_symbols(&evaluation, symbol_value, NULL);
}

static void teardown(void)
{
    evaluation_clear(&evaluation);
    arith_free_array(&arith_gmp, half, 1);
    mpq_clear(value);
    pool_free(pool);
}

static void check(expr_id e, long numerator, unsigned long denominator)
{
    ck_assert_int_eq(evaluation_run(&evaluation, e), ARITH_OK);
    ck_assert(arith_gmp.is_exact(evaluation_peek(&evaluation, e)));
    arith_gmp.get_rational(value, evaluation_peek(&evaluation, e));
    ck_assert_int_eq(mpq_cmp_si(value, numerator, denominator), 0);
}

START_TEST(every_kind)
{
    expr_id three = expr_integer(pool, 3);
    check(three, 3, 1);
    check(x, 1, 2);
    check(expr_add(pool, x, three), 7, 2);
    check(expr_subtract(pool, x, three), -5, 2);
    check(expr_multiply(pool, x, three), 3, 2);
    check(expr_negate(pool, x), -1, 2);
    check(expr_quotient(pool, three, x), 6, 1);
    check(expr_power(pool, x, 3), 1, 8);
    check(expr_power(pool, x, -3), 8, 1);
    expr_id negated[] = {x, expr_negate(pool, three)};
    check(expr_make(pool, EXPR_POWER, negated, 2), 8, 1);
    expr_id factors[] = {x, three, x, three};
    check(expr_product(pool, factors, 4), 9, 4);
    check(expr_sum(pool, factors, 4), 7, 1);
}
END_TEST

START_TEST(expressions_made_later)
{
    check(x, 1, 2);
    expr_id e = x;
    for (int i = 0; i < 1000; i++)
        e = expr_add(pool, e, x);
    check(e, 1001, 2);
}
END_TEST

START_TEST(deep_ones_need_no_stack)
{
    expr_id e = x;
    for (int i = 0; i < 300000; i++)
        e = expr_negate(pool, e);
    check(e, 1, 2);
}
END_TEST

START_TEST(forgets)
{
    expr_id e = expr_multiply(pool, x, x);
    check(e, 1, 4);
    arith_set_integer(&arith_gmp, half, 3);
    evaluation_forget(&evaluation);
    check(e, 9, 1);
}
END_TEST

START_TEST(faults)
{
    expr_id zero = expr_subtract(pool, x, x);
    ck_assert_int_eq(evaluation_run(&evaluation, expr_quotient(pool, x, zero)),
                     ARITH_ZERO_DIVISOR);
    ck_assert_int_eq(evaluation_run(&evaluation, expr_power(pool, zero, -1)),
                     ARITH_ZERO_DIVISOR);
    expr_id parts[] = {x,
                       expr_quotient(pool, expr_integer(pool, 1), expr_integer(pool, 2))};
    ck_assert_int_eq(evaluation_run(&evaluation, expr_make(pool, EXPR_POWER, parts, 2)),
                     ARITH_EXPONENT);
    ck_assert_int_eq(evaluation_run(&evaluation, expr_add(pool, x, unknown)),
                     ARITH_NO_VALUE);
    ck_assert_int_eq(evaluation_run(&evaluation, expr_derivative(pool, x, x)),
                     ARITH_NO_VALUE);
    ck_assert_int_eq(evaluation_run(&evaluation, expr_power(pool, x, 1L << 60)),
                     ARITH_TOO_LONG);
    check(x, 1, 2);
}
END_TEST

START_TEST(repeated_squares_end_at_the_limit)
{
    expr_id e = x;
    for (int i = 0; i < 60; i++)
        e = expr_multiply(pool, e, e);
    ck_assert_int_eq(evaluation_run(&evaluation, e), ARITH_TOO_LONG);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("evaluate");
    TCase *tcase = tcase_create("evaluate");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, every_kind);
    tcase_add_test(tcase, expressions_made_later);
    tcase_add_test(tcase, deep_ones_need_no_stack);
    tcase_add_test(tcase, forgets);
    tcase_add_test(tcase, faults);
    tcase_add_test(tcase, repeated_squares_end_at_the_limit);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
