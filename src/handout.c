#include "handout.h"

#include "base/memory.h"
#include "derive/derive.h"
#include "derive/general.h"
#include "eval/training.h"
#include "exercise/exercise.h"
#include "figure/figure.h"
#include "tell/tell_derivation.h"
#include "tell/tell_evaluate.h"
#include "tell/tell_exercise.h"
#include "tell/tell_general.h"
#include "tell/tell_network.h"
#include "tell/tell_paths.h"
#include "tell/tell_pattern.h"
#include "write/write.h"

#include <stdio.h>

/* A sheet has less room than a page of one derivation. */
enum { MOST_TERMS = 8 };

enum { EXAMPLE_DIGITS = 6, EXAMPLE_ROWS = 12, NAMED_CHOSEN = 3 };

/* Derivations of deep networks are long: with many the sheet is longer than most classes
   want, with too many it would have thousands of pages. */
enum { MANY_LAYERS = 8, MOST_LAYERS = 100, MOST_EDGES = 300000 };

/* A sheet that is being made. */
struct sheet {
    struct journey *journey;
    struct doc *doc;
    struct derivation *derivations;
    size_t count;
    struct training training;
    bool has_values;
    unsigned equation_count;
};

/* --- what is derived --- */

static void choose(struct journey *journey, node_id node)
{
    for (size_t i = 0; i < journey->node_count; i++)
        if (journey->nodes[i] == node)
            return;
    journey->nodes =
        memory_array(journey->nodes, journey->node_count + 1, sizeof *journey->nodes);
    journey->nodes[journey->node_count++] = node;
}

static node_id first_weight(const struct network *network, const struct layer *layer)
{
    for (int64_t to = 0; to < layer->size; to++)
        for (int64_t from = 0; from < layer->fan_in; from++) {
            node_id weight = network_weight(network, layer, to, from);
            if (weight >= 0 && !network_is_fixed(network, weight))
                return weight;
        }
    return -1;
}

/* The first weight of a layer, -1 if it has none or is of another sample than the first.
 */
static node_id weight_of(const struct network *network, size_t i)
{
    const struct layer *layer = network_layer(network, i);
    return network_sample(network, layer->units.first) <= 0 ? first_weight(network, layer)
                                                            : -1;
}

static void note_layers(struct journey *journey, size_t count)
{
    char numbers[2][24];
    snprintf(numbers[0], sizeof numbers[0], "%zu", journey->node_count);
    snprintf(numbers[1], sizeof numbers[1], "%zu", count);
    diag(&journey->diags,
         journey->node_count < count ? DIAG_HANDOUT_LAST : DIAG_HANDOUT_LAYERS,
         numbers[0], numbers[1], NULL);
}

/* Near the error derivations are short: layers come from the last to the first, as long
   as the edges that the derivations have on their way are not too many. */
static void choose_of_layers(struct journey *journey)
{
    const struct network *network = journey->network;
    size_t count = 0;
    int64_t edges = 0, edges_of_all = 0;
    for (size_t i = network_layer_count(network); i-- > 0;) {
        const struct layer *layer = network_layer(network, i);
        node_id weight = weight_of(network, i);
        edges += layer->size * layer->fan_in;
        if (weight < 0)
            continue;
        count++;
        edges_of_all += edges;
        if (count <= MANY_LAYERS || (count <= MOST_LAYERS && edges_of_all <= MOST_EDGES))
            choose(journey, weight);
    }
    if (count > MANY_LAYERS)
        note_layers(journey, count);
}

static void choose_of_equations(struct journey *journey)
{
    const struct network_leaves *leaves = network_leaves(journey->network);
    size_t chosen = 0;
    for (size_t i = 0; i < leaves->count && chosen < NAMED_CHOSEN; i++) {
        struct range range = leaves->ranges[i];
        for (int64_t k = 0; k < range.count && chosen < NAMED_CHOSEN; k++) {
            node_id node = range.first + k;
            if (network_kind(journey->network, node) != NODE_PARAMETER ||
                network_is_fixed(journey->network, node))
                continue;
            choose(journey, node);
            chosen++;
        }
    }
}

static bool choose_nodes(struct journey *journey)
{
    if (journey->node_count == 0) {
        choose_of_layers(journey);
        choose_of_equations(journey);
    }
    return journey->node_count > 0 || diag(&journey->diags, DIAG_HANDOUT_OF_WHAT, NULL);
}

/* --- values --- */

static bool take_values(struct sheet *sheet)
{
    struct journey *journey = sheet->journey;
    const struct gtx_options *options = journey->options;
    struct training_options wanted = {.random = options->random,
                                      .seed = options->random_seed,
                                      .digits = EXAMPLE_DIGITS,
                                      .max_bits = (long)options->max_bits};
    if (!options->random && !values_are_given(journey->network))
        return true;
    sheet->has_values = true;
    return training_run(&sheet->training, journey->network, &wanted, &journey->budget,
                        &journey->diags);
}

/* --- the parts --- */

static struct figure *figure_of(struct sheet *sheet, struct graph *graph)
{
    return figure_new(&sheet->doc->arena, sheet->journey->network, graph, NULL);
}

static bool derive_one(struct sheet *sheet, node_id node)
{
    struct journey *journey = sheet->journey;
    struct derivation *derivation = &sheet->derivations[sheet->count++];
    if (node == journey->goal)
        return journey_refuse_goal(journey);
    if (!derive(derivation, journey->network, node, journey->goal, &journey->budget,
                &journey->diags))
        return false;
    struct telling telling = {.detail = (enum rule_level)journey->options->detail,
                              .max_terms = journey->budget.max_terms,
                              .figure = figure_of(sheet, derivation->graph),
                              .knows_functions = true,
                              .first_number = sheet->equation_count + 1};
    tell_derivation(sheet->doc, derivation, &telling);
    sheet->equation_count += derivation->equation_count;
    return tell_paths(sheet->doc, derivation, sheet->has_values ? &sheet->training : NULL,
                      &journey->diags);
}

static bool derive_all(struct sheet *sheet)
{
    struct journey *journey = sheet->journey;
    bool ok = true;
    sheet->derivations = memory_zeroed(journey->node_count, sizeof *sheet->derivations);
    for (size_t i = 0; ok && i < journey->node_count; i++)
        ok = derive_one(sheet, journey->nodes[i]);
    return ok;
}

static bool add_general(struct sheet *sheet)
{
    struct journey *journey = sheet->journey;
    struct general general;
    struct general_telling telling = {.has_instances = true};
    bool ok = general_derive(&general, journey->network, journey->goal, &journey->budget,
                             &journey->diags);
    if (ok)
        tell_general(sheet->doc, &general, &telling);
    general_clear(&general);
    return ok;
}

static void add_example(struct sheet *sheet)
{
    struct evaluate_telling telling = {.digits = EXAMPLE_DIGITS,
                                       .has_figure = true,
                                       .most_rows = EXAMPLE_ROWS,
                                       .is_sheet = true};
    doc_heading(sheet->doc, 1)->inlines = doc_words(sheet->doc, tell_evaluate_title());
    sheet->doc->depth++;
    tell_evaluate(sheet->doc, &sheet->training, &telling);
    sheet->doc->depth--;
}

/* --- exercises --- */

static void write_lines(void *context, const struct exercise_lines *lines,
                        struct buf *out)
{
    const struct journey *journey = context;
    struct doc doc;
    doc_init(&doc);
    tell_exercise_lines(&doc, journey->network, lines);
    write_latex(&doc, false, out);
    doc_clear(&doc);
}

static bool add_exercises(struct sheet *sheet)
{
    struct journey *journey = sheet->journey;
    const struct gtx_options *options = journey->options;
    struct exercises exercises;
    struct exercise_request request = {.network = journey->network,
                                       .budget = &journey->budget,
                                       .count = (size_t)options->exercises,
                                       .seed = options->seed,
                                       .is_exact = options->has_exercises,
                                       .blanks = options->blanks,
                                       .derived = journey->nodes,
                                       .derived_count = journey->node_count,
                                       .write = write_lines,
                                       .context = journey};
    bool ok = exercises_make(&exercises, &request, &journey->diags);
    if (ok && exercises.count > 0)
        tell_exercises(sheet->doc, &exercises, EXERCISES_BOTH);
    exercises_clear(&exercises);
    return ok;
}

static bool make(struct sheet *sheet)
{
    tell_network(sheet->doc, sheet->journey->network, figure_of(sheet, NULL));
    sheet->doc->depth = 1;
    if (!derive_all(sheet) || !add_general(sheet))
        return false;
    tell_pattern(sheet->doc, sheet->derivations, sheet->count);
    if (sheet->has_values)
        add_example(sheet);
    return add_exercises(sheet);
}

bool handout_make(struct journey *journey, struct doc *doc)
{
    struct sheet sheet = {.journey = journey, .doc = doc};
    doc->shows_answers = journey->options->key;
    if (!journey->options->has_max_terms)
        journey->budget.max_terms = MOST_TERMS;
    bool ok = choose_nodes(journey) && take_values(&sheet) && make(&sheet);
    for (size_t i = 0; i < sheet.count; i++)
        derivation_clear(&sheet.derivations[i]);
    memory_free(sheet.derivations);
    if (sheet.has_values)
        training_clear(&sheet.training);
    doc->depth = 0;
    return ok;
}
