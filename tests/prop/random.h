/* For laws: random choices from a seed that is printed. */
#ifndef GRADTEX_TESTS_RANDOM_H
#define GRADTEX_TESTS_RANDOM_H

#include "base/buf.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t state;

static inline unsigned below(unsigned limit)
{
    uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return (unsigned)((z ^ (z >> 31)) % limit);
}

static inline const char *choose(const char *const *choices, unsigned count)
{
    return choices[below(count)];
}

static inline void write_choice(struct buf *spec, const char *const *choices,
                                unsigned count)
{
    buf_text(spec, choose(choices, count));
}

static inline uint64_t setting(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text != NULL ? strtoull(text, NULL, 10) : otherwise;
}

/* The seed of the first network and their number, from the environment; printed. Without
   a seed the networks are always the same, so that a change is judged by what it changes.
 */
static inline void random_begin(uint64_t *seed, uint64_t *runs, uint64_t usual)
{
    *seed = setting("GRADTEX_SEED", 1);
    *runs = setting("GRADTEX_RUNS", usual);
    printf("GRADTEX_SEED=%" PRIu64 " GRADTEX_RUNS=%" PRIu64 "\n", *seed, *runs);
    fflush(stdout);
}

#endif
