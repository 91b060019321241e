/* For laws: random networks of layers. */
#ifndef GRADTEX_TESTS_RANDOM_LAYERS_H
#define GRADTEX_TESTS_RANDOM_LAYERS_H

#include "random.h"

static const char letters[] = "acghy";

/* The activations of one network. */
struct palette {
    const char *const *activations;
    unsigned count;
};

static const char *const identity_alone[] = {""};
static const struct palette linear = {identity_alone, 1};

static inline struct palette choose_palette(void)
{
    static const char *const rational[] = {"", "relu", "leaky-relu(1/100)", "f"};
    static const char *const kinked[] = {"relu", "leaky-relu(1/7)", "tanh", "sigmoid"};
    static const char *const smooth[] = {"sigmoid", "tanh", "softplus", "exp", "softmax", ""};
    static const char *const any[] = {"",         "sigmoid", "tanh",    "relu", "leaky-relu(1/100)",
                                      "softplus", "exp",     "softmax", "S",    "G",
                                      "q",        "f"};
    const struct palette palettes[] = {
        linear, {rational, 4}, {kinked, 4}, {smooth, 6}, {any, 12}};
    return palettes[below(sizeof palettes / sizeof *palettes)];
}

static inline void write_sources(struct buf *spec, int layer)
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

static inline void write_squares(struct buf *spec)
{
    static const char *const squares[] = {"", "error squares\n", "error mean-squares\n"};
    write_choice(spec, squares, 3);
}

/* The error that the activation of the outputs suggests, now and then another one. */
static inline void write_error(struct buf *spec, const char *activation)
{
    static const char *const entropies[] = {"error cross-entropy\n",
                                            "error binary-cross-entropy\n"};
    static const char *const formulas[] = {
        "constant \\lambda\nerror J = half-squares + weight-decay \\lambda\n",
        "constant \\lambda\nerror J = 1/2 cross-entropy + weight-decay \\lambda\n",
        "error J = \\sum_k (t_k - y_k)^4\n",
        "error J = half-squares / 3 + binary-cross-entropy\n"};
    bool is_probability = activation[0] == 's' || activation[0] == 'S';
    if (below(6) == 0)
        write_choice(spec, formulas, 4);
    else if (is_probability ? below(4) > 0 : below(12) == 0)
        write_choice(spec, entropies, 2);
    else
        write_squares(spec);
}

static inline void write_names(struct buf *spec)
{
    static const char *const templates[] = {"", "", "fix w_{11}^1 = 0\n", "fix w_{11}^1 = 1/2\n",
                                            "weights w_{<edge-all>}\n",
                                            "weights w_{<to><from>} tied\n",
                                            "weights w_{<to>}^{<layer>} tied\n"};
    static const char *const biases[] = {"", "biases\n", "biases b_<layer> tied\n",
                                         "biases b tied\n"};
    write_choice(spec, templates, 7);
    write_choice(spec, biases, 4);
}

static inline void write_samples(struct buf *spec)
{
    static const char *const samples[] = {"", "", "", "", "", "samples 2 averaged\n",
                                          "samples 2 summed\n"};
    write_choice(spec, samples, 7);
}

/* The activation of the outputs, the last layer. */
static inline const char *write_layers(struct buf *spec, struct palette palette)
{
    const char *activation = "";
    int layers = 1 + (int)below(palette.count == 1 ? 5 : 3);
    buf_format(spec, "inputs x %u\n", 1 + below(3));
    for (int i = 0; i < layers; i++) {
        activation = choose(palette.activations, palette.count);
        buf_format(spec, "layer %c %u %s", i == layers - 1 ? 'y' : letters[i], 1 + below(3),
                   activation);
        write_sources(spec, i);
        buf_text(spec, below(6) ? "\n" : " no-bias\n");
    }
    buf_text(spec, "outputs y\n");
    return activation;
}

static inline void write_layered(struct buf *spec)
{
    const char *activation = write_layers(spec, choose_palette());
    write_names(spec);
    write_samples(spec);
    write_error(spec, activation);
}

static inline void write_linear(struct buf *spec)
{
    write_layers(spec, linear);
    write_names(spec);
    write_squares(spec);
}

#endif
