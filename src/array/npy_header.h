/* The header of a .npy file: a literal of Python, read by our own strict reader. */
#ifndef GRADTEX_ARRAY_NPY_HEADER_H
#define GRADTEX_ARRAY_NPY_HEADER_H

#include "array/npy.h"

/* Fills kind, width, orders and shape from `{'descr': '<f4', 'fortran_order': False,
   'shape': (3, 4)}`: each key once, in any order. `text` lies `at` bytes from the
   beginning of the file. False with a diagnostic. */
bool npy_read_header(struct npy *npy, const char *text, size_t length, size_t at,
                     const struct array_origin *origin);

#endif
