#include "eval/cleared_rows.h"

#include <flint/fmpz_vec.h>
#include <stdbool.h>

enum { CHUNK = 16 };

static int64_t row_count(const struct cleared_rows *rows)
{
    return fmpz_mat_nrows(rows->matrix);
}

static int64_t column_count(const struct cleared_rows *rows)
{
    return fmpz_mat_ncols(rows->matrix);
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* The columns of a chunk, of so many in all. */
static int64_t chunk_width(int64_t chunk, int64_t columns)
{
    return smaller(CHUNK, columns - chunk * CHUNK);
}

void cleared_rows_init(struct cleared_rows *rows, int64_t row_count, int64_t column_count)
{
    fmpz_mat_init(rows->matrix, row_count, column_count);
    rows->chunks = (column_count + CHUNK - 1) / CHUNK;
    rows->denominators = _fmpz_vec_init(row_count * rows->chunks);
    for (int64_t i = 0; i < row_count * rows->chunks; i++)
        fmpz_one(rows->denominators + i);
}

void cleared_rows_clear(struct cleared_rows *rows)
{
    _fmpz_vec_clear(rows->denominators, row_count(rows) * rows->chunks);
    fmpz_mat_clear(rows->matrix);
}

void cleared_rows_set(struct cleared_rows *rows, int64_t row, mpq_srcptr values,
                      const int64_t *places)
{
    fmpz *denominators = rows->denominators + row * rows->chunks;
    int64_t count = column_count(rows);
    for (int64_t i = 0; i < count; i++)
        if (places[i] >= 0)
            cleared_take_denominator(denominators + i / CHUNK, values + places[i]);
    for (int64_t i = 0; i < count; i++)
        if (places[i] >= 0)
            cleared_set_integer(fmpz_mat_entry(rows->matrix, row, i),
                                denominators + i / CHUNK, values + places[i]);
}

/* A column in chunks: what a chunk's integers have in common with the denominator is
   divided out of them. */
struct column {
    fmpz *entries;
    fmpz *contents;
    int64_t count, chunks;
};

static void find_content(fmpz_t content, const fmpz *entries, int64_t count,
                         const fmpz_t denominator)
{
    fmpz_set(content, denominator);
    for (int64_t i = 0; i < count && !fmpz_is_one(content); i++)
        fmpz_gcd(content, content, entries + i);
}

static void column_init(struct column *column, const struct cleared *values,
                        int64_t chunks)
{
    column->count = cleared_count(values);
    column->chunks = chunks;
    column->entries = _fmpz_vec_init(column->count);
    column->contents = _fmpz_vec_init(chunks);
    _fmpz_vec_set(column->entries, fmpz_mat_entry(values->matrix, 0, 0), column->count);
    for (int64_t c = 0; c < chunks; c++) {
        fmpz *entries = column->entries + c * CHUNK, *content = column->contents + c;
        int64_t width = chunk_width(c, column->count);
        find_content(content, entries, width, values->denominator);
        if (!fmpz_is_one(content))
            _fmpz_vec_scalar_divexact_fmpz(entries, entries, width, content);
    }
}

static void column_clear(struct column *column)
{
    _fmpz_vec_clear(column->entries, column->count);
    _fmpz_vec_clear(column->contents, column->chunks);
}

/* The sum of at most this many products of FLINT's small integers, below 2^62, fits two
   words with its sign. */
enum { WORD_PRODUCTS = 8 };

/* False if some are not small. */
static bool dot_words(fmpz_t sum, const fmpz *a, const fmpz *b, int64_t count)
{
    ulong high = 0, low = 0, product_high, product_low;
    for (int64_t i = 0; i < count; i++) {
        if (COEFF_IS_MPZ(a[i]) || COEFF_IS_MPZ(b[i]))
            return false;
        smul_ppmm(product_high, product_low, a[i], b[i]);
        add_ssaaaa(high, low, high, low, product_high, product_low);
    }
    fmpz_set_signed_uiui(sum, high, low);
    return true;
}

static void dot(fmpz_t sum, const fmpz *a, const fmpz *b, int64_t count)
{
    fmpz_t part;
    fmpz_init(part);
    fmpz_zero(sum);
    for (int64_t done = 0; done < count; done += WORD_PRODUCTS) {
        int64_t width = smaller(WORD_PRODUCTS, count - done);
        if (!dot_words(part, a + done, b + done, width))
            _fmpz_vec_dot(part, a + done, b + done, width);
        fmpz_add(sum, sum, part);
    }
    fmpz_clear(part);
}

/* The product of a row and the column, as an integer over `common` times the column's
   denominator; `common` is a multiple of the row's denominators. */
static void row_times(fmpz_t product, const struct cleared_rows *rows, int64_t row,
                      const struct column *column, const fmpz_t common)
{
    fmpz_t sum, scale;
    fmpz_init(sum);
    fmpz_init(scale);
    fmpz_zero(product);
    for (int64_t c = 0; c < rows->chunks; c++) {
        dot(sum, fmpz_mat_entry(rows->matrix, row, c * CHUNK),
            column->entries + c * CHUNK, chunk_width(c, column->count));
        fmpz_divexact(scale, common, rows->denominators + row * rows->chunks + c);
        fmpz_mul(sum, sum, column->contents + c);
        fmpz_addmul(product, sum, scale);
    }
    fmpz_clear(scale);
    fmpz_clear(sum);
}

/* The least common multiple of the denominators of one row. */
static void row_denominator(fmpz_t common, const struct cleared_rows *rows, int64_t row)
{
    _fmpz_vec_lcm(common, rows->denominators + row * rows->chunks, rows->chunks);
}

/* Integers, each over a denominator of its own times `*denominator`, are brought to a
   common one. */
static void join_denominators(fmpz *entries, fmpz *denominators, int64_t count,
                              fmpz_t denominator)
{
    fmpz_t common, scale;
    fmpz_init(common);
    fmpz_init(scale);
    _fmpz_vec_lcm(common, denominators, count);
    for (int64_t i = 0; i < count; i++) {
        fmpz_divexact(scale, common, denominators + i);
        fmpz_mul(entries + i, entries + i, scale);
    }
    fmpz_mul(denominator, denominator, common);
    fmpz_clear(scale);
    fmpz_clear(common);
}

void cleared_rows_times(struct cleared *product, const struct cleared_rows *rows,
                        const struct cleared *values)
{
    struct column column;
    fmpz *entries = fmpz_mat_entry(product->matrix, 0, 0);
    fmpz *denominators = _fmpz_vec_init(row_count(rows));
    column_init(&column, values, rows->chunks);
    for (int64_t row = 0; row < row_count(rows); row++) {
        row_denominator(denominators + row, rows, row);
        row_times(entries + row, rows, row, &column, denominators + row);
    }
    fmpz_set(product->denominator, values->denominator);
    join_denominators(entries, denominators, row_count(rows), product->denominator);
    column_clear(&column);
    _fmpz_vec_clear(denominators, row_count(rows));
}

/* A chunk's columns from `begin` on, `width` of them, as integers over `common` times the
   row's denominator. */
struct part {
    int64_t begin, width;
    fmpz *entries;
    fmpz *common;
};

static void times_chunk(const struct part *part, const struct cleared *row,
                        const struct cleared_rows *rows)
{
    const fmpz *denominators = rows->denominators + part->begin / CHUNK;
    fmpz_t scale;
    fmpz_init(scale);
    fmpz_one(part->common);
    for (int64_t i = 0; i < row_count(rows); i++)
        fmpz_lcm(part->common, part->common, denominators + i * rows->chunks);
    for (int64_t i = 0; i < row_count(rows); i++) {
        fmpz_divexact(scale, part->common, denominators + i * rows->chunks);
        fmpz_mul(scale, scale, fmpz_mat_entry(row->matrix, 0, i));
        _fmpz_vec_scalar_addmul_fmpz(part->entries,
                                     fmpz_mat_entry(rows->matrix, i, part->begin),
                                     part->width, scale);
    }
    fmpz_clear(scale);
}

void cleared_rows_times_left(struct cleared *product, const struct cleared *row,
                             const struct cleared_rows *rows, int64_t first)
{
    int64_t count = cleared_count(product), end = first + count;
    fmpz *denominators = _fmpz_vec_init(count);
    for (int64_t at = first; at < end;) {
        int64_t done = at - first, width = smaller(CHUNK - at % CHUNK, end - at);
        struct part part = {at, width, fmpz_mat_entry(product->matrix, 0, done),
                            denominators + done};
        times_chunk(&part, row, rows);
        for (int64_t i = 1; i < width; i++)
            fmpz_set(part.common + i, part.common);
        at += width;
    }
    fmpz_set(product->denominator, row->denominator);
    join_denominators(fmpz_mat_entry(product->matrix, 0, 0), denominators, count,
                      product->denominator);
    _fmpz_vec_clear(denominators, count);
}
