#include "eval/cleared.h"

#include <flint/fmpq_vec.h>
#include <stdbool.h>

void cleared_init(struct cleared *cleared, int64_t rows, int64_t columns)
{
    fmpz_mat_init(cleared->matrix, rows, columns);
    fmpz_init_set_ui(cleared->denominator, 1);
}

void cleared_clear(struct cleared *cleared)
{
    fmpz_mat_clear(cleared->matrix);
    fmpz_clear(cleared->denominator);
}

static bool is_word(mpz_srcptr x)
{
    return mpz_size(x) <= 1;
}

/* Of a common denominator that is a word, so that the machine divides; else 0. */
static ulong word_of(const fmpz_t common)
{
    return COEFF_IS_MPZ(*common) ? 0 : (ulong)*common;
}

void cleared_take_denominator(fmpz_t common, mpq_srcptr value)
{
    ulong divisor = mpz_getlimbn(mpq_denref(value), 0), word = word_of(common);
    bool divides = word != 0 ? word % divisor == 0 : fmpz_fdiv_ui(common, divisor) == 0;
    if (is_word(mpq_denref(value)) && divides)
        return;
    fmpz_t denominator;
    fmpz_init(denominator);
    fmpz_set_mpz(denominator, mpq_denref(value));
    fmpz_lcm(common, common, denominator);
    fmpz_clear(denominator);
}

static void set_long_integer(fmpz_t entry, const fmpz_t common, mpq_srcptr value)
{
    fmpz_t factor;
    fmpz_init_set_readonly(factor, mpq_denref(value));
    fmpz_divexact(entry, common, factor);
    fmpz_clear_readonly(factor);
    fmpz_init_set_readonly(factor, mpq_numref(value));
    fmpz_mul(entry, entry, factor);
    fmpz_clear_readonly(factor);
}

void cleared_set_integer(fmpz_t entry, const fmpz_t common, mpq_srcptr value)
{
    ulong word = word_of(common);
    if (!is_word(mpq_numref(value)) || !is_word(mpq_denref(value))) {
        set_long_integer(entry, common, value);
        return;
    }
    ulong divisor = mpz_getlimbn(mpq_denref(value), 0);
    if (word != 0)
        fmpz_set_ui(entry, word / divisor);
    else
        fmpz_divexact_ui(entry, common, divisor);
    fmpz_mul_ui(entry, entry, mpz_getlimbn(mpq_numref(value), 0));
    if (mpq_sgn(value) < 0)
        fmpz_neg(entry, entry);
}

void cleared_prepare(struct cleared *cleared, mpq_srcptr value)
{
    cleared_take_denominator(cleared->denominator, value);
}

void cleared_set(struct cleared *cleared, int64_t row, int64_t column, mpq_srcptr value)
{
    cleared_set_integer(fmpz_mat_entry(cleared->matrix, row, column),
                        cleared->denominator, value);
}

void cleared_get_entry(const struct cleared *cleared, int64_t row, int64_t column,
                       fmpq_t value)
{
    fmpq_set_fmpz_frac(value, fmpz_mat_entry(cleared->matrix, row, column),
                       cleared->denominator);
}

int64_t cleared_count(const struct cleared *cleared)
{
    return fmpz_mat_nrows(cleared->matrix) * fmpz_mat_ncols(cleared->matrix);
}

/* The entries lie one after the other. */
fmpq *cleared_get_all(const struct cleared *cleared)
{
    int64_t count = cleared_count(cleared);
    fmpq *values = _fmpq_vec_init(count);
    for (int64_t i = 0; i < count; i++)
        fmpq_set_fmpz_frac(values + i, fmpz_mat_entry(cleared->matrix, 0, 0) + i,
                           cleared->denominator);
    return values;
}

void cleared_set_all(struct cleared *cleared, const fmpq *values)
{
    int64_t count = cleared_count(cleared);
    if (count > 0)
        _fmpq_vec_get_fmpz_vec_fmpz(fmpz_mat_entry(cleared->matrix, 0, 0),
                                    cleared->denominator, values, count);
}

void cleared_add_entry(const struct cleared *cleared, int64_t row, int64_t column,
                       fmpq_t sum)
{
    fmpq_t entry;
    fmpq_init(entry);
    cleared_get_entry(cleared, row, column, entry);
    fmpq_add(sum, sum, entry);
    fmpq_clear(entry);
}

void cleared_add_row(struct cleared *sum, int64_t sum_at, const struct cleared *row,
                     int64_t row_at, int64_t count)
{
    fmpz_t common, scale;
    fmpz_init(common);
    fmpz_init(scale);
    fmpz_lcm(common, sum->denominator, row->denominator);
    fmpz_divexact(scale, common, sum->denominator);
    if (!fmpz_is_one(scale))
        fmpz_mat_scalar_mul_fmpz(sum->matrix, sum->matrix, scale);
    fmpz_divexact(scale, common, row->denominator);
    for (int64_t i = 0; i < count; i++)
        fmpz_addmul(fmpz_mat_entry(sum->matrix, 0, sum_at + i),
                    fmpz_mat_entry(row->matrix, 0, row_at + i), scale);
    fmpz_set(sum->denominator, common);
    fmpz_clear(scale);
    fmpz_clear(common);
}
