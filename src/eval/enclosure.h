/* A number as it is compared and shown: an exact rational, or an interval that certainly
   holds it. The ends may be infinite, and are never NaN. */
#ifndef GRADTEX_EVAL_ENCLOSURE_H
#define GRADTEX_EVAL_ENCLOSURE_H

#include "base/buf.h"

#include <gmp.h>
#include <mpfr.h>
#include <stdbool.h>

struct enclosure {
    bool is_exact;
    mpq_t exact;
    mpfr_t lower, upper; /* of what is not exact */
};

/* Exactly 0. */
void enclosure_init(struct enclosure *enclosure);
void enclosure_clear(struct enclosure *enclosure);
void enclosure_set(struct enclosure *x, const struct enclosure *a);
void enclosure_set_rational(struct enclosure *x, mpq_srcptr value);

/* x = a - b, rounded outward. x is neither. */
void enclosure_subtract(struct enclosure *x, const struct enclosure *a,
                        const struct enclosure *b);
/* Whether some number is in both. */
bool enclosures_meet(const struct enclosure *a, const struct enclosure *b);
/* Whether the upper end of the one is above that of the other. */
bool enclosure_exceeds(const struct enclosure *a, const struct enclosure *b);
/* Whether 0 is in it. */
bool enclosure_has_zero(const struct enclosure *a);
bool enclosure_is_bounded(const struct enclosure *a);
/* Whether the width is at most `accuracy` times the smallest absolute value in it, or, if
   0 is in it, at most `accuracy`. An exact number always is. */
bool enclosure_is_within(const struct enclosure *a, mpq_srcptr accuracy);
/* At least half the width, 0 of an exact number; infinite if an end is. `radius` keeps
 * its precision. */
void enclosure_radius(mpfr_ptr radius, const struct enclosure *a);
/* At least the largest absolute value in it. */
void enclosure_magnitude(mpfr_ptr magnitude, const struct enclosure *a);

/* How many digits of its ends are worth writing: all that they have in common, and two
 * that tell them apart. */
size_t enclosure_digits(const struct enclosure *a);
/* Writes a decimal of at most `digits` significant digits, rounded to the nearest: all of
   them are certain. `…` follows where digits were left out, and fewer than asked for are
   written where the enclosure leaves more than one. False, and nothing is written, if not
   even one is certain. */
bool enclosure_write_decimal(struct buf *out, const struct enclosure *a, size_t digits);
/* An end with so many digits, rounded downward or upward; `infinite` with its sign if it
 * is. */
void enclosure_write_end(struct buf *out, mpfr_srcptr end, size_t digits, bool downward);
/* A bound for people: two significant digits, rounded up: `3.1e-41`, `infinite`.
 */
void enclosure_write_bound(struct buf *out, mpfr_srcptr bound);

#endif
