/* Circuits evaluated in exact rationals. */
#ifndef GRADTEX_PROVE_EXACT_H
#define GRADTEX_PROVE_EXACT_H

#include "prove/circuit.h"

enum exact_status { EXACT_OK, EXACT_UNDEFINED, EXACT_TOO_LARGE };

/* The two sides at one value of each unknown. Numbers of more than about 2^20 bits are
   not made. */
enum exact_status exact_sides(const struct circuit *circuit, const mpq_t *point,
                              mpq_t left, mpq_t right);

#endif
