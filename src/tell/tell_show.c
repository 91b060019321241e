#include "tell/tell_show.h"

#include "derive/cost.h"
#include "tell/sentence.h"
#include "tell/tell_general.h"
#include "tell/tell_number.h"

#include <stdio.h>
#include <string.h>

/* Layers with more edges than this are shown by their first and last equations,
   shortened; longer lists of names by their first and last. */
enum { EDGES_SHOWN = 5000, NAMES_SHOWN = 5000, TERMS_SHOWN = 6 };

struct teller {
    struct doc *doc;
    struct network *network;
    struct typeset typeset;
    struct sentence sentence;
    struct block *grid;
};

static void add_equation(struct teller *teller, node_id node)
{
    struct network *network = teller->network;
    expr_id value = defs_get(network_defs(network), network_symbol(network, node));
    typeset_rows(&teller->typeset, teller->doc, teller->grid,
                 typeset_node(&teller->typeset, node), "=",
                 typeset_expression(&teller->typeset, value));
}

static node_id first_defined(const struct network *network)
{
    node_id node = network_error(network);
    while (node > 0 && network_is_defined(network, node - 1))
        node--;
    return node;
}

/* The equations of a layer's units or pre-activations; of a large one the first and the
 * last. */
static void add_layer(struct teller *teller, const struct layer *layer, node_id first)
{
    node_id last = first + layer->size - 1;
    if (layer->size * layer->fan_in <= EDGES_SHOWN) {
        for (node_id node = first; node <= last; node++)
            add_equation(teller, node);
        return;
    }
    teller->typeset.max_terms = TERMS_SHOWN;
    add_equation(teller, first);
    struct formula *dots = formula_text(&teller->doc->arena, FORMULA_SIGN, "\\cdots");
    if (layer->size > 2)
        doc_row(teller->doc, teller->grid, NULL, dots)->relation = "";
    if (layer->size > 1)
        add_equation(teller, last);
    teller->typeset.max_terms = EDGES_SHOWN;
}

static void tell_equations(struct teller *teller)
{
    struct network *network = teller->network;
    teller->grid = doc_block(teller->doc, BLOCK_DISPLAY);
    for (node_id node = first_defined(network); node <= network_error(network);) {
        int64_t place;
        const struct layer *layer = network_layer_of(network, node, &place);
        if (layer) {
            add_layer(teller, layer, node);
            node += layer->size;
        } else {
            add_equation(teller, node++);
        }
    }
}

/* Every name, in the order of `let`. */
static void tell_all_names(struct teller *teller)
{
    const struct network_leaves *leaves = network_leaves(teller->network);
    for (size_t i = 0; i < leaves->count; i++) {
        struct range range = leaves->ranges[i];
        if (!range.count)
            continue;
        i += tell_names_run(teller->network, i, &range);
        sentence_words(&teller->sentence, tell_names_title(teller->network, range.first));
        sentence_range(&teller->sentence, range, NAMES_SHOWN);
        sentence_end(&teller->sentence, doc_block(teller->doc, BLOCK_PARAGRAPH),
                     N_("{1}: {2}"));
    }
}

/* Defined symbols before the error, without pre-activations. */
static int64_t count_units(struct network *network)
{
    int64_t count = network_error(network) - first_defined(network);
    for (size_t i = 0; i < network_layer_count(network); i++) {
        const struct layer *layer = network_layer(network, i);
        count -= layer->activation != ACTIVATION_IDENTITY ? layer->size : 0;
    }
    return count;
}

static void tell_counts(struct teller *teller)
{
    struct network *network = teller->network;
    struct sentence *sentence = &teller->sentence;
    struct cost cost;
    char units[32], parameters[32];
    struct buf paths;
    cost_init(&cost);
    cost_count_all(&cost, network, network_error(network));
    buf_init(&paths);
    tell_grouped(&paths, teller->doc->language, cost.path_count);
    snprintf(units, sizeof units, "%lld", (long long)count_units(network));
    snprintf(parameters, sizeof parameters, "%lld", (long long)cost.parameters);
    sentence_text(sentence, units);
    sentence_text(sentence, parameters);
    sentence_text(sentence, buf_peek(&paths));
    sentence_node(sentence, network_error(network));
    sentence_end(
        sentence, doc_block(teller->doc, BLOCK_PARAGRAPH),
        N_("Units: {1}. Parameters: {2}. Paths from all parameters to {4}: {3}."));
    buf_clear(&paths);
    cost_clear(&cost);
}

void tell_show(struct doc *doc, struct network *network, const char *spec)
{
    struct teller teller = {.doc = doc, .network = network};
    typeset_init(&teller.typeset, &doc->arena, network);
    teller.typeset.max_terms = EDGES_SHOWN;
    sentence_begin(&teller.sentence, doc, &teller.typeset);
    doc_block(doc, BLOCK_CODE)->text = arena_strndup(&doc->arena, spec, strlen(spec));
    tell_equations(&teller);
    tell_all_names(&teller);
    tell_counts(&teller);
}
