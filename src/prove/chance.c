#include "prove/chance.h"

#include <flint/flint.h>
#include <flint/ulong_extras.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

/* Where the system has no randomness: the time and where things lie; nobody who wrote the
   claims could foresee them. */
static void secret(struct chance *chance)
{
    struct timespec now;
    uint64_t words[2];

    if (getentropy(words, sizeof words) == 0) {
        chance->state = words[0];
        chance->stride = words[1];
    } else {
        clock_gettime(CLOCK_REALTIME, &now);
        chance->state = (uint64_t)now.tv_sec ^ (uint64_t)now.tv_nsec << 32;
        chance->stride = (uint64_t)(uintptr_t)chance;
    }
    chance->stride |= 1;
}

void chance_init(struct chance *chance, uint64_t seed)
{
    *chance = (struct chance){.state = seed, .stride = UINT64_C(0x9e3779b97f4a7c15)};
    if (seed == 0)
        secret(chance);
}

/* SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
 */
uint64_t chance_next(struct chance *chance)
{
    uint64_t z = chance->state += chance->stride;

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

uint64_t chance_below(struct chance *chance, uint64_t bound)
{
    uint64_t excess = UINT64_MAX - UINT64_MAX % bound, word;

    do
        word = chance_next(chance);
    while (word >= excess);
    return word % bound;
}

uint64_t chance_prime(struct chance *chance)
{
    const uint64_t low = UINT64_C(1) << 61;
    uint64_t candidate;

    do
        candidate = low + chance_below(chance, low);
    while (!n_is_prime(candidate));
    return candidate;
}

uint64_t chance_kept_prime(struct chance *chance)
{
    if (chance->prime == 0)
        chance->prime = chance_prime(chance);
    return chance->prime;
}
