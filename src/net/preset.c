/* Short forms and notations: a few plain lines of the network language. */
#include "base/buf.h"
#include "base/number.h"
#include "net/spec.h"

#include <string.h>

enum { MOST_LAYERS = 10000, SIZE_DIGITS = 9 };

/* --- notations --- */

enum when {
    ALWAYS,
    SHARED,   /* if several layers have one letter */
    DISTINCT, /* if not */
    TIED,     /* if the units of a layer have one bias together */
    UNTIED
};

/* The error's name stands after `error`, without a kind: that is the network's. */
static const struct {
    const char *notation;
    enum when when;
    const char *line;
} lines[] = {
    {"post", ALWAYS, "weights w_{<edge>1}^{<layer>}"},
    {"post", ALWAYS, "write partial \\delta"},
    {"post", ALWAYS, "write gradient \\Delta <weight>"},
    /* Nielsen, Neural Networks and Deep Learning: the inputs are layer 1. */
    {"nielsen", ALWAYS, "number layers from 2"},
    {"nielsen", ALWAYS, "number weights from 2"},
    {"nielsen", ALWAYS, "weights w_{<to><from>}^{<layer>}"},
    {"nielsen", ALWAYS, "biases b_{<to>}^{<layer>}"},
    {"nielsen", ALWAYS, "units a_{<unit>}^{<layer>}"},
    {"nielsen", ALWAYS, "preactivations z_{<to>}^{<layer>}"},
    {"nielsen", ALWAYS, "deltas \\delta_{<unit>}^{<layer>}"},
    {"nielsen", ALWAYS, "targets y_{<unit>}"},
    {"nielsen", ALWAYS, "error C"},
    /* Ng, Deep Learning Specialization */
    {"ng", ALWAYS, "number layers from 1"},
    {"ng", ALWAYS, "number weights from 1"},
    {"ng", ALWAYS, "weights w_{<to><from>}^{[<layer>]}"},
    {"ng", ALWAYS, "biases b_{<to>}^{[<layer>]}"},
    {"ng", ALWAYS, "units a_{<unit>}^{[<layer>]}"},
    {"ng", ALWAYS, "preactivations z_{<to>}^{[<layer>]}"},
    {"ng", ALWAYS, "outputs \\hat{y}_{<unit>}"},
    {"ng", ALWAYS, "deltas \\delta_{<unit>}^{[<layer>]}"},
    {"ng", ALWAYS, "targets y_{<unit>}"},
    {"ng", ALWAYS, "error J"},
    /* Bishop, Pattern Recognition and Machine Learning, 5.1: w_{j0} is the bias. */
    {"bishop", ALWAYS, "number layers from 1"},
    {"bishop", ALWAYS, "number weights from 1"},
    {"bishop", ALWAYS, "weights w_{<to><from>}^{(<layer>)}"},
    {"bishop", ALWAYS, "biases w_{<to>0}^{(<layer>)}"},
    {"bishop", ALWAYS, "units z_{<unit>}^{(<layer>)}"},
    {"bishop", ALWAYS, "preactivations a_{<to>}^{(<layer>)}"},
    {"bishop", ALWAYS, "outputs y_{<unit>}"},
    {"bishop", ALWAYS, "deltas \\delta_{<unit>}^{(<layer>)}"},
    {"bishop", ALWAYS, "targets t_{<unit>}"},
    {"bishop", ALWAYS, "error E"},
    /* Mazur, A Step by Step Backpropagation Example */
    {"mazur", ALWAYS, "number layers from 1"},
    {"mazur", ALWAYS, "number weights from 1"},
    {"mazur", ALWAYS, "weights w_{<edge-all>}"},
    {"mazur", TIED, "biases b_{<layer>} tied"},
    {"mazur", UNTIED, "biases b_{<to>}^{<layer>}"},
    {"mazur", DISTINCT, "units out_{<name><unit>}"},
    {"mazur", SHARED, "units out_{<name><unit>}^{<layer>}"},
    {"mazur", DISTINCT, "preactivations net_{<name><to>}"},
    {"mazur", SHARED, "preactivations net_{<name><to>}^{<layer>}"},
    {"mazur", DISTINCT, "deltas \\delta_{<name><unit>}"},
    {"mazur", SHARED, "deltas \\delta_{<name><unit>}^{<layer>}"},
    {"mazur", ALWAYS, "targets target_{<name><unit>}"},
    {"mazur", ALWAYS, "error E_{total}"},
    /* Unsupervised Feature Learning and Deep Learning, Stanford: W^{(1)} leads from layer
       1 to layer 2. */
    {"ufldl", ALWAYS, "number layers from 2"},
    {"ufldl", ALWAYS, "number weights from 1"},
    {"ufldl", ALWAYS, "weights W_{<to><from>}^{(<layer>)}"},
    {"ufldl", ALWAYS, "biases b_{<to>}^{(<layer>)}"},
    {"ufldl", ALWAYS, "units a_{<unit>}^{(<layer>)}"},
    {"ufldl", ALWAYS, "preactivations z_{<to>}^{(<layer>)}"},
    {"ufldl", ALWAYS, "deltas \\delta_{<unit>}^{(<layer>)}"},
    {"ufldl", ALWAYS, "targets y_{<unit>}"},
    {"ufldl", ALWAYS, "error J"},
};

static bool holds(enum when when, const struct preset_facts *facts)
{
    switch (when) {
    case SHARED:
        return facts->shares_letters;
    case DISTINCT:
        return !facts->shares_letters;
    case TIED:
        return facts->ties_biases;
    case UNTIED:
        return !facts->ties_biases;
    default:
        return true;
    }
}

bool preset_notation(const char *name, const struct preset_facts *facts, struct buf *out)
{
    bool found = false;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (strcmp(lines[i].notation, name) != 0)
            continue;
        found = true;
        if (holds(lines[i].when, facts))
            buf_format(out, "%s\n", lines[i].line);
    }
    return found;
}

/* --- short forms --- */

/* What the options after the colon say. */
struct short_form {
    const char *activation; /* of every layer; empty: identity */
    size_t activation_length;
    bool biases;
};

/* Digits, then a hyphen, then nothing that only a file name would have. */
static bool looks_short(const char *word)
{
    size_t digits = strspn(word, "0123456789");
    size_t sizes = strspn(word, "0123456789-:,+abcdefghijklmnopqrstuvwxyz");
    bool slope = word[sizes] == '(' && strchr(word, ':') != NULL;
    return digits > 0 && word[digits] == '-' && (word[sizes] == '\0' || slope);
}

static void write_layer(struct buf *spec, size_t index, bool last, const char *size,
                        size_t length)
{
    const char *kind = index == 0 ? "inputs" : "layer ";
    const char *name = index == 0 ? "x" : last ? "y" : "h";
    buf_format(spec, "%s %s %.*s", kind, name, (int)length, size);
}

/* `2-3-1`, up to the colon. */
static bool write_layers(const char *word, const struct short_form *form,
                         struct buf *spec, struct diags *diags)
{
    for (size_t i = 0;; i++) {
        size_t length = strspn(word, "0123456789");
        bool last = word[length] == '\0' || word[length] == ':';
        if (length == 0 || length > SIZE_DIGITS || i == MOST_LAYERS ||
            (!last && word[length] != '-'))
            return diag(diags, DIAG_PRESET_SIZES, (char *)NULL);
        write_layer(spec, i, last, word, length);
        if (i > 0 && form->activation_length > 0)
            buf_format(spec, " %.*s", (int)form->activation_length, form->activation);
        buf_char(spec, '\n');
        if (last)
            return true;
        word += length + 1;
    }
}

static bool is_option(const char *option, size_t length, const char *word)
{
    return strlen(word) == length && memcmp(option, word, length) == 0;
}

static const char leaky[] = "leaky-relu";

/* `leaky-relu(1/100)` */
static bool is_leaky(const char *option, size_t length)
{
    size_t begin = sizeof leaky;
    mpq_t slope;
    if (length <= begin + 1 || memcmp(option, leaky, begin - 1) != 0 ||
        option[begin - 1] != '(' || option[length - 1] != ')')
        return false;
    mpq_init(slope);
    bool good =
        number_read(slope, option + begin, length - begin - 1, false) == NUMBER_OK;
    mpq_clear(slope);
    return good;
}

static bool is_activation(const char *option, size_t length)
{
    static const char *const words[] = {"identity", "linear",   "sigmoid", "tanh",
                                        "relu",     "softplus", "exp",     "softmax"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_option(option, length, words[i]))
            return true;
    return is_leaky(option, length);
}

static bool refuse_option(const char *option, size_t length, struct diags *diags)
{
    static const char *const words[] = {
        "bias", "identity", "linear", "sigmoid", "tanh",
        "relu", "softplus", "exp",    "softmax", "leaky-relu(1/100)"};
    if (length >= sizeof leaky - 1 && memcmp(option, leaky, sizeof leaky - 1) == 0)
        return diag(diags, DIAG_PRESET_SLOPE, NULL);
    char text[32] = {0};
    memcpy(text, option, length < sizeof text ? length : sizeof text - 1);
    const char *nearest = diag_nearest(text, words, sizeof words / sizeof *words);
    return diag(diags, nearest ? DIAG_PRESET_OPTION_NEAR : DIAG_PRESET_OPTION, text,
                nearest, (char *)NULL);
}

static bool read_option(const char *option, size_t length, struct short_form *form,
                        struct diags *diags)
{
    if (is_option(option, length, "bias")) {
        form->biases = true;
        return true;
    }
    if (!is_activation(option, length))
        return refuse_option(option, length, diags);
    if (form->activation_length > 0)
        return diag(diags, DIAG_PRESET_ACTIVATIONS, (char *)NULL);
    form->activation = option;
    form->activation_length = length;
    return true;
}

/* `:sigmoid,bias` */
static bool read_options(const char *options, struct short_form *form,
                         struct diags *diags)
{
    while (*options) {
        size_t length = strcspn(++options, ",");
        if (!read_option(options, length, form, diags))
            return false;
        options += length;
    }
    return true;
}

bool preset_expand(const char *word, struct buf *spec, bool *is_short,
                   struct diags *diags)
{
    struct short_form form = {"", 0, false};
    *is_short = looks_short(word);
    if (!*is_short || !read_options(word + strcspn(word, ":"), &form, diags) ||
        !write_layers(word, &form, spec, diags))
        return false;
    buf_text(spec, "targets t\nerror half-squares\n");
    if (form.biases)
        buf_text(spec, "biases b_{<to>}^{<layer>}\n");
    return true;
}
