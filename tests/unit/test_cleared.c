#include "eval/cleared.h"

#include <check.h>
#include <stdlib.h>

static struct cleared row, sum;

/* 1/2 -2/3 over 6, and 0 1/4 0 over 4. */
static void setup(void)
{
    mpq_t values[2], quarter;
    mpq_inits(values[0], values[1], quarter, NULL);
    mpq_set_si(values[0], 1, 2);
    mpq_set_si(values[1], -2, 3);
    mpq_set_si(quarter, 1, 4);
    cleared_init(&row, 1, 2);
    cleared_init(&sum, 1, 3);
    for (int i = 0; i < 2; i++)
        cleared_prepare(&row, values[i]);
    for (int i = 0; i < 2; i++)
        cleared_set(&row, 0, i, values[i]);
    cleared_prepare(&sum, quarter);
    cleared_set(&sum, 0, 1, quarter);
    mpq_clears(values[0], values[1], quarter, NULL);
}

static void teardown(void)
{
    cleared_clear(&row);
    cleared_clear(&sum);
}

static void check(const struct cleared *cleared, int column, long numerator,
                  unsigned long denominator)
{
    fmpq_t entry, expected;
    fmpq_init(entry);
    fmpq_init(expected);
    cleared_add_entry(cleared, 0, column, entry);
    fmpq_set_si(expected, numerator, denominator);
    ck_assert(fmpq_equal(entry, expected));
    fmpq_clear(entry);
    fmpq_clear(expected);
}

START_TEST(one_denominator)
{
    ck_assert(fmpz_equal_si(row.denominator, 6));
    ck_assert(fmpz_equal_si(fmpz_mat_entry(row.matrix, 0, 0), 3));
    ck_assert(fmpz_equal_si(fmpz_mat_entry(row.matrix, 0, 1), -4));
    check(&row, 0, 1, 2);
    check(&row, 1, -2, 3);
}
END_TEST

/* Numerators and denominators of more than a word. */
START_TEST(long_numbers)
{
    struct cleared column;
    fmpq_t entry, expected;
    mpq_t values[2];
    fmpq_init(entry);
    fmpq_init(expected);
    cleared_init(&column, 2, 1);
    mpq_init(values[0]);
    mpq_init(values[1]);
    mpz_ui_pow_ui(mpq_numref(values[0]), 7, 40);
    mpz_ui_pow_ui(mpq_denref(values[0]), 10, 30);
    mpq_set_si(values[1], -3, 1000000);
    for (int i = 0; i < 2; i++)
        cleared_prepare(&column, values[i]);
    for (int i = 0; i < 2; i++) {
        cleared_set(&column, i, 0, values[i]);
        cleared_get_entry(&column, i, 0, entry);
        fmpq_set_mpq(expected, values[i]);
        ck_assert(fmpq_equal(entry, expected));
        mpq_clear(values[i]);
    }
    cleared_clear(&column);
    fmpq_clear(entry);
    fmpq_clear(expected);
}
END_TEST

START_TEST(vectors)
{
    struct cleared copy;
    fmpq *values = cleared_get_all(&row);
    ck_assert(fmpz_equal_si(fmpq_numref(values), 1));
    ck_assert(fmpz_equal_si(fmpq_denref(values + 1), 3));
    cleared_init(&copy, 2, 1);
    cleared_set_all(&copy, values);
    ck_assert(fmpz_equal_si(copy.denominator, 6));
    ck_assert(fmpz_equal_si(fmpz_mat_entry(copy.matrix, 1, 0), -4));
    for (int i = 0; i < 2; i++)
        fmpq_clear(values + i);
    flint_free(values);
    cleared_clear(&copy);
}
END_TEST

START_TEST(adds_rows)
{
    cleared_add_row(&sum, 1, &row, 0, 2);
    check(&sum, 0, 0, 1);
    check(&sum, 1, 3, 4);
    check(&sum, 2, -2, 3);
    cleared_add_row(&sum, 0, &row, 1, 1);
    check(&sum, 0, -2, 3);
    check(&sum, 1, 3, 4);
    ck_assert(fmpz_equal_si(sum.denominator, 12));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cleared");
    TCase *tcase = tcase_create("cleared");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, one_denominator);
    tcase_add_test(tcase, long_numbers);
    tcase_add_test(tcase, vectors);
    tcase_add_test(tcase, adds_rows);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
