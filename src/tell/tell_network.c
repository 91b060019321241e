#include "tell/tell_network.h"

#include "base/memory.h"
#include "base/number.h"
#include "derive/cost.h"
#include "tell/sentence.h"
#include "tell/tell_functions.h"
#include "tell/tell_granted.h"

#include <stdio.h>
#include <string.h>

/* Layers with more edges show their first and last definitions, with so many terms; of
   long lists of names the first and the last are given. */
enum { EDGES_SHOWN = 64, TERMS_SHOWN = 4, UNITS_SHOWN = 6, LAYERS_SHOWN = 12 };

struct teller {
    struct doc *doc;
    struct network *network;
    struct typeset typeset;
    struct sentence sentence;
    struct block *block;
};

static void tell_title(struct teller *teller)
{
    const char *title = network_title(teller->network);
    struct block *heading = doc_heading(teller->doc, 1);
    if (title)
        heading->inlines = doc_text(teller->doc, title);
    else
        sentence_end(&teller->sentence, heading, N_("Backpropagation, path by path"));
}

/* --- what it is made of --- */

/* Ranges of one kind that stand in a row are one list; how many names that is. */
static int64_t add_names(struct teller *teller, enum node_kind kind)
{
    const struct network_leaves *leaves = network_leaves(teller->network);
    struct range range = {-1, 0};
    for (size_t i = 0; i < leaves->count; i++) {
        struct range next = leaves->ranges[i];
        if (!next.count || network_kind(teller->network, next.first) != kind)
            continue;
        range.first = range.count ? range.first : next.first;
        range.count = next.first + next.count - range.first;
    }
    if (range.count)
        sentence_range(&teller->sentence, range, UNITS_SHOWN);
    return range.count;
}

static void tell_inputs(struct teller *teller)
{
    int64_t count = add_names(teller, NODE_INPUT);
    if (count)
        sentence_end(&teller->sentence, teller->block,
                     count == 1 ? N_("The input is {1}.") : N_("The inputs are {1}."));
}

static const char *layer_sentence(const struct layer *layer, bool has_name)
{
    bool is_one = layer->size == 1;
    if (layer->activation == ACTIVATION_SOFTMAX)
        return N_("Layer {1} has the units {2}, a softmax of their pre-activations.");
    if (has_name)
        return is_one ? N_("Layer {1} has the unit {2}, with the activation {3}.")
                      : N_("Layer {1} has the units {2}, with the activation {3}.");
    return is_one ? N_("Layer {1} has the linear unit {2}.")
                  : N_("Layer {1} has the linear units {2}.");
}

static void tell_layer(struct teller *teller, const struct layer *layer)
{
    char number[24];
    const struct function *function = network_activation(teller->network, layer);
    snprintf(number, sizeof number, "%d", network_layer_number(teller->network, layer));
    sentence_text(&teller->sentence, number);
    sentence_range(&teller->sentence, layer->units, UNITS_SHOWN);
    if (function)
        sentence_formula(&teller->sentence,
                         formula_text(&teller->doc->arena, FORMULA_NAME, function->name));
    sentence_end(&teller->sentence, teller->block, layer_sentence(layer, function));
}

/* Those of the first sample speak for the others. */
static void tell_layers(struct teller *teller)
{
    size_t count = network_layer_count(teller->network), told = 0;
    for (size_t i = 0; i < count && told < LAYERS_SHOWN; i++) {
        const struct layer *layer = network_layer(teller->network, i);
        if (network_sample(teller->network, layer->units.first) > 0)
            continue;
        tell_layer(teller, layer);
        told++;
    }
    if (told == LAYERS_SHOWN && told < count) {
        char number[24];
        snprintf(number, sizeof number, "%zu", count);
        sentence_text(&teller->sentence, number);
        sentence_end(&teller->sentence, teller->block,
                     N_("There are {1} layers in all."));
    }
}

static void tell_targets(struct teller *teller)
{
    int64_t count = add_names(teller, NODE_TARGET);
    if (count)
        sentence_end(&teller->sentence, teller->block,
                     count == 1 ? N_("The target is {1}.") : N_("The targets are {1}."));
}

/* The first input or target of a sample, -1 if it has none. */
static node_id first_of_sample(const struct network *network, int64_t sample)
{
    const struct network_leaves *leaves = network_leaves(network);
    for (size_t i = 0; i < leaves->count; i++) {
        struct range range = leaves->ranges[i];
        for (node_id node = range.first; node < range.first + range.count; node++)
            if (network_sample(network, node) == sample)
                return node;
    }
    return -1;
}

static void tell_samples(struct teller *teller)
{
    const struct network *network = teller->network;
    int64_t count = network_sample_count(network);
    node_id first = first_of_sample(network, 0),
            last = first_of_sample(network, count - 1);
    mpz_t samples;
    if (count < 2 || first < 0 || last < 0)
        return;
    mpz_init_set_si(samples, (long)count);
    sentence_count(&teller->sentence, samples, false);
    mpz_clear(samples);
    sentence_node(&teller->sentence, first);
    sentence_node(&teller->sentence, last);
    sentence_end(&teller->sentence, teller->block,
                 N_("There are {1} samples; a superscript ends in the number of its "
                    "sample: {2} is of the first and {3} of the last."));
    if (network_error_kind(network) == ERROR_EQUATION)
        return;
    sentence_node(&teller->sentence, network_error(network));
    sentence_end(&teller->sentence, teller->block,
                 network_is_averaged(network)
                     ? N_("The error {1} takes the mean over the samples.")
                     : N_("The error {1} takes the sum over the samples."));
}

static void tell_count(struct teller *teller)
{
    struct cost cost;
    mpz_t parameters;
    cost_init(&cost);
    cost_count_all(&cost, teller->network, network_error(teller->network));
    mpz_init_set_si(parameters, (long)cost.parameters);
    sentence_count(&teller->sentence, parameters, true);
    sentence_count(&teller->sentence, cost.path_count, false);
    sentence_node(&teller->sentence, network_error(teller->network));
    if (cost.parameters > 1)
        sentence_end(&teller->sentence, teller->block,
                     mpz_cmp_ui(cost.path_count, 1) == 0
                         ? N_("{1} parameters can be learned; one path leads to {3}.")
                         : N_("{1} parameters can be learned, from which {2} paths lead "
                              "to the error {3}."));
    mpz_clear(parameters);
    cost_clear(&cost);
}

/* --- definitions --- */

static void add_definition(struct teller *teller, node_id node)
{
    struct network *network = teller->network;
    expr_id value = defs_get(network_defs(network), network_symbol(network, node));
    typeset_rows(&teller->typeset, teller->doc, teller->block,
                 typeset_node(&teller->typeset, node), "=",
                 typeset_expression(&teller->typeset, value));
}

static void add_range(struct teller *teller, const struct layer *layer,
                      struct range range)
{
    bool is_wide = layer->size * layer->fan_in > EDGES_SHOWN;
    int64_t step = is_wide && range.count > 1 ? range.count - 1 : 1;
    teller->typeset.max_terms = is_wide ? TERMS_SHOWN : EDGES_SHOWN;
    for (int64_t i = 0; i < range.count; i += step)
        add_definition(teller, range.first + i);
    teller->typeset.max_terms = EDGES_SHOWN;
}

static node_id first_defined(const struct network *network)
{
    node_id node = network_error(network);
    while (node > 0 && network_is_defined(network, node - 1))
        node--;
    return node;
}

static void tell_definitions(struct teller *teller)
{
    struct network *network = teller->network;
    sentence_end(&teller->sentence, doc_block(teller->doc, BLOCK_PARAGRAPH),
                 N_("Forward, everything is defined by what comes before it:"));
    teller->block = doc_block(teller->doc, BLOCK_GRID);
    teller->block->columns = 2;
    for (node_id node = first_defined(network); node <= network_error(network);) {
        int64_t place;
        const struct layer *layer = network_layer_of(network, node, &place);
        if (layer)
            add_range(teller, layer, (struct range){node, layer->size});
        else
            add_definition(teller, node);
        node += layer ? layer->size : 1;
    }
}

/* One unit of each layer applies what the others do. */
static void tell_applied(struct teller *teller)
{
    struct network *network = teller->network;
    node_id first = first_defined(network);
    size_t count = 0;
    node_id *nodes =
        memory_array(NULL, (size_t)(network_error(network) - first) + 1, sizeof *nodes);
    for (node_id node = first; node <= network_error(network);) {
        int64_t place;
        const struct layer *layer = network_layer_of(network, node, &place);
        nodes[count++] = node;
        node += layer ? layer->size : 1;
    }
    tell_all_functions(teller->doc, &teller->typeset, network, nodes, count);
    memory_free(nodes);
}

void tell_network(struct doc *doc, struct network *network, struct figure *figure)
{
    struct teller teller = {.doc = doc, .network = network};
    typeset_init(&teller.typeset, &doc->arena, network);
    teller.typeset.max_terms = EDGES_SHOWN;
    sentence_begin(&teller.sentence, doc, &teller.typeset);
    tell_title(&teller);
    if (figure)
        doc_figure(doc, figure);
    teller.block = doc_block(doc, BLOCK_PARAGRAPH);
    tell_inputs(&teller);
    tell_layers(&teller);
    tell_targets(&teller);
    tell_samples(&teller);
    tell_count(&teller);
    tell_definitions(&teller);
    tell_applied(&teller);
    tell_assumptions(&teller.sentence, network);
}
