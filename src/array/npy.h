/* Arrays in NumPy's own format.
   Source: NumPy Enhancement Proposal 1, "A Simple File Format for NumPy Arrays", and the
   module numpy.lib.format (versions 1.0, 2.0, 3.0). */
#ifndef GRADTEX_ARRAY_NPY_H
#define GRADTEX_ARRAY_NPY_H

#include "array/origin.h"

#include <gmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NPY_DIMENSIONS = 32 };

enum npy_kind { NPY_BOOL, NPY_SIGNED, NPY_UNSIGNED, NPY_FLOAT };

struct npy_shape {
    size_t dimensions;
    int64_t sizes[NPY_DIMENSIONS];
};

/* An array in memory that somebody else owns. */
struct npy {
    enum npy_kind kind;
    size_t width; /* bytes of a number: 1, 2, 4 or 8 */
    bool is_big_endian;
    bool is_fortran; /* the first index runs fastest */
    struct npy_shape shape;
    int64_t count;             /* of its numbers: the product of the sizes */
    const unsigned char *data; /* count * width bytes */
    size_t data_at;            /* offset of the data in the file */
};

/* Whether a file begins as an array does. */
bool npy_is_array(const void *bytes, size_t length);
/* Reads the header; the bytes must outlive the array. All sizes are checked against
   `length`. False with a diagnostic. */
bool npy_open(struct npy *npy, const void *bytes, size_t length,
              const struct array_origin *origin);
/* The number at a place from 0, the last index running fastest however it is stored:
   exactly, or as the shortest decimal that rounds to it (array/binary.h). False with a
   diagnostic for infinities and NaN. */
bool npy_number(const struct npy *npy, int64_t place, bool shortest, mpq_t number,
                const struct array_origin *origin);

/* `(2, 3)`, `(4,)`, `()`, as Python writes it. */
void npy_write_shape(const struct npy_shape *shape, struct buf *out);
bool npy_same_shape(const struct npy_shape *a, const struct npy_shape *b);

#endif
