/* Archives of arrays (.npz): a zip file with one .npy file for each. */
#ifndef GRADTEX_ARRAY_NPZ_H
#define GRADTEX_ARRAY_NPZ_H

#include "array/origin.h"

/* Whether a file begins as a zip archive does. */
bool npz_is_archive(const void *bytes, size_t length);

/* Takes an array: `name` is without .npy, `label` for messages. False stops. */
typedef bool npz_visitor(void *context, const char *name, const char *label,
                         const struct buf *bytes);

/* Visits all arrays in the order of the archive. They have at most SOURCE_LIMIT bytes
   together. False after a diagnostic, or when the visitor stops; `origin->label` is the
   file's name. */
bool npz_visit(const struct buf *archive, const struct array_origin *origin,
               npz_visitor *visit, void *context);

#endif
