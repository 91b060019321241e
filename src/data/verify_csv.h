/* A verification as a table for marking: one row a document (RFC 4180). */
#ifndef GRADTEX_DATA_VERIFY_CSV_H
#define GRADTEX_DATA_VERIFY_CSV_H

#include "base/buf.h"
#include "verify/verdict.h"

void verify_csv(struct buf *out, const struct verification *verification);

#endif
