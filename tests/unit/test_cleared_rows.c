#include "eval/cleared_rows.h"

#include <check.h>
#include <flint/fmpq_mat.h>
#include <stdlib.h>

/* More columns than two chunks, and not a multiple; denominators of all sizes. */
enum { ROWS = 5, COLUMNS = 37 };

static mpq_t values[ROWS * COLUMNS];
static struct cleared_rows rows;
static fmpq_mat_t matrix;

static void set_value(mpq_ptr value, int i)
{
    mpq_set_si(value, i * 7919 % 201 - 100, 1 + (unsigned)i * 104729 % 97);
    if (i % 13 == 0)
        mpz_ui_pow_ui(mpq_denref(value), 10, 25);
    mpq_canonicalize(value);
}

static void setup(void)
{
    int64_t places[COLUMNS];
    cleared_rows_init(&rows, ROWS, COLUMNS);
    fmpq_mat_init(matrix, ROWS, COLUMNS);
    for (int i = 0; i < ROWS; i++) {
        for (int j = 0; j < COLUMNS; j++) {
            int place = i * COLUMNS + j;
            mpq_init(values[place]);
            set_value(values[place], place);
            places[j] = place % 11 == 0 ? -1 : place;
            if (places[j] >= 0)
                fmpq_set_mpq(fmpq_mat_entry(matrix, i, j), values[place]);
        }
        cleared_rows_set(&rows, i, values[0], places);
    }
}

static void teardown(void)
{
    for (int i = 0; i < ROWS * COLUMNS; i++)
        mpq_clear(values[i]);
    cleared_rows_clear(&rows);
    fmpq_mat_clear(matrix);
    flint_cleanup();
}

static void fill(struct cleared *cleared, fmpq_mat_t copy)
{
    slong count = cleared_count(cleared);
    for (slong i = 0; i < count; i++)
        fmpq_set_mpq(fmpq_mat_entry(copy, 0, 0) + i, values[3 * i + 1]);
    cleared_set_all(cleared, fmpq_mat_entry(copy, 0, 0));
}

static void check(const struct cleared *product, const fmpq *expected)
{
    fmpq *entries = cleared_get_all(product);
    for (slong i = 0; i < cleared_count(product); i++) {
        ck_assert(fmpq_equal(entries + i, expected + i));
        fmpq_clear(entries + i);
    }
    flint_free(entries);
}

START_TEST(times_column)
{
    struct cleared column, product;
    fmpq_mat_t copy, expected;
    cleared_init(&column, COLUMNS, 1);
    cleared_init(&product, ROWS, 1);
    fmpq_mat_init(copy, COLUMNS, 1);
    fmpq_mat_init(expected, ROWS, 1);
    fill(&column, copy);
    fmpq_mat_mul(expected, matrix, copy);
    cleared_rows_times(&product, &rows, &column);
    check(&product, fmpq_mat_entry(expected, 0, 0));
    fmpq_mat_clear(copy);
    fmpq_mat_clear(expected);
    cleared_clear(&column);
    cleared_clear(&product);
}
END_TEST

static const struct {
    int first, count;
} spans[] = {{0, COLUMNS}, {0, 1}, {5, 20}, {16, 16}, {15, 2}, {36, 1}};

START_TEST(row_times)
{
    int first = spans[_i].first, count = spans[_i].count;
    struct cleared row, product;
    fmpq_mat_t copy, expected;
    cleared_init(&row, 1, ROWS);
    cleared_init(&product, 1, count);
    fmpq_mat_init(copy, 1, ROWS);
    fmpq_mat_init(expected, 1, COLUMNS);
    fill(&row, copy);
    fmpq_mat_mul(expected, copy, matrix);
    cleared_rows_times_left(&product, &row, &rows, first);
    check(&product, fmpq_mat_entry(expected, 0, first));
    fmpq_mat_clear(copy);
    fmpq_mat_clear(expected);
    cleared_clear(&row);
    cleared_clear(&product);
}
END_TEST

/* The largest integers that are one word to FLINT, in products of one sign. */
START_TEST(largest_words)
{
    enum { COUNT = 17 };
    int64_t places[COUNT];
    mpq_t large[COUNT];
    struct cleared_rows row;
    struct cleared column, product;
    fmpz_t expected;
    cleared_rows_init(&row, 1, COUNT);
    cleared_init(&column, COUNT, 1);
    cleared_init(&product, 1, 1);
    for (int i = 0; i < COUNT; i++) {
        places[i] = i;
        mpq_init(large[i]);
        mpq_set_si(large[i], _i == 0 ? COEFF_MAX : COEFF_MIN, 1);
        fmpz_set_si(fmpz_mat_entry(column.matrix, i, 0), COEFF_MAX);
    }
    cleared_rows_set(&row, 0, large[0], places);
    cleared_rows_times(&product, &row, &column);
    fmpz_init_set_si(expected, COEFF_MAX);
    fmpz_mul_si(expected, expected, _i == 0 ? COEFF_MAX : COEFF_MIN);
    fmpz_mul_si(expected, expected, COUNT);
    ck_assert(fmpz_equal(fmpz_mat_entry(product.matrix, 0, 0), expected));
    fmpz_clear(expected);
    for (int i = 0; i < COUNT; i++)
        mpq_clear(large[i]);
    cleared_rows_clear(&row);
    cleared_clear(&column);
    cleared_clear(&product);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cleared_rows");
    TCase *tcase = tcase_create("cleared_rows");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, times_column);
    tcase_add_loop_test(tcase, row_times, 0, 6);
    tcase_add_loop_test(tcase, largest_words, 0, 2);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
