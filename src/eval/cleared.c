#include "eval/cleared.h"

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

void cleared_prepare(struct cleared *cleared, mpq_srcptr value)
{
    fmpz_t denominator;
    fmpz_init(denominator);
    fmpz_set_mpz(denominator, mpq_denref(value));
    fmpz_lcm(cleared->denominator, cleared->denominator, denominator);
    fmpz_clear(denominator);
}

void cleared_set(struct cleared *cleared, int64_t row, int64_t column, mpq_srcptr value)
{
    fmpz *entry = fmpz_mat_entry(cleared->matrix, row, column);
    fmpz_t numerator;
    fmpz_init(numerator);
    fmpz_set_mpz(numerator, mpq_numref(value));
    fmpz_set_mpz(entry, mpq_denref(value));
    fmpz_divexact(entry, cleared->denominator, entry);
    fmpz_mul(entry, entry, numerator);
    fmpz_clear(numerator);
}

void cleared_add_entry(const struct cleared *cleared, int64_t row, int64_t column,
                       fmpq_t sum)
{
    fmpq_t entry;
    fmpq_init(entry);
    fmpq_set_fmpz_frac(entry, fmpz_mat_entry(cleared->matrix, row, column),
                       cleared->denominator);
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
