/* Numbers that were worked out, as text: fractions while they are short, else decimals
   whose digits are certain, and what is left open. */
#ifndef GRADTEX_TELL_TELL_NUMBER_H
#define GRADTEX_TELL_TELL_NUMBER_H

#include "doc/doc.h"
#include "eval/enclosure.h"

/* `0.0821…`, without the radius; an interval where not one digit is certain, 0 if it is
 * in it. */
void tell_decimal(struct buf *out, const struct enclosure *number, size_t digits);
/* An exact number as a fraction, of which a long one is cut and its digits counted; else
   the decimal, with its radius if that is wanted: `0.0821… ± 3.1 ⋅ 10⁻⁴¹`. */
struct inline_node *tell_number(struct doc *doc, const struct enclosure *number,
                                size_t digits, bool has_radius);
/* As people write numbers: a decimal that ends, else a short fraction, else a decimal
 * without its radius. */
struct inline_node *tell_plain_number(struct doc *doc, const struct enclosure *number,
                                      size_t digits);
/* Whether that shows all digits. */
bool tell_is_whole(const struct enclosure *number, size_t digits);
/* Rounded, in as many digits at most as stand for themselves; NULL where they are not
   certain. Without a mark for the digits left out. */
struct formula *tell_rounded_number(struct arena *arena, const struct enclosure *number,
                                    size_t digits);
/* A count, grouped by thousands as the language has it: 125,000. */
void tell_grouped(struct buf *out, const struct language *language, mpz_srcptr count);
struct inline_node *tell_count(struct doc *doc, mpz_srcptr count);
/* A bound of what a number may be at most, whatever its sign: exactly, or `≤ 3.1 ⋅ 10⁻⁴¹`. */
struct inline_node *tell_bound(struct doc *doc, const struct enclosure *number);
/* The size of a bound: `3.1 ⋅ 10⁻⁴¹`. */
struct inline_node *tell_size(struct doc *doc, mpfr_srcptr bound);

#endif
