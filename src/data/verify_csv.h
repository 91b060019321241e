/* Verdicts as CSV (RFC 4180), for marking: a row for each document. */
#ifndef GRADTEX_DATA_VERIFY_CSV_H
#define GRADTEX_DATA_VERIFY_CSV_H

#include "base/buf.h"
#include "verify/verdict.h"

/* `is_strict` as for verification_status, which the column `verdict` follows. */
void verify_csv(struct buf *out, const struct verification *verification, bool is_strict);

#endif
