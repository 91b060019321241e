#include "array/npy.h"

#include "array/binary.h"
#include "array/npy_header.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char magic[] = "\x93NUMPY";

enum { MAGIC = sizeof magic - 1, VERSION_END = MAGIC + 2 };

bool npy_is_array(const void *bytes, size_t length)
{
    return length >= MAGIC && memcmp(bytes, magic, MAGIC) == 0;
}

void npy_write_shape(const struct npy_shape *shape, struct buf *out)
{
    buf_char(out, '(');
    for (size_t i = 0; i < shape->dimensions; i++)
        buf_format(out, "%s%" PRId64, i > 0 ? ", " : "", shape->sizes[i]);
    buf_text(out, shape->dimensions == 1 ? ",)" : ")");
}

bool npy_same_shape(const struct npy_shape *a, const struct npy_shape *b)
{
    return a->dimensions == b->dimensions &&
           memcmp(a->sizes, b->sizes, a->dimensions * sizeof *a->sizes) == 0;
}

static uint64_t read_bytes(const unsigned char *bytes, size_t count, bool big_endian)
{
    uint64_t number = 0;

    for (size_t i = 0; i < count; i++)
        number = number << 8 | bytes[big_endian ? i : count - 1 - i];
    return number;
}

/* --- the header --- */

static bool refuse_cut(size_t at, const struct array_origin *origin)
{
    char place[32];

    snprintf(place, sizeof place, "%zu", at);
    return diag_at(origin->diags, DIAG_ARRAY_CUT, origin->place, origin->label, place,
                   NULL);
}

static bool refuse_version(const unsigned char *version,
                           const struct array_origin *origin)
{
    char text[32];

    snprintf(text, sizeof text, "%u.%u", version[0], version[1]);
    return diag_at(origin->diags, DIAG_ARRAY_VERSION, origin->place, origin->label, text,
                   NULL);
}

static bool refuse_shape(const struct npy *npy, size_t left, enum diag_code code,
                         const struct array_origin *origin)
{
    char wanted[32], found[32];
    struct buf shape;

    buf_init(&shape);
    npy_write_shape(&npy->shape, &shape);
    snprintf(wanted, sizeof wanted, "%" PRId64, npy->count * (int64_t)npy->width);
    snprintf(found, sizeof found, "%zu", left);
    diag_at(origin->diags, code, origin->place, origin->label, buf_peek(&shape), wanted,
            found, NULL);
    buf_clear(&shape);
    return false;
}

/* False if the product of the sizes, times the width, is no number of bytes. A size of 0
   makes it 0. */
static bool count_numbers(struct npy *npy)
{
    int64_t most = INT64_MAX / (int64_t)npy->width;

    npy->count = 1;
    for (size_t i = 0; i < npy->shape.dimensions; i++)
        if (npy->shape.sizes[i] == 0)
            npy->count = 0;
    for (size_t i = 0; i < npy->shape.dimensions && npy->count > 0; i++) {
        if (npy->count > most / npy->shape.sizes[i])
            return false;
        npy->count *= npy->shape.sizes[i];
    }
    return true;
}

static bool find_data(struct npy *npy, const unsigned char *bytes, size_t length,
                      const struct array_origin *origin)
{
    size_t left = length - npy->data_at;

    npy->data = bytes + npy->data_at;
    if (!count_numbers(npy)) {
        npy->count = 0;
        return refuse_shape(npy, left, DIAG_ARRAY_OVERFLOW, origin);
    }
    return (uint64_t)npy->count * npy->width == left ||
           refuse_shape(npy, left, DIAG_ARRAY_LENGTH, origin);
}

bool npy_open(struct npy *npy, const void *file, size_t length,
              const struct array_origin *origin)
{
    const unsigned char *bytes = file;

    *npy = (struct npy){0};
    if (!npy_is_array(bytes, length))
        return diag_at(origin->diags, DIAG_ARRAY_MAGIC, origin->place, origin->label,
                       NULL);
    if (length < VERSION_END)
        return refuse_cut(length, origin);
    const unsigned char *version = bytes + MAGIC;
    if (version[0] < 1 || version[0] > 3 || version[1] != 0)
        return refuse_version(version, origin);
    size_t field = version[0] == 1 ? 2 : 4, begin = VERSION_END + field;
    if (length < begin)
        return refuse_cut(length, origin);
    uint64_t header = read_bytes(bytes + VERSION_END, field, false);
    if (header > length - begin)
        return refuse_cut(length, origin);
    npy->data_at = begin + (size_t)header;
    return npy_read_header(npy, (const char *)bytes + begin, (size_t)header, begin,
                           origin) &&
           find_data(npy, bytes, length, origin);
}

/* --- the numbers --- */

/* Where the number of a place is stored. */
static int64_t stored_at(const struct npy *npy, int64_t place)
{
    int64_t at = 0, stride = npy->count;

    if (!npy->is_fortran)
        return place;
    for (size_t i = npy->shape.dimensions; i-- > 0;) {
        stride /= npy->shape.sizes[i];
        at += place % npy->shape.sizes[i] * stride;
        place /= npy->shape.sizes[i];
    }
    return at;
}

static void write_indices(const struct npy *npy, int64_t place, struct buf *out)
{
    int64_t stride = npy->count;

    buf_char(out, '[');
    for (size_t i = 0; i < npy->shape.dimensions; i++) {
        stride /= npy->shape.sizes[i];
        buf_format(out, "%s%" PRId64, i > 0 ? ", " : "", place / stride);
        place %= stride;
    }
    buf_char(out, ']');
}

static bool refuse_infinite(const struct npy *npy, int64_t place, const char *what,
                            const struct array_origin *origin)
{
    struct buf indices, byte;

    buf_init(&indices);
    buf_init(&byte);
    write_indices(npy, place, &indices);
    buf_format(&byte, "%zu", npy->data_at + (size_t)stored_at(npy, place) * npy->width);
    diag_at(origin->diags, DIAG_ARRAY_NOT_FINITE, origin->place, origin->label,
            buf_peek(&indices), what, buf_peek(&byte), NULL);
    buf_clear(&byte);
    buf_clear(&indices);
    return false;
}

static void set_unsigned(mpq_t number, uint64_t value)
{
    mpz_import(mpq_numref(number), 1, 1, sizeof value, 0, 0, &value);
    mpz_set_ui(mpq_denref(number), 1);
}

static void set_signed(mpq_t number, uint64_t bits, size_t width)
{
    uint64_t sign = UINT64_C(1) << (8 * width - 1);
    bool negative = (bits & sign) != 0;

    set_unsigned(number, negative ? (sign - 1 - (bits & (sign - 1))) + 1 : bits);
    if (negative)
        mpq_neg(number, number);
}

/* The binary formats of IEEE 754-2019, by their bytes. */
static void take_format(struct binary *binary, size_t width)
{
    binary->fraction_bits = width == 2 ? 10 : width == 4 ? 23 : 52;
    binary->exponent_bits = width == 2 ? 5 : width == 4 ? 8 : 11;
}

bool npy_number(const struct npy *npy, int64_t place, bool shortest, mpq_t number,
                const struct array_origin *origin)
{
    uint64_t bits = read_bytes(npy->data + (size_t)stored_at(npy, place) * npy->width,
                               npy->width, npy->is_big_endian);
    struct binary binary = {.bits = bits};

    if (npy->kind == NPY_SIGNED)
        set_signed(number, bits, npy->width);
    else if (npy->kind != NPY_FLOAT)
        set_unsigned(number, npy->kind == NPY_BOOL ? bits != 0 : bits);
    if (npy->kind != NPY_FLOAT)
        return true;
    take_format(&binary, npy->width);
    if (!binary_is_finite(&binary))
        return refuse_infinite(npy, place, binary_is_nan(&binary) ? "NaN" : "infinite",
                               origin);
    if (shortest)
        binary_shortest(&binary, number);
    else
        binary_exact(&binary, number);
    return true;
}
