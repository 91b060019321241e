#include "eval/drawn.h"

#include <check.h>
#include <stdlib.h>

static mpq_t z, value, other;

static void setup(void)
{
    mpq_inits(z, value, other, NULL);
    mpq_set_si(z, -3, 7);
    drawn_value(value, 1, "f", 0, z);
}

static void teardown(void)
{
    mpq_clears(z, value, other, NULL);
}

START_TEST(the_same_for_the_same)
{
    drawn_value(other, 1, "f", 0, z);
    ck_assert(mpq_equal(value, other));
}
END_TEST

/* How many of 40 draws differ from `value`: two of them may fall together by chance. */
static int count_others(bool seed, bool primes, bool argument)
{
    int others = 0;
    for (unsigned i = 1; i <= 40; i++) {
        if (argument)
            mpq_set_si(z, -3 - (long)i, 7);
        drawn_value(other, seed ? 1 + i : 1, "f", primes ? i : 0, z);
        others += !mpq_equal(value, other);
    }
    return others;
}

START_TEST(everything_matters)
{
    ck_assert_int_gt(count_others(true, false, false), 30);
    ck_assert_int_gt(count_others(false, true, false), 30);
    ck_assert_int_eq(count_others(false, false, false), 0);
    ck_assert_int_gt(count_others(false, false, true), 30);
    mpq_set_si(z, -3, 7);
    int others = 0;
    char name[] = "a";
    for (; name[0] <= 'z'; name[0]++) {
        drawn_value(other, 1, name, 0, z);
        others += name[0] != 'f' && !mpq_equal(value, other);
    }
    ck_assert_int_gt(others, 18);
}
END_TEST

START_TEST(what_is_enclosed_has_the_value_of_what_is_in_it)
{
    struct enclosure around;
    enclosure_init(&around);
    around.is_exact = false;
    mpfr_set_prec(around.lower, 64);
    mpfr_set_prec(around.upper, 64);
    mpfr_set_q(around.lower, z, MPFR_RNDD);
    mpfr_set_q(around.upper, z, MPFR_RNDU);
    ck_assert(drawn_enclosed(other, 1, "f", 0, &around));
    ck_assert(mpq_equal(value, other));
    mpfr_set_si(around.upper, 1, MPFR_RNDU);
    ck_assert(!drawn_enclosed(other, 1, "f", 0, &around));
    mpfr_set_inf(around.lower, 1);
    mpfr_set_inf(around.upper, 1);
    ck_assert(!drawn_enclosed(other, 1, "f", 0, &around));
    enclosure_clear(&around);
}
END_TEST

START_TEST(small_and_never_zero)
{
    uint64_t state = 7;
    for (int i = 0; i < 1000; i++) {
        drawn_rational(value, &state);
        ck_assert_int_ne(mpq_sgn(value), 0);
        ck_assert_int_le(mpz_cmpabs_ui(mpq_numref(value), 9), 0);
        ck_assert_int_le(mpz_cmp_ui(mpq_denref(value), 4), 0);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("drawn");
    TCase *tcase = tcase_create("drawn");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, the_same_for_the_same);
    tcase_add_test(tcase, everything_matters);
    tcase_add_test(tcase, what_is_enclosed_has_the_value_of_what_is_in_it);
    tcase_add_test(tcase, small_and_never_zero);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
