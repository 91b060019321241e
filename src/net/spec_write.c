/* A network as a spec, with everything said that the reader would have supplied. */
#include "net/spec.h"

#include "base/memory.h"
#include "base/name.h"
#include "base/number.h"
#include "net/build.h"
#include "net/spec_formula.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { VALUES_A_LINE = 8 };

struct writer {
    struct network *network;
    const struct network_plan *plan;
    struct buf *out;
    bool renamed; /* shown in another notation than the file's */
};

static bool is_layer(const struct network_plan *plan, const char *letter)
{
    for (size_t i = 0; i < plan->layer_count; i++)
        if (strcmp(plan->layers[i].name, letter) == 0)
            return true;
    return false;
}

/* A family or unit; `h^2` is the layer with this number, which is another one where
   layers are counted from elsewhere. */
static void write_source(const struct writer *w, const char *canonical)
{
    int64_t shift = w->plan->shown.layers_from - w->plan->written.layers_from;
    struct name name;
    struct buf letter, text;
    buf_init(&letter);
    buf_init(&text);
    buf_text(&text, canonical);
    if (shift != 0 && name_split(&name, canonical) && name.sub_length == 0 &&
        name.sup_length > 0 && strspn(name.sup, "0123456789") == name.sup_length) {
        buf_bytes(&letter, name.head, name.head_length);
        if (is_layer(w->plan, buf_peek(&letter))) {
            buf_truncate(&text, 0);
            buf_format(&text, "%s^{%lld}", buf_peek(&letter),
                       strtoll(name.sup, NULL, 10) + (long long)shift);
        }
    }
    name_latex(w->out, buf_peek(&text));
    buf_clear(&letter);
    buf_clear(&text);
}

static void write_names(const struct writer *w, const char *keyword,
                        const struct plan_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        buf_text(w->out, i == 0 ? keyword : ", ");
        write_source(w, names->items[i].name);
        if (names->items[i].size >= 0)
            buf_format(w->out, " %" PRId64, names->items[i].size);
    }
    if (names->count > 0)
        buf_char(w->out, '\n');
}

static void write_template(const struct writer *w, const char *keyword,
                           const struct plan_template *template)
{
    if (template->text)
        buf_format(w->out, "%s%s%s\n", keyword, template->text,
                   template->tied ? " tied" : "");
}

/* A layer's own template; in another notation there are none. */
static void write_own_template(const struct writer *w, const char *keyword,
                               const struct plan_template *template)
{
    const char *text = w->renamed ? NULL : template->text;
    if (text || template->tied)
        buf_format(w->out, " %s", keyword);
    if (text)
        buf_format(w->out, " %s", text);
    if (template->tied)
        buf_text(w->out, " tied");
}

/* Of a layer with biases of its own, in another notation. */
static bool ties_biases(const struct writer *w, const struct plan_layer *layer)
{
    return layer->biases.text ? layer->biases.tied : w->plan->shown.biases.tied;
}

static void write_biases(const struct writer *w, const struct plan_layer *layer)
{
    if (layer->has_biases == BIASES_NO)
        buf_text(w->out, " no-bias");
    else if (layer->has_biases == BIASES_YES && w->renamed)
        buf_format(w->out, " biases %s%s", w->plan->shown.biases.text,
                   ties_biases(w, layer) ? " tied" : "");
    else if (layer->has_biases == BIASES_YES && !layer->biases.text)
        buf_format(w->out, " biases%s", layer->biases.tied ? " tied" : "");
    else
        write_own_template(w, "biases", &layer->biases);
}

static void write_activation(const struct writer *w, const struct plan_layer *layer)
{
    if (layer->activation == ACTIVATION_FUNCTION)
        spec_write_activation(network_pool(w->network), layer->function, w->out);
    else
        buf_text(w->out,
                 layer->activation == ACTIVATION_SOFTMAX ? "softmax" : "identity");
}

static bool has_sums(const struct network_plan *plan)
{
    for (size_t i = 0; i < plan->layer_count; i++)
        if (plan->layers[i].activation != ACTIVATION_IDENTITY)
            return true;
    return false;
}

static void write_layer(const struct writer *w, const struct plan_layer *layer)
{
    buf_text(w->out, "layer   ");
    name_latex(w->out, layer->name);
    if (layer->size >= 0)
        buf_format(w->out, " %" PRId64, layer->size);
    buf_char(w->out, ' ');
    write_activation(w, layer);
    for (size_t i = 0; i < layer->sources.count; i++) {
        buf_text(w->out, i == 0 ? " from " : ", ");
        write_source(w, layer->sources.items[i].name);
    }
    write_own_template(w, "weights", &layer->weights);
    write_biases(w, layer);
    buf_char(w->out, '\n');
}

/* A piece of the file on one line, without its comments. */
static void copy_source(const struct writer *w, struct span span)
{
    const char *text = w->plan->source->text;
    bool comment = false, blank = false;
    for (uint32_t i = span.begin; i < span.end; i++) {
        char c = text[i];
        bool end = c == '\n' || c == '\r';
        comment = !end && (comment || c == '#');
        blank = blank || end || comment || c == ' ' || c == '\t';
        if (comment || end || c == ' ' || c == '\t')
            continue;
        if (blank && i > span.begin)
            buf_char(w->out, ' ');
        blank = false;
        buf_char(w->out, c);
    }
}

/* The name of a symbol in what is said of every sample: without the first one's number.
 */
static void plain_symbol(void *context, expr_id symbol, struct buf *out)
{
    struct network *network = context;
    node_id node = network_node(network, symbol);
    if (node < 0)
        buf_text(out, expr_peek_name(network_pool(network), symbol));
    else
        network_plain_name(network, node, 0, out);
}

static void write_plain(const struct writer *w, expr_id e)
{
    spec_write_formula_with(network_pool(w->network), e, plain_symbol, w->network,
                            w->out);
}

/* As it stands in the file, or written anew where the names are others. */
static void write_right_side(const struct writer *w, struct span span, expr_id right)
{
    if (w->renamed)
        write_plain(w, right);
    else
        copy_source(w, span);
}

/* A family is one statement; where the names are others it is written out. */
static void write_equations(const struct writer *w)
{
    uint32_t last = UINT32_MAX;
    for (size_t i = 0; i < w->plan->equation_count; i++) {
        const struct plan_equation *equation = &w->plan->equations[i];
        if (equation->sample > 0 || (!w->renamed && equation->span.begin == last))
            continue;
        last = equation->span.begin;
        if (w->renamed) {
            name_latex(w->out, equation->left);
            buf_text(w->out, " = ");
        }
        write_right_side(w, equation->span, equation->right);
        buf_char(w->out, '\n');
    }
}

static void write_functions(const struct writer *w)
{
    for (size_t i = 0; i < w->plan->function_count; i++) {
        copy_source(w, w->plan->functions[i].span);
        buf_char(w->out, '\n');
    }
}

static void write_besides(const struct writer *w)
{
    for (size_t i = 0; i < w->plan->beside_count; i++) {
        const struct plan_beside *beside = &w->plan->besides[i];
        if (w->renamed) {
            buf_text(w->out, "name ");
            name_latex(w->out, beside->name);
            buf_text(w->out, " = ");
        }
        write_right_side(w, beside->span, beside->right);
        buf_char(w->out, '\n');
    }
}

static void write_assumptions(const struct writer *w)
{
    for (size_t i = 0; i < w->plan->assumption_count; i++) {
        const struct plan_assumption *assumption = &w->plan->assumptions[i];
        if (assumption->sample > 0)
            continue;
        if (w->renamed) {
            buf_text(w->out, "assume ");
            write_plain(w, assumption->left);
            buf_text(w->out, " = ");
        }
        write_right_side(w, assumption->span, assumption->right);
        buf_char(w->out, '\n');
    }
}

static void write_samples(const struct writer *w)
{
    const struct plan_samples *samples = &w->plan->samples;
    if (samples->count > 0)
        buf_format(w->out, "samples %" PRId64 " %s named ^{%s}\n", samples->count,
                   samples->averaged ? "averaged" : "summed", samples->sup);
}

static void write_error(const struct writer *w)
{
    static const char *const kinds[] = {[ERROR_HALF_SQUARES] = "half-squares",
                                        [ERROR_SQUARES] = "squares",
                                        [ERROR_MEAN_SQUARES] = "mean-squares",
                                        [ERROR_CROSS_ENTROPY] = "cross-entropy",
                                        [ERROR_BINARY_CROSS_ENTROPY] =
                                            "binary-cross-entropy"};
    const struct plan_error *error = &w->plan->error;
    buf_text(w->out, "error   ");
    name_latex(w->out, plan_error_name(w->plan, &w->plan->shown));
    buf_text(w->out, " = ");
    if (error->kind != ERROR_EQUATION)
        buf_text(w->out, kinds[error->kind]);
    else
        write_right_side(w, error->formula, error->first ? error->first : error->right);
    buf_char(w->out, '\n');
}

static void write_templates(const struct writer *w)
{
    const struct plan_templates *templates = &w->plan->shown;
    write_template(w, "weights ", &templates->weights);
    if (w->plan->biases)
        write_template(w, "biases  ", &templates->biases);
    write_template(w, "units   ", &templates->units);
    if (has_sums(w->plan))
        write_template(w, "preactivations ", &templates->preactivations);
    write_template(w, "outputs ", &templates->outputs);
    write_template(w, "deltas  ", &templates->deltas);
    write_template(w, "targets ", &templates->targets);
    buf_format(w->out, "write partial %s\n", templates->partial);
    write_template(w, "write gradient ", &templates->gradient);
    if (w->plan->activation_derivative)
        buf_format(w->out, "write activation-derivative %s\n",
                   w->plan->activation_derivative);
    if (w->plan->relu_at_zero)
        buf_format(w->out, "write relu-at-zero %s\n", w->plan->relu_at_zero);
}

static void write_numbering(const struct writer *w)
{
    const char *const what[] = {"units", "layers", "weights"};
    const int64_t from[] = {w->plan->units_from, w->plan->shown.layers_from,
                            w->plan->shown.weights_from};
    for (size_t i = 0; i < 3; i++)
        buf_format(w->out, "number %s from %" PRId64 "\n", what[i], from[i]);
}

/* --- values --- */

static void write_node_name(const struct writer *w, node_id node)
{
    struct buf name;
    buf_init(&name);
    buf_char(w->out, ' ');
    network_name(w->network, node, &name);
    name_latex(w->out, buf_peek(&name));
    buf_clear(&name);
}

/* How many of the next nodes with a value stand in one statement. */
static size_t line_length(const struct writer *w, const int64_t *nodes, size_t count,
                          bool fixed)
{
    size_t length = 0;
    while (length < count && length < VALUES_A_LINE &&
           network_is_fixed(w->network, nodes[length]) == fixed)
        length++;
    return length;
}

/* `let w_1 w_2 = 1 2` */
static void write_line(const struct writer *w, const int64_t *nodes, size_t count,
                       bool fixed)
{
    buf_text(w->out, fixed ? "fix" : "let");
    for (size_t i = 0; i < count; i++)
        write_node_name(w, nodes[i]);
    buf_text(w->out, " =");
    for (size_t i = 0; i < count; i++) {
        buf_char(w->out, ' ');
        number_write(w->out, network_value(w->network, nodes[i]));
    }
    buf_char(w->out, '\n');
}

static void write_values(const struct writer *w)
{
    const int64_t *nodes = w->plan->valued;
    size_t left = w->plan->valued_count;
    while (left > 0) {
        bool fixed = network_is_fixed(w->network, *nodes);
        size_t length = line_length(w, nodes, left, fixed);
        write_line(w, nodes, length, fixed);
        nodes += length;
        left -= length;
    }
}

void spec_write(struct network *network, struct buf *out)
{
    const struct network_plan *plan = network_plan(network);
    struct writer w = {network, plan, out,
                       !plan_same_names(&plan->written, &plan->shown)};
    buf_text(out, "gradtex 1\n");
    if (plan->title)
        buf_format(out, "title   \"%s\"\n", plan->title);
    write_names(&w, "inputs  ", &plan->inputs);
    write_names(&w, "parameters ", &plan->parameters);
    write_names(&w, "constants ", &plan->constants);
    write_functions(&w);
    for (size_t i = 0; i < plan->layer_count; i++)
        write_layer(&w, &plan->layers[i]);
    write_equations(&w);
    write_names(&w, "outputs ", &plan->outputs);
    write_names(&w, "targets ", &plan->targets);
    write_error(&w);
    write_samples(&w);
    write_besides(&w);
    write_assumptions(&w);
    write_templates(&w);
    write_numbering(&w);
    write_values(&w);
}
