#include "eval/drawn.h"

enum { ROUNDED_BITS = 32 };

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

/* What all numbers have in common that are rounded to this one. */
static uint64_t key_of(mpfr_srcptr rounded)
{
    mpz_t mantissa;
    uint64_t key = 0;
    mpz_init(mantissa);
    if (!mpfr_zero_p(rounded)) {
        mix(&key, (uint64_t)mpfr_get_z_2exp(mantissa, rounded));
        mix(&key, (uint64_t)mpz_get_si(mantissa));
    }
    mpz_clear(mantissa);
    return key;
}

static void draw(mpq_ptr value, uint64_t seed, const char *name, unsigned primes,
                 mpfr_srcptr rounded)
{
    uint64_t state = seed;
    for (; *name != '\0'; name++)
        mix(&state, (unsigned char)*name);
    mix(&state, primes);
    mix(&state, key_of(rounded));
    drawn_rational(value, &state);
}

void drawn_value(mpq_ptr value, uint64_t seed, const char *name, unsigned primes,
                 mpq_srcptr z)
{
    mpfr_t rounded;
    mpfr_init2(rounded, ROUNDED_BITS);
    mpfr_set_q(rounded, z, MPFR_RNDN);
    draw(value, seed, name, primes, rounded);
    mpfr_clear(rounded);
}

bool drawn_enclosed(mpq_ptr value, uint64_t seed, const char *name, unsigned primes,
                    const struct enclosure *z)
{
    mpfr_t lower, upper;
    if (z->is_exact) {
        drawn_value(value, seed, name, primes, z->exact);
        return true;
    }
    mpfr_inits2(ROUNDED_BITS, lower, upper, NULL);
    mpfr_set(lower, z->lower, MPFR_RNDN);
    mpfr_set(upper, z->upper, MPFR_RNDN);
    bool is_one = mpfr_number_p(lower) && mpfr_equal_p(lower, upper);
    if (is_one)
        draw(value, seed, name, primes, lower);
    mpfr_clears(lower, upper, NULL);
    return is_one;
}
