/* Binary floating point numbers, taken apart by their bits (IEEE 754-2019, 3.4). */
#ifndef GRADTEX_ARRAY_BINARY_H
#define GRADTEX_ARRAY_BINARY_H

#include <gmp.h>
#include <stdbool.h>
#include <stdint.h>

/* A sign, `exponent_bits` and `fraction_bits`, from the top; at most 64 in all. */
struct binary {
    uint64_t bits;
    unsigned exponent_bits, fraction_bits;
};

bool binary_is_finite(const struct binary *binary);
bool binary_is_nan(const struct binary *binary);
/* The number that a finite one is. */
void binary_exact(const struct binary *binary, mpq_t number);
/* The decimal with the fewest digits among those that round to it, to nearest and ties to
   even; of several the nearest to it (Steele and White, "How to Print Floating-Point
   Numbers Accurately", 1990). */
void binary_shortest(const struct binary *binary, mpq_t number);

#endif
