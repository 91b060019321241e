#include "eval/drawn.h"

/* SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
 */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

void drawn_rational(mpq_ptr value, uint64_t *state)
{
    uint64_t bits = next_random(state);
    long numerator = 1 + (long)(bits % 9);
    unsigned long denominator = 1 + (bits >> 16) % 4;
    mpq_set_si(value, bits >> 63 ? -numerator : numerator, denominator);
    mpq_canonicalize(value);
}

static void mix(uint64_t *state, uint64_t word)
{
    *state ^= word;
    *state = next_random(state);
}

static void mix_integer(uint64_t *state, mpz_srcptr z)
{
    size_t limbs = mpz_size(z);
    mix(state, (uint64_t)(mpz_sgn(z) + 1));
    for (size_t i = 0; i < limbs; i++)
        mix(state, mpz_getlimbn(z, (mp_size_t)i));
}

void drawn_value(mpq_ptr value, uint64_t seed, const char *name, unsigned primes,
                 mpq_srcptr z)
{
    uint64_t state = seed;
    for (; *name != '\0'; name++)
        mix(&state, (unsigned char)*name);
    mix(&state, primes);
    mix_integer(&state, mpq_numref(z));
    mix_integer(&state, mpq_denref(z));
    drawn_rational(value, &state);
}
