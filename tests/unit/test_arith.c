#include "eval/arith.h"

#include <check.h>
#include <stdlib.h>

enum { LIMIT = 1 << 20 };

static const struct arith *const tables[] = {&arith_gmp, &arith_flint};
static const int table_count = 2;
static mpq_t rational;

static void setup(void)
{
    mpq_init(rational);
}

static void teardown(void)
{
    mpq_clear(rational);
}

static void set(const struct arith *arith, void *x, long numerator,
                unsigned long denominator)
{
    mpq_set_si(rational, numerator, denominator);
    mpq_canonicalize(rational);
    arith->set_rational(x, rational);
}

static void check(const struct arith *arith, const void *x, long numerator,
                  unsigned long denominator)
{
    arith->get_rational(rational, x);
    ck_assert_int_eq(mpq_cmp_si(rational, numerator, denominator), 0);
}

START_TEST(four_operations)
{
    const struct arith *arith = tables[_i];
    void *numbers = arith_new_array(arith, 3);
    void *a = numbers, *b = arith_at(arith, numbers, 1), *x = arith_at(arith, numbers, 2);
    check(arith, a, 0, 1);
    set(arith, a, 2, 3);
    set(arith, b, -5, 4);
    arith->add(x, a, b);
    check(arith, x, -7, 12);
    arith->multiply(x, a, b);
    check(arith, x, -5, 6);
    arith->multiply(x, x, x);
    check(arith, x, 25, 36);
    arith->negate(x, b);
    check(arith, x, 5, 4);
    ck_assert(arith->invert(x, b));
    check(arith, x, -4, 5);
    arith->set(x, a);
    check(arith, x, 2, 3);
    arith_free_array(arith, numbers, 3);
}
END_TEST

START_TEST(zero_has_no_inverse)
{
    const struct arith *arith = tables[_i];
    void *x = arith_new_array(arith, 1);
    ck_assert(!arith->invert(x, x));
    arith_free_array(arith, x, 1);
}
END_TEST

START_TEST(powers)
{
    const struct arith *arith = tables[_i];
    void *base = arith_new_array(arith, 1), *x = arith_new_array(arith, 1);
    set(arith, base, -2, 3);
    ck_assert_int_eq(arith_power(arith, x, base, 5, LIMIT), ARITH_OK);
    check(arith, x, -32, 243);
    ck_assert_int_eq(arith_power(arith, x, base, 0, LIMIT), ARITH_OK);
    check(arith, x, 1, 1);
    ck_assert_int_eq(arith_power(arith, x, base, -2, LIMIT), ARITH_OK);
    check(arith, x, 9, 4);
    set(arith, base, 0, 1);
    ck_assert_int_eq(arith_power(arith, x, base, 0, LIMIT), ARITH_OK);
    check(arith, x, 1, 1);
    ck_assert_int_eq(arith_power(arith, x, base, -1, LIMIT), ARITH_ZERO_DIVISOR);
    arith_free_array(arith, base, 1);
    arith_free_array(arith, x, 1);
}
END_TEST

START_TEST(long_powers_are_refused_before_they_are_taken)
{
    const struct arith *arith = tables[_i];
    void *base = arith_new_array(arith, 1), *x = arith_new_array(arith, 1);
    set(arith, base, 3, 1);
    ck_assert_int_eq(arith_power(arith, x, base, 1L << 62, LIMIT), ARITH_TOO_LONG);
    ck_assert_int_eq(arith_power(arith, x, base, -(1L << 62), LIMIT), ARITH_TOO_LONG);
    set(arith, base, -1, 1);
    ck_assert_int_eq(arith_power(arith, x, base, (1L << 62) + 1, LIMIT), ARITH_OK);
    check(arith, x, -1, 1);
    arith_free_array(arith, base, 1);
    arith_free_array(arith, x, 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("arith");
    TCase *tcase = tcase_create("arith");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, four_operations, 0, table_count);
    tcase_add_loop_test(tcase, zero_has_no_inverse, 0, table_count);
    tcase_add_loop_test(tcase, powers, 0, table_count);
    tcase_add_loop_test(tcase, long_powers_are_refused_before_they_are_taken, 0,
                        table_count);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
