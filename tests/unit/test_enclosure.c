#include "eval/enclosure.h"

#include <check.h>
#include <stdlib.h>

static struct enclosure a, b, x;
static mpq_t rational;
static struct buf out;

static void setup(void)
{
    enclosure_init(&a);
    enclosure_init(&b);
    enclosure_init(&x);
    mpq_init(rational);
    buf_init(&out);
}

static void teardown(void)
{
    enclosure_clear(&a);
    enclosure_clear(&b);
    enclosure_clear(&x);
    mpq_clear(rational);
    buf_clear(&out);
}

static void set(struct enclosure *enclosure, const char *lower, const char *upper)
{
    enclosure->is_exact = false;
    mpfr_set_prec(enclosure->lower, 200);
    mpfr_set_prec(enclosure->upper, 200);
    mpfr_set_str(enclosure->lower, lower, 10, MPFR_RNDD);
    mpfr_set_str(enclosure->upper, upper, 10, MPFR_RNDU);
}

static void set_exact(struct enclosure *enclosure, const char *value)
{
    mpq_set_str(rational, value, 10);
    mpq_canonicalize(rational);
    enclosure_set_rational(enclosure, rational);
}

START_TEST(meeting)
{
    set(&a, "1", "2");
    set(&b, "2", "3");
    ck_assert(enclosures_meet(&a, &b) && enclosures_meet(&b, &a));
    set(&b, "2.000000001", "3");
    ck_assert(!enclosures_meet(&a, &b) && !enclosures_meet(&b, &a));
    set(&b, "-inf", "inf");
    ck_assert(enclosures_meet(&a, &b));
    set_exact(&b, "3/2");
    ck_assert(enclosures_meet(&a, &b) && enclosures_meet(&b, &a));
    set_exact(&b, "200001/100000");
    ck_assert(!enclosures_meet(&a, &b) && !enclosures_meet(&b, &a));
    set_exact(&a, "200001/100000");
    ck_assert(enclosures_meet(&a, &b));
}
END_TEST

START_TEST(differences)
{
    set(&a, "1", "2");
    set(&b, "5", "7");
    enclosure_subtract(&x, &a, &b);
    ck_assert(mpfr_cmp_si(x.lower, -6) == 0 && mpfr_cmp_si(x.upper, -3) == 0);
    set_exact(&b, "1/2");
    enclosure_subtract(&x, &a, &b);
    ck_assert(mpfr_cmp_d(x.lower, 0.5) == 0 && mpfr_cmp_d(x.upper, 1.5) == 0);
    enclosure_subtract(&x, &b, &a);
    ck_assert(mpfr_cmp_d(x.lower, -1.5) == 0 && mpfr_cmp_d(x.upper, -0.5) == 0);
    set_exact(&a, "1/3");
    enclosure_subtract(&x, &a, &b);
    ck_assert(x.is_exact && mpq_cmp_si(x.exact, -1, 6) == 0);
    set(&a, "-inf", "inf");
    enclosure_subtract(&x, &a, &a);
    ck_assert(mpfr_inf_p(x.lower) && mpfr_inf_p(x.upper) && !enclosure_is_bounded(&x));
}
END_TEST

START_TEST(narrowness)
{
    mpq_set_ui(rational, 1, 1000);
    set(&a, "100", "100.09");
    ck_assert(enclosure_is_within(&a, rational));
    set(&a, "-100.11", "-100");
    ck_assert(!enclosure_is_within(&a, rational));
    set(&a, "-0.0005", "0.0004");
    ck_assert(enclosure_is_within(&a, rational));
    set(&a, "0.0005", "0.0006");
    ck_assert(!enclosure_is_within(&a, rational));
    set(&a, "0", "inf");
    ck_assert(!enclosure_is_within(&a, rational));
}
END_TEST

static void check_decimal(const char *text, size_t digits)
{
    buf_truncate(&out, 0);
    ck_assert(enclosure_write_decimal(&out, &a, digits));
    ck_assert_str_eq(buf_peek(&out), text);
}

START_TEST(digits_that_are_certain)
{
    set(&a, "0.123456789", "0.123456790");
    check_decimal("0.1234568…", 7);
    check_decimal("0.12345679…", 8);
    check_decimal("0.12345679…", 20);
    set(&a, "-1234567.1", "-1234567.05");
    check_decimal("-1234567.…", 30);
    check_decimal("-1.235…e6", 4);
    set(&a, "1.1e-12", "1.2e-12");
    check_decimal("1.…e-12", 1);
    set(&a, "0.0009999999", "0.0010000001");
    check_decimal("0.00100000…", 30);
    set(&a, "0.4", "0.6");
    buf_truncate(&out, 0);
    ck_assert(!enclosure_write_decimal(&out, &a, 5));
    set(&a, "-0.001", "0.001");
    ck_assert(!enclosure_write_decimal(&out, &a, 5));
    set(&a, "0", "inf");
    ck_assert(!enclosure_write_decimal(&out, &a, 5));
    ck_assert_uint_eq(out.length, 0);
}
END_TEST

START_TEST(exact_numbers_as_decimals)
{
    set_exact(&a, "1/4");
    check_decimal("0.25", 10);
    check_decimal("0.3…", 1);
    set_exact(&a, "-2/3");
    check_decimal("-0.6667…", 4);
    set_exact(&a, "9999999/10000000");
    check_decimal("1.00…", 3);
    set_exact(&a, "0");
    check_decimal("0", 3);
    set_exact(&a, "1200");
    check_decimal("1200", 10);
    check_decimal("1200", 4);
    check_decimal("1200", 2);
    check_decimal("1.…e3", 1);
    set_exact(&a, "1/1024000000000");
    check_decimal("9.765625e-13", 20);
}
END_TEST

START_TEST(ends_and_bounds)
{
    set(&a, "1.2345", "-0.5");
    enclosure_write_end(&out, a.lower, 3, true);
    ck_assert_str_eq(buf_peek(&out), "1.23e0");
    buf_truncate(&out, 0);
    enclosure_write_end(&out, a.lower, 3, false);
    ck_assert_str_eq(buf_peek(&out), "1.24e0");
    buf_truncate(&out, 0);
    enclosure_write_end(&out, a.upper, 1, false);
    ck_assert_str_eq(buf_peek(&out), "-5e-1");
    set(&a, "3", "3.0000001");
    mpfr_t bound;
    mpfr_init2(bound, 64);
    enclosure_radius(bound, &a);
    buf_truncate(&out, 0);
    enclosure_write_bound(&out, bound);
    ck_assert_str_eq(buf_peek(&out), "5.1e-8");
    set(&a, "-7", "3");
    enclosure_magnitude(bound, &a);
    ck_assert_int_eq(mpfr_cmp_si(bound, 7), 0);
    mpfr_clear(bound);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("enclosure");
    TCase *tcase = tcase_create("enclosure");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, meeting);
    tcase_add_test(tcase, differences);
    tcase_add_test(tcase, narrowness);
    tcase_add_test(tcase, digits_that_are_certain);
    tcase_add_test(tcase, exact_numbers_as_decimals);
    tcase_add_test(tcase, ends_and_bounds);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
