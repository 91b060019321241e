#include "tell/tell_general.h"

#include "base/memory.h"
#include "base/number.h"
#include "tell/bars.h"
#include "tell/layer_pattern.h"
#include "tell/pattern.h"
#include "tell/sentence.h"
#include "tell/tell_granted.h"

#include <stdio.h>
#include <string.h>

struct teller {
    struct doc *doc;
    struct general *general;
    struct network *network;
    const struct general_telling *telling;
    struct typeset typeset;
    struct bars bars;
    struct sentence sentence;
    struct layer_pattern pattern;
};

static struct block *new_grid(struct teller *teller)
{
    struct block *grid = doc_block(teller->doc, BLOCK_GRID);
    grid->columns = 2;
    return grid;
}

static void add_equation(struct teller *teller, struct block *grid,
                         const struct general_equation *equation)
{
    typeset_rows(&teller->typeset, teller->doc, grid,
                 typeset_expression(&teller->typeset, equation->left), "=",
                 typeset_expression(&teller->typeset, equation->right));
}

/* Equations of one layer, or of symbols by themselves, from `first` up to the one
 * returned. */
static size_t tell_group(struct teller *teller, size_t first)
{
    const struct general *general = teller->general;
    const struct layer *layer = general->equations[first].layer;
    struct block *paragraph = doc_block(teller->doc, BLOCK_PARAGRAPH);
    if (layer) {
        sentence_node(&teller->sentence, layer->units.first);
        sentence_node(&teller->sentence, layer->units.first + layer->size - 1);
        sentence_end(&teller->sentence, paragraph,
                     layer->size == 1   ? N_("The layer of {1}:")
                     : layer->size == 2 ? N_("The layer of {1} and {2}:")
                                        : N_("The layer of {1} to {2}:"));
    } else {
        sentence_end(&teller->sentence, paragraph,
                     N_("What equations define, and their parameters:"));
    }
    struct block *grid = new_grid(teller);
    bool units = false, weights = false, has_pattern = true;
    enum node_kind kind = NODE_ERROR;
    size_t i = first;
    for (; i < general->count && general->equations[i].layer == layer; i++) {
        const struct general_equation *equation = &general->equations[i];
        if (network_kind(teller->network, equation->node) != kind) {
            kind = network_kind(teller->network, equation->node);
            grid = has_pattern ? grid : new_grid(teller);
            has_pattern = layer_pattern_add(&teller->pattern, grid, equation);
            if (has_pattern && teller->telling->has_instances) {
                add_equation(teller, grid, equation);
                grid->is_paired = true;
            }
            grid = has_pattern || !grid->rows ? grid : new_grid(teller);
        }
        if (has_pattern)
            continue;
        add_equation(teller, grid, equation);
        if (equation->is_spokesman && layer_has_sum(layer, equation->node))
            units = true;
        else if (equation->is_spokesman)
            weights = true;
    }
    if (units || weights)
        sentence_end(&teller->sentence, doc_block(teller->doc, BLOCK_PARAGRAPH),
                     units && weights
                         ? N_("and so for the other units and parameters of this layer.")
                     : units ? N_("and so for the other units of this layer.")
                             : N_("and so for the other parameters of this layer."));
    return i;
}

const char *tell_names_title(const struct network *network, node_id first)
{
    switch (network_kind(network, first)) {
    case NODE_INPUT:
        return N_("inputs");
    case NODE_TARGET:
        return N_("targets");
    case NODE_WEIGHT:
        return N_("weights");
    case NODE_BIAS:
        return N_("biases");
    case NODE_CONSTANT:
        return N_("constants");
    default:
        return N_("parameters");
    }
}

static void teller_init(struct teller *teller, struct doc *doc, struct network *network)
{
    memset(teller, 0, sizeof *teller);
    teller->doc = doc;
    teller->network = network;
    teller->bars = (struct bars){network, &doc->arena};
    typeset_init(&teller->typeset, &doc->arena, network);
    teller->typeset.needs_bar = bars_needed;
    teller->typeset.held = bars_held;
    teller->typeset.context = &teller->bars;
    teller->typeset.max_terms = 8;
    sentence_begin(&teller->sentence, doc, &teller->typeset);
    teller->pattern = (struct layer_pattern){.doc = doc,
                                             .network = network,
                                             .arena = &doc->arena,
                                             .typeset = &teller->typeset};
    pattern_letters(network, teller->pattern.letters, 4);
}

static bool is_by_name(enum node_kind kind)
{
    return kind == NODE_PARAMETER || kind == NODE_CONSTANT || kind == NODE_INPUT ||
           kind == NODE_TARGET;
}

size_t tell_names_run(const struct network *network, size_t i, struct range *range)
{
    const struct network_leaves *leaves = network_leaves(network);
    enum node_kind kind = network_kind(network, range->first);
    size_t taken = 0;
    while (is_by_name(kind) && i + taken + 1 < leaves->count) {
        struct range next = leaves->ranges[i + taken + 1];
        if (!next.count || next.first != range->first + range->count ||
            network_kind(network, next.first) != kind)
            break;
        range->count += next.count;
        taken++;
    }
    return taken;
}

void tell_names(struct doc *doc, struct network *network)
{
    struct teller teller;
    teller_init(&teller, doc, network);
    const struct network_leaves *leaves = network_leaves(network);
    struct block *table = doc_table(doc, 3, leaves->count);
    doc_cell(table, doc_words(doc, N_("names")));
    doc_cell(table, doc_words(doc, N_("number")));
    doc_cell(table, doc_words(doc, N_("in the order of let")));
    for (size_t i = 0; i < leaves->count; i++) {
        struct range range = leaves->ranges[i];
        if (!range.count)
            continue;
        i += tell_names_run(network, i, &range);
        char count[32];
        snprintf(count, sizeof count, "%lld", (long long)range.count);
        sentence_range(&teller.sentence, range, SENTENCE_LIST);
        doc_cell(table, doc_words(doc, tell_names_title(network, range.first)));
        doc_cell(table, doc_text(doc, count));
        doc_cell(table, sentence_inlines(&teller.sentence, "{1}"));
    }
}

static bool has_activations(const struct network *network)
{
    for (size_t i = 0; i < network_layer_count(network); i++)
        if (network_layer(network, i)->activation != ACTIVATION_IDENTITY)
            return true;
    return false;
}

void tell_general(struct doc *doc, struct general *general,
                  const struct general_telling *telling)
{
    struct teller teller;
    teller_init(&teller, doc, general->network);
    teller.general = teller.pattern.general = general;
    teller.telling = telling;
    struct block *heading = doc_heading(doc, 1);
    sentence_node(&teller.sentence, general->goal);
    sentence_end(&teller.sentence, heading,
                 N_("The gradient of {1}: the equations of backprop"));
    if (telling->figure)
        doc_figure(doc, telling->figure);
    sentence_node(&teller.sentence, general->goal);
    sentence_end(
        &teller.sentence, doc_block(doc, BLOCK_PARAGRAPH),
        has_activations(general->network)
            ? N_("The error signal of a unit is the derivative of {1} with respect to "
                 "its pre-activation, or to the unit itself where it has none: the sum, "
                 "over the edges that leave it, of the local derivative times the error "
                 "signal at the other end. Derivatives with respect to parameters are "
                 "formed in the same way.")
            : N_("The error signal of a unit is the derivative of {1} with respect to "
                 "it: the sum, over the edges that leave the unit, of the local "
                 "derivative times the error signal at the other end. Derivatives with "
                 "respect to parameters are formed in the same way."));
    tell_assumptions(&teller.sentence, general->network);
    for (size_t i = 0; i < general->count;)
        i = tell_group(&teller, i);
    if (telling->has_names)
        tell_names(doc, general->network);
}
