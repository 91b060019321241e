/* For laws: random networks as text of the network language, from a seed that is printed. */
#ifndef GRADTEX_TESTS_RANDOM_SPEC_H
#define GRADTEX_TESTS_RANDOM_SPEC_H

#include "base/buf.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SMALL_EXPONENT = 3 };

static uint64_t state;

static unsigned below(unsigned limit)
{
    uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return (unsigned)((z ^ (z >> 31)) % limit);
}

/* Random specs: layers. */

static const char letters[] = "acghy";

static void write_sources(struct buf *spec, int layer)
{
    if (layer == 0 || below(3) > 0)
        return;
    buf_format(spec, " from %c", letters[layer - 1]);
    for (int i = layer - 2; i >= 0; i--)
        if (below(2))
            buf_format(spec, ", %c", letters[i]);
    if (below(2))
        buf_text(spec, ", x");
}

static void write_layered(struct buf *spec)
{
    static const char *const templates[] = {"", "", "weights w_{<edge-all>}\n",
                                            "weights w_{<to><from>} tied\n",
                                            "weights w_{<to>}^{<layer>} tied\n"};
    static const char *const biases[] = {"", "biases\n", "biases b_<layer> tied\n",
                                         "biases b tied\n"};
    static const char *const errors[] = {"", "error squares\n", "error mean-squares\n"};
    int layers = 1 + (int)below(5);
    buf_format(spec, "inputs x %u\n", 1 + below(4));
    for (int i = 0; i < layers; i++) {
        buf_format(spec, "layer %c %u", letters[i], 1 + below(4));
        write_sources(spec, i);
        buf_text(spec, below(6) ? "\n" : " no-bias\n");
    }
    buf_format(spec, "outputs %c\n", letters[layers - 1]);
    buf_text(spec, templates[below(5)]);
    buf_text(spec, biases[below(4)]);
    buf_text(spec, errors[below(3)]);
}

/* Random specs: equations. */

static void write_atom(struct buf *spec, int defined)
{
    unsigned choice = below(4 + (unsigned)defined);
    if (choice == 0)
        buf_format(spec, "%u", 1 + below(5));
    else if (choice == 1)
        buf_format(spec, "x_%u", 1 + below(2));
    else if (choice < 4)
        buf_text(spec, choice == 2 ? "u" : "v");
    else
        buf_format(spec, "a_{%d}", (int)choice - 3);
}

static void write_formula(struct buf *spec, int defined, int depth)
{
    static const char *const operators[] = {" + ", " - ", " * ", " / "};
    if (depth == 0 || below(5) == 0) {
        write_atom(spec, defined);
        return;
    }
    buf_char(spec, '(');
    write_formula(spec, defined, depth - 1);
    if (below(5) == 0) {
        buf_format(spec, ")^{%d}", (int)below(2 * SMALL_EXPONENT) - SMALL_EXPONENT + 1);
        return;
    }
    buf_text(spec, operators[below(4)]);
    write_formula(spec, defined, depth - 1);
    buf_char(spec, ')');
}

static void write_equations(struct buf *spec)
{
    int count = 1 + (int)below(6);
    buf_text(spec, "inputs x 2\nparameters u v\n");
    for (int i = 1; i <= count; i++) {
        buf_format(spec, "a_{%d} = ", i);
        write_formula(spec, i - 1, 3);
        buf_char(spec, '\n');
    }
    buf_text(spec, "error E = ");
    write_formula(spec, count, 2);
    buf_format(spec, " + a_{%d}\n", count);
}

/* Appends a spec; true if it is one of layers. */
static bool random_spec(struct buf *spec)
{
    bool is_layered = below(2);
    if (is_layered)
        write_layered(spec);
    else
        write_equations(spec);
    return is_layered;
}

static inline uint64_t setting(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text != NULL ? strtoull(text, NULL, 10) : otherwise;
}

/* The seed of the first network and their number, from the environment or the clock; printed. */
static inline void random_begin(uint64_t *seed, uint64_t *runs, uint64_t usual)
{
    *seed = setting("GRADTEX_SEED", (uint64_t)time(NULL) * 1000);
    *runs = setting("GRADTEX_RUNS", usual);
    printf("GRADTEX_SEED=%" PRIu64 " GRADTEX_RUNS=%" PRIu64 "\n", *seed, *runs);
    fflush(stdout);
}

#endif
