/* Exact rationals read from text by our own reader, and printed. */
#ifndef GRADTEX_BASE_NUMBER_H
#define GRADTEX_BASE_NUMBER_H

#include "base/buf.h"

#include <gmp.h>
#include <stdbool.h>
#include <stddef.h>

enum number_status {
    NUMBER_OK,
    NUMBER_MALFORMED, /* not digits[.digits][e[+-]digits] or integer/integer */
    NUMBER_ZERO_DIVISOR,
    NUMBER_TOO_LONG /* more than NUMBER_DIGITS digits once written out */
};

enum { NUMBER_DIGITS = 10000 };

/* Length of the number at the start of the text: digits, optionally `.digits`; 0 if there
   is none. */
size_t number_span(const char *text, size_t length);
/* Reads `-12`, `0.05` (exactly 1/20), `3/7` and, if `exponents`, `1e-3`; the whole text
   must be read. No locale, no white space, no hexadecimal. The result is canonical. */
enum number_status number_read(mpq_t value, const char *text, size_t length,
                               bool exponents);
/* `-3/7`; integers without denominator. */
void number_write(struct buf *out, mpq_srcptr value);
/* Digits; the other with groups of three: 125,000. */
void number_write_integer(struct buf *out, mpz_srcptr value);
void number_write_grouped(struct buf *out, mpz_srcptr value);

#endif
