#include "eval/scaled.h"

#include "base/memory.h"

#include <stdbool.h>

void scaled_init(struct scaled *scaled, int64_t count)
{
    scaled->entries = _arb_vec_init(count);
    scaled->count = count;
    fmpz_init_set_ui(scaled->denominator, 1);
}

void scaled_clear(struct scaled *scaled)
{
    _arb_vec_clear(scaled->entries, scaled->count);
    fmpz_clear(scaled->denominator);
}

/* Makes the denominator a multiple of the value's, unless it would become too long. */
static void take_denominator(fmpz_t common, mpq_srcptr value, slong bits)
{
    fmpz_t larger;
    fmpz_init(larger);
    fmpz_set_mpz(larger, mpq_denref(value));
    fmpz_lcm(larger, larger, common);
    if ((slong)fmpz_bits(larger) <= bits)
        fmpz_swap(larger, common);
    fmpz_clear(larger);
}

static bool is_word(mpz_srcptr x)
{
    return mpz_size(x) <= 1;
}

/* entry = value scale, where all is short and the denominator divides the scale. */
static bool set_word(arb_t entry, mpq_srcptr value, ulong scale)
{
    ulong divisor = mpz_getlimbn(mpq_denref(value), 0), product;
    if (!is_word(mpq_denref(value)) || !is_word(mpq_numref(value)) ||
        scale % divisor != 0 ||
        __builtin_mul_overflow(mpz_getlimbn(mpq_numref(value), 0), scale / divisor,
                               &product))
        return false;
    arb_set_ui(entry, product);
    if (mpq_sgn(value) < 0)
        arb_neg(entry, entry);
    return true;
}

static void set_rounded(arb_t entry, mpq_srcptr value, const fmpz_t scale, slong bits)
{
    fmpz_t numerator, denominator;
    fmpz_init(numerator);
    fmpz_init(denominator);
    fmpz_set_mpz(numerator, mpq_numref(value));
    fmpz_set_mpz(denominator, mpq_denref(value));
    fmpz_mul(numerator, numerator, scale);
    arb_fmpz_div_fmpz(entry, numerator, denominator, bits);
    fmpz_clear(denominator);
    fmpz_clear(numerator);
}

void scaled_set(struct scaled *scaled, mpq_srcptr values, slong bits)
{
    for (int64_t i = 0; i < scaled->count; i++)
        take_denominator(scaled->denominator, values + i, bits);
    for (int64_t i = 0; i < scaled->count; i++)
        set_rounded(scaled->entries + i, values + i, scaled->denominator, bits);
}

void scaled_get(arb_ptr values, const struct scaled *scaled, slong bits)
{
    for (int64_t i = 0; i < scaled->count; i++)
        arb_div_fmpz(values + i, scaled->entries + i, scaled->denominator, bits);
}

void scaled_rows_init(struct scaled_rows *rows, int64_t row_count, int64_t column_count)
{
    *rows = (struct scaled_rows){.entries = _arb_vec_init(row_count * column_count),
                                 .row_count = row_count,
                                 .column_count = column_count};
    rows->ends = memory_zeroed((size_t)row_count + 1, sizeof *rows->ends);
}

void scaled_rows_clear(struct scaled_rows *rows)
{
    _arb_vec_clear(rows->entries, rows->row_count * rows->column_count);
    memory_free(rows->runs);
    memory_free(rows->ends);
}

static size_t runs_begin(const struct scaled_rows *rows, int64_t row)
{
    return row > 0 ? rows->ends[row - 1] : 0;
}

/* A run in the making: all its entries are exact if each numerator times the denominator
   is a word. */
struct range {
    ulong denominator, largest; /* of the numerators, without their signs */
};

/* Takes a value in, with a multiple of both denominators: the least one takes longer to
   find than it saves. False if the entries would be longer than a word, and the range is
   as before; a value that is longer by itself is rounded wherever it stands. */
static bool take_value(struct range *range, mpq_srcptr value)
{
    ulong numerator = mpz_getlimbn(mpq_numref(value), 0);
    ulong divisor = mpz_getlimbn(mpq_denref(value), 0), bound;
    struct range larger = *range;
    if (!is_word(mpq_numref(value)) || !is_word(mpq_denref(value)))
        return true;
    if (numerator > larger.largest)
        larger.largest = numerator;
    if ((range->denominator % divisor != 0 &&
         __builtin_mul_overflow(divisor, range->denominator, &larger.denominator)) ||
        __builtin_mul_overflow(larger.denominator, larger.largest, &bound))
        return false;
    *range = larger;
    return true;
}

static struct scaled_run *add_run(struct scaled_rows *rows, int64_t row, int64_t begin)
{
    size_t at = rows->ends[row]++;
    if (at == rows->run_capacity) {
        rows->run_capacity = 2 * rows->run_capacity + 16;
        rows->runs = memory_array(rows->runs, rows->run_capacity, sizeof *rows->runs);
    }
    rows->runs[at] = (struct scaled_run){begin, begin, 1};
    return &rows->runs[at];
}

/* Divides a row into runs, each as long as its entries are words. */
static void find_runs(struct scaled_rows *rows, int64_t row, mpq_srcptr values,
                      const int64_t *places)
{
    rows->ends[row] = runs_begin(rows, row);
    struct range range = {1, 1};
    struct scaled_run *run = add_run(rows, row, 0);
    for (int64_t i = 0; i < rows->column_count; i++) {
        if (places[i] >= 0 && !take_value(&range, values + places[i])) {
            range = (struct range){1, 1};
            run = add_run(rows, row, i);
            take_value(&range, values + places[i]);
        }
        run->denominator = range.denominator;
        run->end = i + 1;
    }
}

static void set_run(struct scaled_rows *rows, int64_t row, const struct scaled_run *run,
                    mpq_srcptr values, const int64_t *places, slong bits)
{
    arb_ptr entries = rows->entries + row * rows->column_count;
    fmpz_t scale;
    fmpz_init_set_ui(scale, run->denominator);
    for (int64_t i = run->begin; i < run->end; i++)
        if (places[i] >= 0 &&
            !set_word(entries + i, values + places[i], run->denominator))
            set_rounded(entries + i, values + places[i], scale, bits);
    fmpz_clear(scale);
}

void scaled_rows_set(struct scaled_rows *rows, int64_t row, mpq_srcptr values,
                     const int64_t *places, slong bits)
{
    find_runs(rows, row, values, places);
    for (size_t r = runs_begin(rows, row); r < rows->ends[row]; r++)
        set_run(rows, row, &rows->runs[r], values, places, bits);
}

void scaled_rows_times(arb_ptr product, const struct scaled_rows *rows,
                       const struct scaled *column, slong bits)
{
    arb_t part;
    arb_init(part);
    for (int64_t row = 0; row < rows->row_count; row++) {
        arb_srcptr entries = rows->entries + row * rows->column_count;
        arb_zero(product + row);
        for (size_t r = runs_begin(rows, row); r < rows->ends[row]; r++) {
            const struct scaled_run *run = &rows->runs[r];
            arb_dot(part, NULL, 0, entries + run->begin, 1, column->entries + run->begin,
                    1, run->end - run->begin, bits);
            arb_div_ui(part, part, run->denominator, bits);
            arb_add(product + row, product + row, part, bits);
        }
        arb_div_fmpz(product + row, product + row, column->denominator, bits);
    }
    arb_clear(part);
}

void scaled_rows_add_left(arb_ptr product, arb_srcptr row, const struct scaled_rows *rows,
                          int64_t first, int64_t count, slong bits)
{
    arb_t factor;
    arb_init(factor);
    for (int64_t i = 0; i < rows->row_count; i++) {
        arb_srcptr entries = rows->entries + i * rows->column_count;
        for (size_t r = runs_begin(rows, i); r < rows->ends[i]; r++) {
            const struct scaled_run *run = &rows->runs[r];
            int64_t begin = run->begin > first ? run->begin : first;
            int64_t end = run->end < first + count ? run->end : first + count;
            if (begin >= end)
                continue;
            arb_div_ui(factor, row + i, run->denominator, bits);
            for (int64_t k = begin; k < end; k++)
                arb_addmul(product + k - first, factor, entries + k, bits);
        }
    }
    arb_clear(factor);
}
