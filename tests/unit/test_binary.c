#include "array/binary.h"
#include "base/number.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct binary half(uint64_t bits)
{
    return (struct binary){bits, 5, 10};
}

static struct binary single(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return (struct binary){bits, 8, 23};
}

static struct binary twice(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return (struct binary){bits, 11, 52};
}

static void check_number(struct binary binary, bool shortest, const char *expected)
{
    struct buf text;
    mpq_t number;
    mpq_init(number);
    buf_init(&text);
    if (shortest)
        binary_shortest(&binary, number);
    else
        binary_exact(&binary, number);
    number_write(&text, number);
    ck_assert_str_eq(buf_peek(&text), expected);
    buf_clear(&text);
    mpq_clear(number);
}

START_TEST(known_numbers)
{
    check_number(single(0.1f), false, "13421773/134217728");
    check_number(single(0.1f), true, "1/10");
    check_number(twice(0.1), false, "3602879701896397/36028797018963968");
    check_number(twice(0.1), true, "1/10");
    check_number(twice(-0.0), true, "0");
    check_number(twice(-2.5), true, "-5/2");
    check_number(half(0x3555), false, "1365/4096");
    check_number(half(0x3555), true, "3333/10000");
    check_number(half(0x0001), false, "1/16777216");
    check_number(half(0x0001), true, "3/50000000"); /* 6e-8 */
    check_number(twice(9007199254740993.0), true, "9007199254740992");
    check_number(single(16777216.0f), true, "16777216");
    check_number(single(3e10f), false, "30000001024");
    check_number(single(3e10f), true, "30000000000");
}
END_TEST

START_TEST(what_is_not_finite)
{
    struct binary infinite = half(0x7c00), nan = half(0xfe00), finite = half(0x7bff);
    ck_assert(!binary_is_finite(&infinite) && !binary_is_nan(&infinite));
    ck_assert(!binary_is_finite(&nan) && binary_is_nan(&nan));
    ck_assert(binary_is_finite(&finite) && !binary_is_nan(&finite));
    check_number(finite, false, "65504");
}
END_TEST

/* How many digits a decimal has between its zeros. */
static size_t count_digits(mpq_srcptr decimal)
{
    mpq_t number, ten;
    char *text;
    size_t length;
    mpq_inits(number, ten, NULL);
    mpq_abs(number, decimal);
    mpq_set_ui(ten, 10, 1);
    while (mpz_cmp_ui(mpq_denref(number), 1) != 0)
        mpq_mul(number, number, ten);
    text = mpz_get_str(NULL, 10, mpq_numref(number));
    length = strlen(text);
    while (length > 1 && text[length - 1] == '0')
        length--;
    free(text);
    mpq_clears(number, ten, NULL);
    return length;
}

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state ^ *state >> 29;
}

/* The fewest digits with which the C library's reader comes back to the number, and the
   decimal that its printer makes of them. */
static size_t print_shortest(double value, bool is_single, char *text)
{
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, 40, "%.*e", digits - 1, value);
        if (is_single ? strtof(text, NULL) == (float)value : strtod(text, NULL) == value)
            return (size_t)digits;
    }
    ck_abort();
}

static void check_against_library(double value, bool is_single)
{
    struct binary binary = is_single ? single((float)value) : twice(value);
    char text[40];
    mpq_t exact, shortest, printed;
    size_t digits = print_shortest(value, is_single, text);
    mpq_inits(exact, shortest, printed, NULL);
    binary_exact(&binary, exact);
    mpq_set_d(printed, value);
    ck_assert_msg(mpq_equal(exact, printed), "%a", value);
    binary_shortest(&binary, shortest);
    ck_assert(number_read(printed, text, strlen(text), true) == NUMBER_OK);
    /* Below a power of two the next number is nearer, and a decimal that is not the
       nearest may be shorter. */
    if ((binary.bits & ((UINT64_C(1) << binary.fraction_bits) - 1)) != 0)
        ck_assert_msg(mpq_equal(shortest, printed), "%a is not %s", value, text);
    else
        ck_assert_uint_le(count_digits(shortest), digits);
    mpq_clears(exact, shortest, printed, NULL);
}

START_TEST(random_numbers_as_the_library_prints_them)
{
    uint64_t state = 20;
    for (int i = 0; i < 3000; i++) {
        uint64_t bits = next_random(&state);
        uint32_t few = (uint32_t)next_random(&state);
        double value;
        float small;
        memcpy(&value, &bits, sizeof value);
        memcpy(&small, &few, sizeof small);
        if (value - value == 0 && value != 0)
            check_against_library(value, false);
        if (small - small == 0 && small != 0)
            check_against_library(small, true);
    }
    for (int exponent = -1074; exponent < 1024; exponent++) {
        mpq_t power;
        mpq_init(power);
        mpq_set_ui(power, 1, 1);
        if (exponent < 0)
            mpq_div_2exp(power, power, (mp_bitcnt_t)-exponent);
        else
            mpq_mul_2exp(power, power, (mp_bitcnt_t)exponent);
        check_against_library(mpq_get_d(power), false);
        mpq_clear(power);
    }
}
END_TEST

/* Whether a decimal is nearer to a half than to its neighbours, or halfway and the half
   is even. */
static bool rounds_to(mpq_srcptr decimal, uint64_t bits)
{
    bool good = true;
    mpq_t here, there, middle;
    mpq_inits(here, there, middle, NULL);
    binary_exact(&(struct binary){bits, 5, 10}, here);
    for (int side = -1; side <= 1; side += 2) {
        if (bits == 0x7bff && side == 1)
            mpq_set_ui(there, 65536, 1);
        else
            binary_exact(&(struct binary){bits + (uint64_t)side, 5, 10}, there);
        mpq_add(middle, here, there);
        mpq_div_2exp(middle, middle, 1);
        int order = mpq_cmp(decimal, middle) * side;
        good = good && (order < 0 || (order == 0 && bits % 2 == 0));
    }
    mpq_clears(here, there, middle, NULL);
    return good;
}

/* No decimal with fewer digits, next below or above, rounds to the half. */
static void check_no_shorter(mpq_srcptr decimal, size_t digits, uint64_t bits)
{
    mpq_t unit, ten, candidate;
    mpz_t quotient;
    mpq_inits(unit, ten, candidate, NULL);
    mpz_init(quotient);
    mpq_set_ui(ten, 10, 1);
    mpq_set_ui(unit, 1, 1);
    while (mpq_cmp(unit, decimal) > 0)
        mpq_div(unit, unit, ten);
    for (mpq_mul(candidate, unit, ten); mpq_cmp(candidate, decimal) <= 0;
         mpq_mul(candidate, unit, ten))
        mpq_set(unit, candidate);
    for (size_t i = 2; i < digits; i++)
        mpq_div(unit, unit, ten);
    mpq_div(candidate, decimal, unit);
    mpz_fdiv_q(quotient, mpq_numref(candidate), mpq_denref(candidate));
    for (int i = 0; i < 2; i++) {
        mpq_set_z(candidate, quotient);
        mpq_mul(candidate, candidate, unit);
        ck_assert_msg(!rounds_to(candidate, bits), "half %x", (unsigned)bits);
        mpz_add_ui(quotient, quotient, 1);
    }
    mpz_clear(quotient);
    mpq_clears(unit, ten, candidate, NULL);
}

START_TEST(all_halves)
{
    mpq_t shortest;
    mpq_init(shortest);
    for (uint64_t bits = 1; bits < 0x7c00; bits++) {
        struct binary binary = half(bits);
        binary_shortest(&binary, shortest);
        ck_assert_msg(rounds_to(shortest, bits), "half %x", (unsigned)bits);
        size_t digits = count_digits(shortest);
        ck_assert_uint_le(digits, 5);
        if (digits > 1)
            check_no_shorter(shortest, digits, bits);
    }
    mpq_clear(shortest);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("binary");
    TCase *tcase = tcase_create("all");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, known_numbers);
    tcase_add_test(tcase, what_is_not_finite);
    tcase_add_test(tcase, random_numbers_as_the_library_prints_them);
    tcase_add_test(tcase, all_halves);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
