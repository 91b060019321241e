/* For laws: random networks as text of the network language. */
#ifndef GRADTEX_TESTS_RANDOM_SPEC_H
#define GRADTEX_TESTS_RANDOM_SPEC_H

#include "random_equations.h"
#include "random_layers.h"

/* Functions and signs that any network may use. */
static inline void write_preamble(struct buf *spec)
{
    static const char *const writes[] = {"", "", "", "write activation-derivative value\n",
                                         "write relu-at-zero 1/2\n", "write relu-at-zero 1\n",
                                         "write relu-at-zero undefined\n"};
    buf_text(spec, "function f\nfunction q(z) = (1 + z)^2/3\nfunction S = sigmoid\n"
                   "function g(z) = z/(1 + e^{-z})\nfunction G(z) = z S(z) - q(\\tanh z)\n");
    write_choice(spec, writes, 7);
}

/* Appends a spec; true if it is one of layers. */
static inline bool random_spec(struct buf *spec)
{
    bool is_layered = below(2);
    write_preamble(spec);
    if (is_layered)
        write_layered(spec);
    else
        write_equation_network(spec);
    return is_layered;
}

/* One of which all numbers are rational, without functions. */
static inline void random_rational_spec(struct buf *spec)
{
    if (below(2))
        write_linear(spec);
    else
        write_equations(spec, FORMULA_RATIONAL);
}

/* Random specs: all of the language, for what reads and writes it. */

static const char *const activations[] = {"",         "identity", "sigmoid", "tanh",
                                          "relu",     "softmax",  "f",       "g",
                                          "softplus", "leaky-relu(1/7)"};

static inline void write_rich_layers(struct buf *spec, int layers)
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

static inline void write_rich_layered(struct buf *spec)
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

static inline void write_rich_equations(struct buf *spec)
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

#endif
