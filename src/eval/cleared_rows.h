/* Matrices of rationals as integers, every row in chunks of some columns, each chunk over
   a denominator of its own: with many different denominators the integers of a chunk stay
   short, and only a chunk's sum is brought to a long common denominator. */
#ifndef GRADTEX_EVAL_CLEARED_ROWS_H
#define GRADTEX_EVAL_CLEARED_ROWS_H

#include "eval/cleared.h"

struct cleared_rows {
    fmpz_mat_t matrix;
    fmpz *denominators; /* of the chunks, row by row */
    int64_t chunks;     /* in a row */
};

/* All 0. */
void cleared_rows_init(struct cleared_rows *rows, int64_t row_count,
                       int64_t column_count);
void cleared_rows_clear(struct cleared_rows *rows);
/* Sets an empty row to the values at these places, 0 where a place is negative. */
void cleared_rows_set(struct cleared_rows *rows, int64_t row, mpq_srcptr values,
                      const int64_t *places);

/* product = rows column. */
void cleared_rows_times(struct cleared *product, const struct cleared_rows *rows,
                        const struct cleared *column);
/* product = row rows, as many columns as the product has, from the first one given on.
   The product is empty before. */
void cleared_rows_times_left(struct cleared *product, const struct cleared *row,
                             const struct cleared_rows *rows, int64_t first);

#endif
