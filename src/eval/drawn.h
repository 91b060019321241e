/* Values for functions of which nothing is known but that they have derivatives. */
#ifndef GRADTEX_EVAL_DRAWN_H
#define GRADTEX_EVAL_DRAWN_H

#include "eval/enclosure.h"

#include <gmp.h>
#include <stdbool.h>
#include <stdint.h>

/* Whether values are drawn, and from what. */
struct drawing {
    bool is_on;
    uint64_t seed;
};

/* The value at z of the function with this name and number of primes: a small rational,
   not 0, the same whenever seed, name, primes and z are; z counts as rounded to 32 bits.
   Numerators are from -9 to 9, denominators from 1 to 4. */
void drawn_value(mpq_ptr value, uint64_t seed, const char *name, unsigned primes,
                 mpq_srcptr z);
/* The same at a number that is only enclosed; false if its ends are rounded differently.
 */
bool drawn_enclosed(mpq_ptr value, uint64_t seed, const char *name, unsigned primes,
                    const struct enclosure *z);

/* The next small rational of a sequence. */
void drawn_rational(mpq_ptr value, uint64_t *state);

#endif
