#include "tell/shape.h"

#include "base/memory.h"
#include "derive/form.h"
#include "derive/index.h"
#include "tell/path_words.h"
#include "tell/pattern.h"

#include <stdio.h>

/* A row under construction. */
struct builder {
    const struct typeset *typeset;
    struct arena *arena;
    struct derivation *derivation;
    struct formula *row;
};

static void add(struct builder *builder, struct formula *part)
{
    formula_append(builder->arena, builder->row, part);
}

static void add_text(struct builder *builder, enum formula_kind kind, const char *text)
{
    add(builder, formula_text(builder->arena, kind, text));
}

/* A factor: bracketed if it is a sum. */
static void add_factor(struct builder *builder, expr_id e)
{
    enum expr_kind kind = expr_kind(builder->typeset->pool, e);
    struct formula *formula = typeset_expression(builder->typeset, e);
    bool is_loose = kind == EXPR_SUM || kind == EXPR_NEGATE;
    add(builder, is_loose ? typeset_bracket(builder->typeset, formula) : formula);
}

static struct formula *number(struct builder *builder, long value)
{
    char text[24];
    snprintf(text, sizeof text, "%ld", value);
    return formula_text(builder->arena, FORMULA_NUMBER, text);
}

/* `\sum_{letter=first}^{last}` */
static void add_sum(struct builder *builder, const char *letter, long first, long last)
{
    struct formula *lower = formula_row(builder->arena);
    formula_append(builder->arena, lower,
                   formula_text(builder->arena, FORMULA_NAME, letter));
    formula_append(builder->arena, lower,
                   formula_text(builder->arena, FORMULA_SIGN, "="));
    formula_append(builder->arena, lower, number(builder, first));
    struct formula *parts[] = {lower, number(builder, last)};
    add(builder, formula_make(builder->arena, FORMULA_BIG, "\\sum", parts, 2, 0));
}

static struct formula *row_of(struct builder *builder, struct formula *const *parts,
                              size_t count)
{
    struct formula *row = formula_row(builder->arena);
    for (size_t i = 0; i < count; i++)
        formula_append(builder->arena, row, parts[i]);
    return row;
}

static struct formula *sign(struct builder *builder, const char *text)
{
    return formula_text(builder->arena, FORMULA_SIGN, text);
}

static struct formula *word(struct builder *builder, const char *name)
{
    return formula_text(builder->arena, FORMULA_NAME, name);
}

/* What a sum over sets of paths is written with. */
struct path_words {
    struct path_letters letters;
    struct buf weight; /* the letter of all labels; empty if they have none */
    node_id start;
};

/* `\prod_{w \in p} w`, or over the edges of p where they carry more than weights. */
static void add_product(struct builder *builder, const struct path_words *words)
{
    struct arena *arena = builder->arena;
    bool weights = words->weight.length > 0;
    struct formula *factor = weights
                                 ? word(builder, buf_peek(&words->weight))
                                 : path_words_label(builder->typeset, &words->letters);
    struct formula *element =
        weights ? factor : path_words_edge(builder->typeset, &words->letters);
    struct formula *in[] = {element, sign(builder, "\\in"),
                            word(builder, words->letters.path)};
    struct formula *lower = row_of(builder, in, 3);
    add(builder, formula_make(arena, FORMULA_BIG, "\\prod", &lower, 1, 0));
    add(builder, factor);
}

/* `\sum_{p : start \to end} \prod_{w \in p} w` */
static void add_paths(struct builder *builder, const struct path_words *words,
                      struct formula *end)
{
    struct formula *lower[] = {word(builder, words->letters.path), sign(builder, ":"),
                               typeset_node(builder->typeset, words->start),
                               sign(builder, "\\to"), end};
    struct formula *row = row_of(builder, lower, 5);
    add(builder, formula_make(builder->arena, FORMULA_BIG, "\\sum", &row, 1, 0));
    add(builder, sign(builder, "\\,"));
    add_product(builder, words);
}

/* Names of the nodes with error signals. */
static char **ends_of_paths(struct derivation *derivation)
{
    char **names = memory_array(NULL, derivation->signal_count, sizeof *names);
    for (size_t i = 0; i < derivation->signal_count; i++) {
        struct buf name;
        buf_init(&name);
        network_name(derivation->network, derivation->signals[i].node, &name);
        names[i] = buf_take(&name);
    }
    return names;
}

/* The ends of the paths as `y_k` and their signals as `\delta_k`, both counted alike. */
static bool output_patterns(struct derivation *derivation, const char *letter,
                            struct buf *output, struct buf *signal, long *first)
{
    if (derivation->signal_count < 2)
        return false;
    size_t count = derivation->signal_count;
    char **names = ends_of_paths(derivation);
    const char **signals = memory_array(NULL, count, sizeof *signals);
    for (size_t i = 0; i < count; i++)
        signals[i] = expr_peek_name(network_pool(derivation->network),
                                    derivation->signals[i].symbol);
    long first_signal = 0;
    bool ok = pattern_family((const char *const *)names, count, letter, output, first) &&
              pattern_family(signals, count, letter, signal, &first_signal) &&
              *first == first_signal;
    for (size_t i = 0; i < count; i++)
        memory_free(names[i]);
    memory_free(names);
    memory_free(signals);
    return ok;
}

static bool is_one(const struct typeset *typeset, expr_id e)
{
    return expr_is_integer(typeset->pool, e, 1);
}

/* One output after the other, where they have no common pattern. */
static void add_each_output(struct builder *builder, const struct path_words *words)
{
    struct derivation *derivation = builder->derivation;
    struct formula *whole = builder->row;
    size_t count =
        derivation->has_signals ? derivation->signal_count : derivation->output_count;
    bool in_bracket = count > 1;
    builder->row = formula_row(builder->arena);
    for (size_t i = 0; i < count; i++) {
        node_id end = derivation->has_signals ? derivation->signals[i].node
                                              : derivation->outputs[i];
        expr_id label = form_signal(derivation, end);
        label = label ? label : graph_label(derivation->graph, end, derivation->to);
        if (i)
            add(builder, sign(builder, "+"));
        if (!is_one(builder->typeset, label))
            add_factor(builder, label);
        if (end != words->start)
            add_paths(builder, words, typeset_node(builder->typeset, end));
    }
    struct formula *sum = builder->row;
    builder->row = whole;
    add(builder,
        in_bracket && whole->count ? typeset_bracket(builder->typeset, sum) : sum);
}

/* All outputs at once where they have a common pattern. */
static void add_outputs(struct builder *builder, const struct path_words *words)
{
    struct derivation *derivation = builder->derivation;
    const char *letter = "k";
    struct buf output, signal;
    long first;
    buf_init(&output);
    buf_init(&signal);
    pattern_letters(derivation->network, &letter, 1);
    if (output_patterns(derivation, letter, &output, &signal, &first)) {
        add_sum(builder, letter, first, first + (long)derivation->signal_count - 1);
        add_text(builder, FORMULA_NAME, buf_peek(&signal));
        add_paths(builder, words, word(builder, buf_peek(&output)));
    } else {
        add_each_output(builder, words);
    }
    buf_clear(&output);
    buf_clear(&signal);
}

/* `+` and the label of an edge from the chosen symbol to the goal itself. */
static void add_direct(struct builder *builder)
{
    struct derivation *derivation = builder->derivation;
    if (!derivation->is_direct)
        return;
    expr_id label = graph_label(derivation->graph, derivation->from, derivation->to);
    struct formula *formula = typeset_expression(builder->typeset, label);
    bool minus = expr_kind(builder->typeset->pool, label) == EXPR_NEGATE;
    add(builder, sign(builder, "+"));
    add(builder, minus ? typeset_bracket(builder->typeset, formula) : formula);
}

static struct formula *path_set(struct builder *builder)
{
    struct derivation *derivation = builder->derivation;
    struct path_words words = {.letters = pattern_path_letters(derivation->network)};
    expr_id factor;
    words.start = path_words_start(derivation, &factor);
    buf_init(&words.weight);
    path_words_letter(derivation, &words.weight);
    if (factor && !is_one(builder->typeset, factor))
        add_factor(builder, factor);
    add_outputs(builder, &words);
    add_direct(builder);
    buf_clear(&words.weight);
    return builder->row;
}

/* The texts that stand for the places of the columns [first - 1, last]: letters, or the
   number in a column of one. Columns are counted from the one before the first layer. */
struct indices {
    struct buf *texts;
    size_t count;
};

static void name_indices(struct derivation *derivation, const struct index_form *form,
                         struct indices *indices)
{
    struct network *network = derivation->network;
    size_t layers = form->last - form->first + 1;
    const char *letters[PATTERN_LETTERS];
    size_t free_letters = pattern_letters(network, letters, PATTERN_LETTERS);
    bool few = layers <= free_letters && layers <= 4;
    indices->count = layers + 1;
    indices->texts = memory_array(NULL, indices->count, sizeof(struct buf));
    for (size_t i = 0; i < indices->count; i++) {
        buf_init(&indices->texts[i]);
        size_t layer = form->first + i - 1;
        if (i == 0)
            buf_format(&indices->texts[i], "%ld",
                       pattern_number(network, network_layer(network, form->first), false,
                                      form->place));
        else if (network_layer(network, layer)->size == 1)
            buf_format(&indices->texts[i], "%ld",
                       pattern_number(network, network_layer(network, layer), true, 0));
        else if (i == layers)
            buf_text(&indices->texts[i], letters[0]);
        else if (few)
            buf_text(&indices->texts[i], letters[layers - i]);
        else
            buf_format(&indices->texts[i], "%s_{%zu}", letters[1], layer + 1);
    }
}

/* `\sigma'(z_j^1)` of the layer that the weights come from, or of the start where the
 * sums begin there. */
static void add_activation(struct builder *builder, const struct index_form *form,
                           const struct layer *layer, const char *letter)
{
    bool is_start_layer = form->first == (size_t)layer->number;
    bool is_given = is_start_layer || layer->size == 1;
    if (layer->activation == ACTIVATION_IDENTITY ||
        (is_start_layer && !layer_has_sum(layer, form->start)))
        return;
    expr_id label = is_given
                        ? index_activation(builder->derivation, layer,
                                           is_start_layer ? form->place : 0)
                        : pattern_activation(builder->derivation->network, layer, letter);
    add_factor(builder, label);
}

/* `\sum_j w_{kj}^2` of one layer; the sum over the outputs has been written before. */
static void add_layer(struct builder *builder, const struct index_form *form,
                      const struct indices *indices, size_t index)
{
    struct network *network = builder->derivation->network;
    const struct layer *layer = network_layer(network, index);
    size_t to = index - form->first + 1;
    struct buf name;
    buf_init(&name);
    if (index > form->first && network_layer(network, index - 1)->size > 1) {
        long first = pattern_number(network, layer, false, 0);
        add_sum(builder, buf_peek(&indices->texts[to - 1]), first,
                first + (long)layer->fan_in - 1);
    }
    pattern_weight(network, layer, buf_peek(&indices->texts[to]),
                   buf_peek(&indices->texts[to - 1]), &name);
    add_text(builder, FORMULA_NAME, buf_peek(&name));
    buf_clear(&name);
    if (index > 0)
        add_activation(builder, form, network_layer(network, index - 1),
                       buf_peek(&indices->texts[to - 1]));
}

static void add_signal(struct builder *builder, const struct indices *indices)
{
    struct derivation *derivation = builder->derivation;
    struct buf output, signal;
    long first;
    buf_init(&output);
    buf_init(&signal);
    const char *letter = buf_peek(&indices->texts[indices->count - 1]);
    if (output_patterns(derivation, letter, &output, &signal, &first)) {
        add_sum(builder, letter, first, first + (long)derivation->signal_count - 1);
        add_text(builder, FORMULA_NAME, buf_peek(&signal));
    } else {
        add_factor(builder, derivation->signals[0].symbol);
    }
    buf_clear(&output);
    buf_clear(&signal);
}

static struct formula *index_formula(struct builder *builder)
{
    enum { SHOWN = 5 };
    struct index_form form = index_form_of(builder->derivation);
    struct indices indices;
    name_indices(builder->derivation, &form, &indices);
    if (form.factor && !is_one(builder->typeset, form.factor))
        add_factor(builder, form.factor);
    add_signal(builder, &indices);
    size_t layers = form.last - form.first + 1;
    for (size_t i = form.last + 1; i-- > form.first;) {
        size_t from_top = form.last - i, from_bottom = i - form.first;
        if (layers <= SHOWN || from_top < 2 || from_bottom < 2)
            add_layer(builder, &form, &indices, i);
        else if (from_top == 2)
            add(builder, sign(builder, "\\cdots"));
    }
    add_direct(builder);
    for (size_t i = 0; i < indices.count; i++)
        buf_clear(&indices.texts[i]);
    memory_free(indices.texts);
    return builder->row;
}

static struct formula *elided(struct builder *builder, const struct shape *shape)
{
    add(builder, typeset_expression(builder->typeset, shape->first));
    add(builder, sign(builder, "+"));
    add(builder, sign(builder, "\\cdots"));
    add(builder, sign(builder, "+"));
    add(builder, typeset_expression(builder->typeset, shape->last));
    return builder->row;
}

struct formula *shape_formula(const struct typeset *typeset,
                              struct derivation *derivation, const struct shape *shape,
                              expr_id e)
{
    struct builder builder = {typeset, typeset->arena, derivation,
                              formula_row(typeset->arena)};
    switch (shape->kind) {
    case SHAPE_ELIDED:
        return elided(&builder, shape);
    case SHAPE_PATH_SET:
        return path_set(&builder);
    case SHAPE_INDEX:
        return index_formula(&builder);
    default:
        return typeset_expression(typeset, e);
    }
}
