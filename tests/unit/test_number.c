#include "base/memory.h"
#include "base/number.h"

#include <check.h>
#include <string.h>

static void check_value(const char *text, const char *expected)
{
    struct buf written;
    mpq_t value;

    mpq_init(value);
    buf_init(&written);
    ck_assert_msg(number_read(value, text, strlen(text), true) == NUMBER_OK, "%s", text);
    number_write(&written, value);
    ck_assert_str_eq(buf_peek(&written), expected);
    buf_clear(&written);
    mpq_clear(value);
}

static void check_status(const char *text, bool exponents, enum number_status expected)
{
    mpq_t value;

    mpq_init(value);
    ck_assert_msg(number_read(value, text, strlen(text), exponents) == expected, "%.40s",
                  text);
    mpq_clear(value);
}

START_TEST(decimals_are_exact)
{
    check_value("0.05", "1/20");
    check_value("-12", "-12");
    check_value("3/7", "3/7");
    check_value("-6/4", "-3/2");
    check_value("1e-3", "1/1000");
    check_value("2.50E+2", "250");
    check_value("-0", "0");
    check_value("007", "7");
    check_value("0.1e1", "1");
    check_value("0/5", "0");
}
END_TEST

START_TEST(what_is_not_a_number_is_refused)
{
    static const char *const texts[] = {
        "",      "-",  ".",   "5.",    ".5",  "0,5",  "1_000", "0x10", "NaN",   "inf",
        " 1",    "1 ", "1 2", "+1",    "--1", "1/",   "/2",    "1/-2", "1/2/3", "1.5/2",
        "1/2e1", "1e", "1e+", "1e1.5", "e5",  "1e 5", "1-2",   "0b1",  "1e5/2",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_status(texts[i], true, NUMBER_MALFORMED);
}
END_TEST

START_TEST(exponents_only_where_allowed)
{
    check_status("1e-3", false, NUMBER_MALFORMED);
    check_status("0.25", false, NUMBER_OK);
}
END_TEST

START_TEST(a_zero_divisor_is_named)
{
    check_status("1/0", false, NUMBER_ZERO_DIVISOR);
    check_status("0/000", false, NUMBER_ZERO_DIVISOR);
}
END_TEST

START_TEST(size_is_checked_before_any_work)
{
    char *digits = memory_alloc(10000001);

    memset(digits, '7', 10000000);
    digits[10000000] = '\0';
    check_status(digits, false, NUMBER_TOO_LONG);
    digits[1] = '.';
    check_status(digits, false, NUMBER_TOO_LONG);
    digits[1] = '/';
    check_status(digits, false, NUMBER_TOO_LONG);
    memory_free(digits);
    check_status("1e999999999999", true, NUMBER_TOO_LONG);
    check_status("1e-999999999999", true, NUMBER_TOO_LONG);
    check_status("1e99999999999999999999999999999999999999", true, NUMBER_TOO_LONG);
    check_status("1e9999", true, NUMBER_OK);
    check_status("1e10000", true, NUMBER_TOO_LONG);
}
END_TEST

START_TEST(a_span_ends_where_the_number_does)
{
    ck_assert_uint_eq(number_span("12x", 3), 2);
    ck_assert_uint_eq(number_span("1.5.2", 5), 3);
    ck_assert_uint_eq(number_span("1..3", 4), 1);
    ck_assert_uint_eq(number_span("x", 1), 0);
    ck_assert_uint_eq(number_span("", 0), 0);
    ck_assert_uint_eq(number_span("123", 2), 2);
}
END_TEST

START_TEST(groups_have_three_digits)
{
    static const struct {
        const char *value, *written;
    } cases[] = {{"0", "0"},
                 {"999", "999"},
                 {"1000", "1,000"},
                 {"125000", "125,000"},
                 {"-125000", "-125,000"},
                 {"-999", "-999"},
                 {"1234567", "1,234,567"}};
    struct buf out;
    mpz_t value;

    mpz_init(value);
    buf_init(&out);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mpz_set_str(value, cases[i].value, 10);
        buf_truncate(&out, 0);
        number_write_grouped(&out, value);
        ck_assert_str_eq(buf_peek(&out), cases[i].written);
    }
    buf_clear(&out);
    mpz_clear(value);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("number");
    TCase *tcase = tcase_create("all");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tcase, decimals_are_exact);
    tcase_add_test(tcase, what_is_not_a_number_is_refused);
    tcase_add_test(tcase, exponents_only_where_allowed);
    tcase_add_test(tcase, a_zero_divisor_is_named);
    tcase_add_test(tcase, size_is_checked_before_any_work);
    tcase_add_test(tcase, a_span_ends_where_the_number_does);
    tcase_add_test(tcase, groups_have_three_digits);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
