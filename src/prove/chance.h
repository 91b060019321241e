/* Random numbers for the prover: secret unless a seed is given. */
#ifndef GRADTEX_PROVE_CHANCE_H
#define GRADTEX_PROVE_CHANCE_H

#include <stdint.h>

struct chance {
    uint64_t state, stride;
    uint64_t prime; /* the one that is kept; 0: not drawn yet */
};

/* Seed 0 takes the system's randomness. */
void chance_init(struct chance *chance, uint64_t seed);
uint64_t chance_next(struct chance *chance);
/* Uniform in [0, bound), bound > 0. */
uint64_t chance_below(struct chance *chance, uint64_t bound);
/* A uniform prime between 2^61 and 2^62. */
uint64_t chance_prime(struct chance *chance);
/* One that is always the same, for guesses that are proved all the same. */
uint64_t chance_kept_prime(struct chance *chance);

#endif
