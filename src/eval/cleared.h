/* Matrices of rationals as integers over one denominator, never reduced on the way. */
#ifndef GRADTEX_EVAL_CLEARED_H
#define GRADTEX_EVAL_CLEARED_H

#include <flint/fmpq.h>
#include <flint/fmpz_mat.h>
#include <gmp.h>
#include <stdint.h>

struct cleared {
    fmpz_mat_t matrix;
    fmpz_t denominator;
};

/* All 0, over 1. */
void cleared_init(struct cleared *cleared, int64_t rows, int64_t columns);
void cleared_clear(struct cleared *cleared);

/* common = lcm(common, the value's denominator), and the value times such a multiple. */
void cleared_take_denominator(fmpz_t common, mpq_srcptr value);
void cleared_set_integer(fmpz_t entry, const fmpz_t common, mpq_srcptr value);

/* Makes the denominator of an empty matrix a multiple of that of a value to come. */
void cleared_prepare(struct cleared *cleared, mpq_srcptr value);
/* Sets an entry to a value that was prepared for. */
void cleared_set(struct cleared *cleared, int64_t row, int64_t column, mpq_srcptr value);
/* The entry in lowest terms. */
void cleared_get_entry(const struct cleared *cleared, int64_t row, int64_t column,
                       fmpq_t value);
int64_t cleared_count(const struct cleared *cleared); /* of entries */
/* All entries, row by row: in lowest terms, a new vector; to what they are in an empty
   matrix. */
fmpq *cleared_get_all(const struct cleared *cleared);
void cleared_set_all(struct cleared *cleared, const fmpq *values);
/* sum += entry. */
void cleared_add_entry(const struct cleared *cleared, int64_t row, int64_t column,
                       fmpq_t sum);

/* Adds `count` entries of one row to another, from the places given on, over a
 * denominator for both. */
void cleared_add_row(struct cleared *sum, int64_t sum_at, const struct cleared *row,
                     int64_t row_at, int64_t count);

#endif
