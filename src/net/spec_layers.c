#include "net/spec_reader.h"

#include "base/language.h"
#include "base/memory.h"

#include <string.h>

enum {
    BIAS_PLACES = 1u << PLACE_TO | 1u << PLACE_LAYER,
    WEIGHT_PLACES = BIAS_PLACES | 1u << PLACE_FROM | 1u << PLACE_SOURCE |
                    1u << PLACE_SOURCE_UNIT | 1u << PLACE_EDGE | 1u << PLACE_EDGE_ALL,
    FIXED_WORDS = 16
};

static bool refuse_word(struct spec *spec, struct span span)
{
    static const char *const fixed[] = {
        "identity", "linear", "from",    "weights",    "biases",   "no-bias", "sigmoid",
        "tanh",     "relu",   "softmax", "leaky-relu", "softplus", "exp"};
    const char *known[FIXED_WORDS + SPEC_FUNCTIONS];
    const char *word = spec_text(spec, span);
    size_t count = sizeof fixed / sizeof *fixed;
    memcpy(known, fixed, sizeof fixed);
    for (size_t i = 0; i < spec->functions.count; i++)
        known[count++] = spec->functions.items[i].name;
    const char *nearest = diag_nearest(word, known, count);
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
    static const char *const words[] = {"tied",   "from",     "weights", "identity",
                                        "linear", "softmax",  "sigmoid", "tanh",
                                        "relu",   "softplus", "exp",     "leaky-relu"};
    struct span word = spec_word(spec, &cursor);
    const char *bracket =
        memchr(spec->source->text + word.begin, '(', word.end - word.begin);
    if (bracket)
        word.end = (uint32_t)(bracket - spec->source->text);
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

/* The canonical name that a word is, NULL if it is none; nothing is said. */
static const char *quiet_name(struct spec *spec, struct span word)
{
    struct diags diags, *said = spec->diags;
    struct spec_cursor cursor = {word.begin, word.end};
    struct span span;
    diags_init(&diags);
    spec->diags = &diags;
    const char *name = spec_name(spec, &cursor, &span);
    spec->diags = said;
    diags_clear(&diags);
    return cursor.at == word.end ? name : NULL;
}

/* One activation a layer; if the first is a word that nobody has declared yet, it is
   rather that one that is wrong. */
static bool first_activation(struct spec *spec, struct plan_layer *layer,
                             struct span word)
{
    struct span first = layer->activation_span;
    bool waits = layer->activation == ACTIVATION_FUNCTION && layer->function == 0;
    if (first.end == 0) {
        layer->activation_span = word;
        return true;
    }
    const char *name = waits ? quiet_name(spec, first) : NULL;
    if (waits && (!name || !spec_find_function(spec, name)))
        return refuse_word(spec, first);
    return spec_fail(spec, DIAG_SPEC_TWICE, word, NC_("diagnostic", "the activation"));
}

/* A word that may name a function, which waits for all functions to be declared. */
static bool keep_activation(struct spec *spec, struct plan_layer *layer, struct span word)
{
    struct spec_activations *list = &spec->activations;
    if (!first_activation(spec, layer, word))
        return false;
    if (list->count == list->capacity) {
        list->capacity = 2 * list->capacity + 8;
        list->items = memory_array(list->items, list->capacity, sizeof *list->items);
    }
    list->items[list->count++] =
        (struct spec_activation){(size_t)(layer - spec->plan->layers), word};
    layer->activation = ACTIVATION_FUNCTION;
    return true;
}

/* A function of the language, softmax or identity; nothing is read if none comes next. */
static bool read_activation(struct spec *spec, struct spec_cursor *cursor,
                            struct plan_layer *layer, bool *is_known)
{
    struct spec_cursor begin = *cursor;
    struct span word = spec_word(spec, &begin);
    struct function function;
    bool is_softmax = spec_is_word(spec, word, "softmax");
    bool is_identity =
        spec_is_word(spec, word, "identity") || spec_is_word(spec, word, "linear");
    if (!spec_activation(spec, cursor, &function, is_known))
        return false;
    if (!*is_known && !is_softmax && !is_identity)
        return true;
    if (!first_activation(spec, layer, word))
        return false;
    if (*is_known) {
        layer->activation = ACTIVATION_FUNCTION;
        layer->function = spec_make_function(spec, &function, word);
        return layer->function != 0;
    }
    *is_known = true;
    cursor->at = begin.at;
    layer->activation = is_softmax ? ACTIVATION_SOFTMAX : ACTIVATION_IDENTITY;
    return true;
}

/* Whether no declared function has the name of an activation that layers have. */
static bool check_activations(struct spec *spec)
{
    const struct network_plan *plan = spec->plan;
    struct pool *pool = network_pool(spec->network);
    for (size_t i = 0; i < plan->layer_count; i++)
        if (plan->layers[i].function != 0 &&
            !spec_use_function(spec, function_peek(pool, plan->layers[i].function),
                               plan->layers[i].activation_span))
            return false;
    return true;
}

bool spec_set_activations(struct spec *spec)
{
    if (!check_activations(spec))
        return false;
    for (size_t i = 0; i < spec->activations.count; i++) {
        const struct spec_activation *activation = &spec->activations.items[i];
        const char *name = quiet_name(spec, activation->span);
        const struct spec_function *function =
            name ? spec_find_function(spec, name) : NULL;
        if (!function)
            return refuse_word(spec, activation->span);
        spec->plan->layers[activation->layer].function = function->function;
    }
    return true;
}

static bool read_option(struct spec *spec, struct spec_cursor *cursor,
                        struct plan_layer *layer)
{
    bool is_known;
    if (!read_activation(spec, cursor, layer, &is_known))
        return false;
    if (is_known)
        return true;
    struct span word = spec_word(spec, cursor);
    if (spec_is_word(spec, word, "from"))
        return read_sources(spec, cursor, layer, word);
    if (spec_is_word(spec, word, "weights"))
        return read_layer_weights(spec, cursor, layer, word);
    if (spec_is_word(spec, word, "biases"))
        return read_layer_biases(spec, cursor, layer, word);
    if (spec_is_word(spec, word, "no-bias"))
        return read_no_bias(spec, layer, word);
    return keep_activation(spec, layer, word);
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
