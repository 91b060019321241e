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
static inline bool random_spec(struct buf *spec)
{
    bool is_layered = below(2);
    if (is_layered)
        write_layered(spec);
    else
        write_equations(spec);
    return is_layered;
}

/* Random specs: all of the language, for what reads and writes it. */

static const char *const activations[] = {"",         "identity", "sigmoid", "tanh",
                                          "relu",     "softmax",  "f",       "g",
                                          "softplus", "leaky-relu(1/7)"};

static void write_rich_layers(struct buf *spec, int layers)
{
    bool same_letter = below(2);
    for (int i = 0; i < layers; i++) {
        bool last = i == layers - 1;
        buf_format(spec, "layer %c %u %s", last ? 'y' : same_letter ? 'h' : letters[i],
                   1 + below(last ? 3 : 12), activations[below(10)]);
        if (i > 1 && !same_letter && below(3) == 0)
            buf_format(spec, " from %c, x", letters[i - 2]);
        if (below(6) == 0)
            buf_text(spec, below(2) ? " no-bias" : " biases");
        buf_char(spec, '\n');
    }
}

static void write_choice(struct buf *spec, const char *const *choices, unsigned count)
{
    buf_text(spec, choices[below(count)]);
}

static void write_rich_layered(struct buf *spec)
{
    static const char *const templates[] = {
        "", "", "weights w_{<edge-all>}\n", "weights W_{<to><from>}^{(<layer>)}\n",
        "weights w_{<source><source-unit>,<to>}^{<layer>}\n"};
    static const char *const units[] = {"", "", "units a_{<unit>}^{[<layer>]}\n",
                                        "preactivations q_{<to>}^{<layer>}\n",
                                        "deltas e_{<unit>}^{<layer>}\n"};
    static const char *const numbers[] = {"", "", "number layers from 2\n",
                                          "number weights from 0\n"};
    static const char *const errors[] = {
        "", "error squares\n", "error C = mean-squares\n", "loss cross-entropy\n",
        "cost binary-cross-entropy\n",
        "constant \\lambda\nerror J = half-squares + weight-decay \\lambda\n"};
    static const char *const samples[] = {
        "", "", "samples 3 averaged\n", "samples 2 summed named ^{[n<sample>]}\n",
        "samples 11 averaged\n"};
    buf_format(spec, "inputs x %u\n", 1 + below(4));
    write_rich_layers(spec, 1 + (int)below(4));
    write_choice(spec, templates, 5);
    write_choice(spec, units, 5);
    write_choice(spec, numbers, 4);
    write_choice(spec, errors, 6);
    write_choice(spec, samples, 5);
    buf_text(spec, below(2) ? "biases\n" : below(2) ? "biases b_<layer> tied\n" : "");
    buf_text(spec, below(4) ? "" : "assume \\sum_k t_k = 1\n");
}

static void write_rich_equations(struct buf *spec)
{
    static const char *const samples[] = {"", "samples 2 averaged\n"};
    buf_text(spec, "inputs x 2\nparameters u v\n"
                   "a_1 = f(u x_1) + \\tanh^2 v - g'(x_2) e^{-u}\n"
                   "for i = 2..3: a_i = |a_{i-1}| + max(x_1, \\sqrt{v}) / (1 + exp(x_2))\n"
                   "a_4 = ");
    write_formula(spec, 3, 3);
    buf_text(spec, "\nerror E = a_4 + 1/2 \\ln(a_3)\n");
    write_choice(spec, samples, 2);
    buf_text(spec, below(2) ? "" : "assume u v = 1\n");
    buf_text(spec, below(2) ? "" : "name \\gamma = \\frac{\\partial E}{\\partial u} + 1\n");
}

static inline void random_rich_spec(struct buf *spec)
{
    static const char *const writes[] = {"", "", "write activation-derivative value\n",
                                         "write relu-at-zero 1/2\n",
                                         "write partial d\n"};
    buf_text(spec, "function f\nfunction g(z) = z/(1 + e^{-z})\n");
    if (below(3) > 0)
        write_rich_layered(spec);
    else
        write_rich_equations(spec);
    write_choice(spec, writes, 5);
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
