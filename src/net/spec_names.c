/* Statements that declare names, and how names are written. */
#include "net/spec_reader.h"

#include <string.h>

enum {
    UNIT_PLACES = 1u << PLACE_UNIT | 1u << PLACE_LAYER | 1u << PLACE_NAME,
    TARGET_PLACES = 1u << PLACE_UNIT | 1u << PLACE_NAME,
    PREACTIVATION_PLACES = 1u << PLACE_TO | 1u << PLACE_LAYER | 1u << PLACE_NAME
};

bool spec_read_version(struct spec *spec, struct span keyword, struct spec_cursor cursor)
{
    struct span word = spec_word(spec, &cursor);
    if (!spec_first(spec, ONCE_VERSION, keyword))
        return false;
    if (!spec_is_word(spec, word, "1"))
        return spec_fail(spec, DIAG_SPEC_VERSION, word.end > word.begin ? word : keyword,
                         NULL);
    return spec_at_end(spec, &cursor);
}

bool spec_read_title(struct spec *spec, struct span keyword, struct spec_cursor cursor)
{
    const char *text = spec->source->text;
    if (!spec_first(spec, ONCE_TITLE, keyword))
        return false;
    if (!spec_accept(spec, &cursor, '"'))
        return spec_fail(spec, DIAG_SPEC_TITLE, (struct span){cursor.at, cursor.end},
                         NULL);
    struct span title = {cursor.at, cursor.at};
    while (title.end < cursor.end && text[title.end] != '"')
        title.end++;
    cursor.at = title.end + 1;
    spec->plan->title = spec_text(spec, title);
    return spec_at_end(spec, &cursor);
}

bool spec_read_inputs(struct spec *spec, struct span keyword, struct spec_cursor cursor)
{
    (void)keyword;
    return spec_names(spec, cursor, &spec->plan->inputs);
}

bool spec_read_parameters(struct spec *spec, struct span keyword,
                          struct spec_cursor cursor)
{
    (void)keyword;
    return spec_names(spec, cursor, &spec->plan->parameters);
}

bool spec_read_constants(struct spec *spec, struct span keyword,
                         struct spec_cursor cursor)
{
    (void)keyword;
    return spec_names(spec, cursor, &spec->plan->constants);
}

static bool read_template(struct spec *spec, struct spec_cursor cursor, unsigned places,
                          struct plan_template *template)
{
    return spec_template(spec, &cursor, places, template) && spec_at_end(spec, &cursor);
}

/* Here a name stands for what it names already: a layer, a family of equations, one unit.
   A template names the units of the output layer. */
bool spec_read_outputs(struct spec *spec, struct span keyword, struct spec_cursor cursor)
{
    struct plan_names *outputs = &spec->plan->outputs;
    if (memchr(spec->source->text + cursor.at, '<', cursor.end - cursor.at))
        return spec_first(spec, ONCE_OUTPUT_TEMPLATE, keyword) &&
               read_template(spec, cursor, UNIT_PLACES, &spec->templates->outputs);
    if (!spec_first(spec, ONCE_OUTPUTS, keyword) || !spec_names(spec, cursor, outputs))
        return false;
    for (size_t i = 0; i < outputs->count; i++)
        if (outputs->items[i].size >= 0)
            return spec_fail(spec, DIAG_SPEC_NO_SIZE, outputs->items[i].span,
                             outputs->items[i].name);
    return true;
}

bool spec_read_targets(struct spec *spec, struct span keyword, struct spec_cursor cursor)
{
    uint32_t length = cursor.end - cursor.at;
    if (memchr(spec->source->text + cursor.at, '<', length))
        return spec_first(spec, ONCE_TARGET_TEMPLATE, keyword) &&
               read_template(spec, cursor, TARGET_PLACES, &spec->templates->targets);
    return spec_first(spec, ONCE_TARGETS, keyword) &&
           spec_names(spec, cursor, &spec->plan->targets);
}

bool spec_read_units(struct spec *spec, struct span keyword, struct spec_cursor cursor)
{
    return spec_first(spec, ONCE_UNITS, keyword) &&
           read_template(spec, cursor, UNIT_PLACES, &spec->templates->units);
}

bool spec_read_preactivations(struct spec *spec, struct span keyword,
                              struct spec_cursor cursor)
{
    return spec_first(spec, ONCE_PREACTIVATIONS, keyword) &&
           read_template(spec, cursor, PREACTIVATION_PLACES,
                         &spec->templates->preactivations);
}

bool spec_read_deltas(struct spec *spec, struct span keyword, struct spec_cursor cursor)
{
    return spec_first(spec, ONCE_DELTAS, keyword) &&
           read_template(spec, cursor, UNIT_PLACES, &spec->templates->deltas);
}

static bool write_partial(struct spec *spec, struct span word, struct spec_cursor cursor)
{
    static const char *const signs[][2] = {{"\\partial", "\\partial"},
                                           {"∂", "\\partial"},
                                           {"\\delta", "\\delta"},
                                           {"δ", "\\delta"},
                                           {"d", "d"}};
    if (!spec_first(spec, ONCE_PARTIAL, word))
        return false;
    struct span sign = spec_word(spec, &cursor);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (spec_is_word(spec, sign, signs[i][0])) {
            spec->templates->partial = signs[i][1];
            return spec_at_end(spec, &cursor);
        }
    return spec_fail(spec, DIAG_SPEC_SIGN, sign, spec_text(spec, sign));
}

/* `\Delta <weight>`: what stands before the placeholder is kept as it is. */
static bool write_gradient(struct spec *spec, struct span word, struct spec_cursor cursor)
{
    struct plan_template *gradient = &spec->templates->gradient;
    if (!spec_first(spec, ONCE_GRADIENT, word))
        return false;
    struct spec_cursor head = cursor;
    struct span span = {0, 0};
    const char *name = spec_name(spec, &head, &span);
    if (!name)
        return false;
    struct span rest = spec_word(spec, &head);
    if (!spec_is_word(spec, rest, "<weight>"))
        return spec_fail(spec, DIAG_SPEC_GRADIENT, rest, NULL);
    struct buf text;
    buf_init(&text);
    buf_format(&text, "%s <weight>", name);
    gradient->text = arena_strndup(&spec->plan->arena, text.data, text.length);
    gradient->span = span_join(span, rest);
    buf_clear(&text);
    return spec_at_end(spec, &head);
}

static bool write_activation_derivative(struct spec *spec, struct span word,
                                        struct spec_cursor cursor)
{
    if (!spec_first(spec, ONCE_ACTIVATION_DERIVATIVE, word))
        return false;
    struct span form = spec_word(spec, &cursor);
    bool values = spec_is_word(spec, form, "value");
    if (!values && !spec_is_word(spec, form, "prime"))
        return spec_fail(spec, DIAG_SPEC_DERIVATIVE_FORM,
                         form.end > form.begin ? form : word, NULL);
    spec->plan->activation_derivative = values ? "value" : "prime";
    function_write_values(network_pool(spec->network), values);
    return spec_at_end(spec, &cursor);
}

/* The convention about the derivative of relu at 0. */
static bool write_relu_at_zero(struct spec *spec, struct span word,
                               struct spec_cursor cursor)
{
    static const struct {
        const char *word;
        int numerator;
        unsigned denominator; /* 0: there is none */
    } steps[] = {{"0", 0, 1}, {"1", 1, 1}, {"1/2", 1, 2}, {"undefined", 0, 0}};
    if (!spec_first(spec, ONCE_RELU_AT_ZERO, word))
        return false;
    struct span step = spec_word(spec, &cursor);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (!spec_is_word(spec, step, steps[i].word))
            continue;
        mpq_t value;
        mpq_init(value);
        mpq_set_si(value, steps[i].numerator,
                   steps[i].denominator + !steps[i].denominator);
        function_set_step_at_zero(network_pool(spec->network),
                                  steps[i].denominator ? value : NULL);
        mpq_clear(value);
        spec->plan->relu_at_zero = steps[i].word;
        return spec_at_end(spec, &cursor);
    }
    return spec_fail(spec, DIAG_SPEC_STEP, step.end > step.begin ? step : word, NULL);
}

bool spec_read_write(struct spec *spec, struct span keyword, struct spec_cursor cursor)
{
    struct span word = spec_word(spec, &cursor);
    if (spec_is_word(spec, word, "partial"))
        return write_partial(spec, word, cursor);
    if (spec_is_word(spec, word, "gradient"))
        return write_gradient(spec, word, cursor);
    if (spec_is_word(spec, word, "activation-derivative"))
        return write_activation_derivative(spec, word, cursor);
    if (spec_is_word(spec, word, "relu-at-zero"))
        return write_relu_at_zero(spec, word, cursor);
    return spec_fail(spec, DIAG_SPEC_WRITE, word.end > word.begin ? word : keyword, NULL);
}

/* `number units from 0` */
bool spec_read_number(struct spec *spec, struct span keyword, struct spec_cursor cursor)
{
    static const char *const what[] = {"units", "layers", "weights"};
    int64_t *const first[] = {&spec->plan->units_from, &spec->templates->layers_from,
                              &spec->templates->weights_from};
    struct span word = spec_word(spec, &cursor);
    for (size_t i = 0; i < 3; i++) {
        long value;
        if (!spec_is_word(spec, word, what[i]))
            continue;
        if (!spec_first(spec, ONCE_UNITS_FROM + (enum spec_once)i, word))
            return false;
        if (!spec_accept_word(spec, &cursor, "from"))
            return spec_fail(spec, DIAG_SPEC_NUMBER, word, NULL);
        if (!spec_integer(spec, &cursor, &value))
            return false;
        *first[i] = value;
        return value >= 0 ? spec_at_end(spec, &cursor)
                          : spec_fail(spec, DIAG_SPEC_NUMBER, word, NULL);
    }
    return spec_fail(spec, DIAG_SPEC_NUMBER, word.end > word.begin ? word : keyword,
                     NULL);
}
