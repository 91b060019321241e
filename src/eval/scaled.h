/* Rationals in balls, as entries over denominators: short integers where the values are
   short, so that they are exact and quick to multiply with. What would make a denominator
   long is rounded instead. */
#ifndef GRADTEX_EVAL_SCALED_H
#define GRADTEX_EVAL_SCALED_H

#include <gmp.h>
#include <stddef.h>
#include <stdint.h>
#ifdef GTX_FLINT3
#include <flint/arb.h>
#else
#include <arb.h>
#endif

/* Numbers over one denominator of at most so many bits as the precision has. */
struct scaled {
    arb_ptr entries;
    int64_t count;
    fmpz_t denominator;
};

/* All 0, over 1. */
void scaled_init(struct scaled *scaled, int64_t count);
void scaled_clear(struct scaled *scaled);
void scaled_set(struct scaled *scaled, mpq_srcptr values, slong bits);
/* The numbers themselves; `values` has room for all. */
void scaled_get(arb_ptr values, const struct scaled *scaled, slong bits);

/* Consecutive entries of a row over one denominator of a word. */
struct scaled_run {
    int64_t begin, end; /* columns */
    ulong denominator;
};

/* A matrix, each row in runs. */
struct scaled_rows {
    arb_ptr entries; /* row by row */
    int64_t row_count, column_count;
    struct scaled_run *runs; /* row by row */
    size_t *ends;            /* those of a row end before ends[row] */
    size_t run_capacity;
};

void scaled_rows_init(struct scaled_rows *rows, int64_t row_count, int64_t column_count);
void scaled_rows_clear(struct scaled_rows *rows);
/* Sets a row, after those before it, to the values at these places, 0 where a place is
   negative. */
void scaled_rows_set(struct scaled_rows *rows, int64_t row, mpq_srcptr values,
                     const int64_t *places, slong bits);
/* product = rows column */
void scaled_rows_times(arb_ptr product, const struct scaled_rows *rows,
                       const struct scaled *column, slong bits);
/* product += row rows, `count` columns from the first one given on */
void scaled_rows_add_left(arb_ptr product, arb_srcptr row, const struct scaled_rows *rows,
                          int64_t first, int64_t count, slong bits);

#endif
