#include "net/spec_reader.h"

#include "expr/function.h"

#include <string.h>

enum {
    BIAS_PLACES = 1u << PLACE_TO | 1u << PLACE_LAYER,
    WEIGHT_PLACES = BIAS_PLACES | 1u << PLACE_FROM | 1u << PLACE_SOURCE |
                    1u << PLACE_SOURCE_UNIT | 1u << PLACE_EDGE | 1u << PLACE_EDGE_ALL
};

static bool refuse_word(struct spec *spec, struct span span)
{
    static const char *const known[] = {"identity", "linear",  "from",    "weights",
                                        "biases",   "no-bias", "sigmoid", "tanh",
                                        "relu",     "softmax", "softplus"};
    const char *word = spec_text(spec, span);
    const char *nearest = diag_nearest(word, known, sizeof known / sizeof *known);
    return diag_at(spec->diags, nearest ? DIAG_SPEC_LAYER_NEAR : DIAG_SPEC_LAYER_WORD,
                   spec_place(spec, span), word, nearest, (char *)NULL);
}

/* `h 2`, `\hat y`, or `y_1`: one unit of that name. */
static bool read_head(struct spec *spec, struct spec_cursor *cursor,
                      struct plan_layer *layer)
{
    struct plan_name item = {.size = -1};
    item.name = spec_name(spec, cursor, &item.span);
    if (!item.name || (spec_at_number(spec, cursor) && !spec_family(spec, cursor, &item)))
        return false;
    layer->name = item.name;
    layer->size = item.size;
    layer->span = item.span;
    return true;
}

/* `from A, B` */
static bool read_sources(struct spec *spec, struct spec_cursor *cursor,
                         struct plan_layer *layer, struct span word)
{
    if (layer->sources.count > 0)
        return spec_fail(spec, DIAG_SPEC_TWICE, word, "from");
    do {
        struct span span;
        const char *name = spec_name(spec, cursor, &span);
        if (!name)
            return false;
        plan_names_push(&layer->sources, name, -1, span);
    } while (spec_accept(spec, cursor, ','));
    return true;
}

static bool read_tied(struct spec *spec, struct spec_cursor *cursor)
{
    return spec_accept_word(spec, cursor, "tied");
}

static bool read_layer_weights(struct spec *spec, struct spec_cursor *cursor,
                               struct plan_layer *layer, struct span word)
{
    if (layer->weights.text)
        return spec_fail(spec, DIAG_SPEC_TWICE, word, "weights");
    if (!spec_template(spec, cursor, WEIGHT_PLACES, &layer->weights))
        return false;
    layer->weights.tied = read_tied(spec, cursor);
    return true;
}

/* Whether a template follows, and not another word of the statement. */
static bool at_template(struct spec *spec, struct spec_cursor cursor)
{
    static const char *const words[] = {"tied", "from", "weights", "identity", "linear"};
    struct span word = spec_word(spec, &cursor);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (spec_is_word(spec, word, words[i]))
            return false;
    return word.end > word.begin;
}

static bool read_layer_biases(struct spec *spec, struct spec_cursor *cursor,
                              struct plan_layer *layer, struct span word)
{
    if (layer->has_biases != BIASES_AS_ALL)
        return spec_fail(spec, DIAG_SPEC_TWICE, word, "biases");
    layer->has_biases = BIASES_YES;
    if (at_template(spec, *cursor) &&
        !spec_template(spec, cursor, BIAS_PLACES, &layer->biases))
        return false;
    layer->biases.tied = read_tied(spec, cursor);
    return true;
}

static bool read_no_bias(struct spec *spec, struct plan_layer *layer, struct span word)
{
    if (layer->has_biases != BIASES_AS_ALL)
        return spec_fail(spec, DIAG_SPEC_TWICE, word, "biases");
    layer->has_biases = BIASES_NO;
    return true;
}

/* The function of a word of the language that may be an activation; 0 if it is none. */
static expr_id activation_function(struct spec *spec, struct span word)
{
    static const enum function_id activations[] = {
        FUNCTION_SIGMOID, FUNCTION_TANH, FUNCTION_RELU, FUNCTION_SOFTPLUS, FUNCTION_EXP};
    struct pool *pool = network_pool(spec->network);
    for (size_t i = 0; i < sizeof activations / sizeof *activations; i++)
        if (spec_is_word(spec, word, function_row(activations[i])->word))
            return function_builtin(pool, activations[i]);
    return 0;
}

/* Whether the word is an activation. */
static bool read_activation(struct spec *spec, struct span word, struct plan_layer *layer)
{
    layer->function = activation_function(spec, word);
    layer->activation_span = word;
    if (layer->function)
        layer->activation = ACTIVATION_FUNCTION;
    else if (spec_is_word(spec, word, "softmax"))
        layer->activation = ACTIVATION_SOFTMAX;
    else
        return spec_is_word(spec, word, "identity") || spec_is_word(spec, word, "linear");
    return true;
}

static bool read_option(struct spec *spec, struct spec_cursor *cursor,
                        struct plan_layer *layer)
{
    struct span word = spec_word(spec, cursor);
    if (read_activation(spec, word, layer))
        return true;
    if (spec_is_word(spec, word, "from"))
        return read_sources(spec, cursor, layer, word);
    if (spec_is_word(spec, word, "weights"))
        return read_layer_weights(spec, cursor, layer, word);
    if (spec_is_word(spec, word, "biases"))
        return read_layer_biases(spec, cursor, layer, word);
    if (spec_is_word(spec, word, "no-bias"))
        return read_no_bias(spec, layer, word);
    return refuse_word(spec, word);
}

bool spec_read_layer(struct spec *spec, struct span keyword, struct spec_cursor cursor)
{
    if (spec->plan->layer_count == PLAN_LAYERS)
        return spec_fail(spec, DIAG_SPEC_LAYERS, keyword, NULL);
    struct plan_layer *layer = plan_add_layer(spec->plan);
    if (!read_head(spec, &cursor, layer))
        return false;
    while (spec_more(spec, &cursor))
        if (!read_option(spec, &cursor, layer))
            return false;
    return true;
}

bool spec_read_weights(struct spec *spec, struct span keyword, struct spec_cursor cursor)
{
    struct plan_template *weights = &spec->templates->weights;
    if (!spec_first(spec, ONCE_WEIGHTS, keyword) ||
        !spec_template(spec, &cursor, WEIGHT_PLACES, weights))
        return false;
    weights->tied = read_tied(spec, &cursor);
    return spec_at_end(spec, &cursor);
}

bool spec_read_biases(struct spec *spec, struct span keyword, struct spec_cursor cursor)
{
    struct plan_template *biases = &spec->templates->biases;
    if (!spec_first(spec, ONCE_BIASES, keyword) ||
        (at_template(spec, cursor) && !spec_template(spec, &cursor, BIAS_PLACES, biases)))
        return false;
    biases->tied = read_tied(spec, &cursor);
    spec->plan->biases = true;
    return spec_at_end(spec, &cursor);
}
