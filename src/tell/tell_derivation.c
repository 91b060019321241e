#include "tell/tell_derivation.h"

#include "base/memory.h"
#include "base/number.h"
#include "derive/backward.h"
#include "tell/bars.h"
#include "tell/marks.h"
#include "tell/path_words.h"
#include "tell/reason.h"
#include "tell/sentence.h"
#include "tell/shape.h"
#include "tell/tell_cost.h"
#include "tell/tell_functions.h"
#include "tell/tell_granted.h"
#include "tell/tell_way.h"
#include "tell/teller.h"

#include <stdio.h>
#include <string.h>

enum { DIGIT_WIDTH = 10 };

/* The line has room for a number of one digit. */
static unsigned width_of_more_digits(const struct derivation *derivation,
                                     const struct telling *telling)
{
    unsigned width = 0;
    for (unsigned last = telling->first_number + derivation->equation_count; last > 10;
         last /= 10)
        width += DIGIT_WIDTH;
    return width;
}

static void teller_init(struct teller *teller, struct doc *doc,
                        struct derivation *derivation, const struct telling *telling)
{
    memset(teller, 0, sizeof *teller);
    teller->doc = doc;
    teller->derivation = derivation;
    teller->telling = telling;
    teller->bars = (struct bars){derivation->network, &doc->arena};
    typeset_init(&teller->typeset, &doc->arena, derivation->network);
    teller->typeset.needs_bar = bars_needed;
    teller->typeset.held = bars_held;
    teller->typeset.context = &teller->bars;
    teller->typeset.max_terms = derivation->is_compact ? 4 : telling->max_terms;
    teller->typeset.line_width -= width_of_more_digits(derivation, telling);
    sentence_begin(&teller->sentence, doc, &teller->typeset);
}

struct block *teller_paragraph(struct teller *teller)
{
    return doc_block(teller->doc, BLOCK_PARAGRAPH);
}

void teller_part(struct teller *teller, const char *title, node_id node)
{
    if (!teller->telling->has_parts)
        return;
    sentence_node(&teller->sentence, node);
    sentence_end(&teller->sentence, doc_heading(teller->doc, 2), title);
}

static unsigned shifted(const struct teller *teller, unsigned number)
{
    return number ? number + teller->telling->first_number - 1 : 0;
}

/* The network's name for its gradient; with `both`, `\Delta w = dE/dw`. Without a name
 * the derivative. */
static struct formula *left_side(struct teller *teller, expr_id left, bool both)
{
    struct derivation *derivation = teller->derivation;
    struct formula *formula = typeset_expression(&teller->typeset, left);
    struct buf name;
    buf_init(&name);
    if (left == derivation->left &&
        network_kind(derivation->network, derivation->to) == NODE_ERROR &&
        network_gradient_name(derivation->network, derivation->from, &name)) {
        struct arena *arena = &teller->doc->arena;
        struct formula *row = formula_row(arena);
        formula_append(arena, row, formula_text(arena, FORMULA_NAME, buf_peek(&name)));
        if (both) {
            formula_append(arena, row, formula_text(arena, FORMULA_SIGN, "="));
            formula_append(arena, row, formula);
        }
        formula = row;
    }
    buf_clear(&name);
    return formula;
}

static bool is_shown(const struct teller *teller, const struct chain *chain, size_t i)
{
    const struct step *step = &chain->steps[i];
    return i + 1 == chain->count ||
           rule_of(step->rule)->level >= teller->telling->detail ||
           step->verdict == VERDICT_PROBABLE;
}

/* A step's expression in its shape, with the terms of paths marked. */
static struct formula *step_formula(struct teller *teller, const struct chain *chain,
                                    const struct step *step)
{
    struct marks marks;
    if (step->shape.kind != SHAPE_PLAIN)
        return shape_formula(&teller->typeset, teller->derivation, &step->shape,
                             step->after);
    marks_find(&marks, teller->derivation, chain, step->after);
    struct formula *formula =
        typeset_marked(&teller->typeset, step->after, marks.items, marks.count);
    marks_clear(&marks);
    return formula;
}

/* The reason of a shown step, after that of the hidden one before it that put something
 * in. */
static struct inline_node *joined_reason(struct teller *teller, const struct chain *chain,
                                         size_t hidden, size_t i)
{
    struct sentence *sentence = &teller->sentence;
    unsigned first = teller->telling->first_number;
    struct inline_node *shown =
        reason_of_step(sentence, teller->derivation, chain, i, first);
    if (hidden == i)
        return shown;
    struct inline_node *const reasons[] = {
        reason_of_step(sentence, teller->derivation, chain, hidden, first), shown};
    return doc_sentence(teller->doc, N_("{1}; {2}"), reasons, 2);
}

/* The steps of a chain, one row each; only the last is numbered. A step that looks like
   the one before (its signs are only bracketed otherwise) is no row of its own. */
void teller_show_chain(struct teller *teller, const struct chain *chain)
{
    struct block *block = doc_block(teller->doc, BLOCK_DISPLAY);
    struct formula *left = left_side(teller, chain->left, chain->role == CHAIN_GOAL),
                   *last = NULL;
    struct row *row = NULL;
    size_t hidden = SIZE_MAX;
    for (size_t i = 0; i < chain->count; i++) {
        const struct step *step = &chain->steps[i];
        bool is_probable = step->verdict == VERDICT_PROBABLE;
        if (!is_shown(teller, chain, i)) {
            hidden = step->rule == RULE_PUT_IN || step->rule == RULE_LOCAL ? i : hidden;
            continue;
        }
        struct formula *formula = step_formula(teller, chain, step);
        if (last && !is_probable && formula_looks_like(formula, last))
            continue;
        row = typeset_rows(&teller->typeset, teller->doc, block, left, "=", formula);
        if (teller->telling->detail < RULE_BRIEF || is_probable)
            row->reason = joined_reason(teller, chain, hidden < i ? hidden : i, i);
        hidden = SIZE_MAX;
        last = formula;
        left = NULL;
    }
    if (row)
        row->number = shifted(teller, chain->number);
    bars_tell(&teller->sentence, block);
}

static void tell_heading(struct teller *teller)
{
    struct block *heading = doc_heading(teller->doc, 1);
    sentence_node(&teller->sentence, teller->derivation->to);
    sentence_node(&teller->sentence, teller->derivation->from);
    sentence_end(&teller->sentence, heading,
                 N_("The gradient of {1} with respect to {2}"));
    if (teller->telling->figure)
        doc_figure(teller->doc, teller->telling->figure);
}

/* Outputs that the chosen symbol does not reach, among what the goal is made of. */
static size_t find_unreached(struct teller *teller, node_id **nodes)
{
    struct derivation *derivation = teller->derivation;
    size_t count = 0, kept = 0;
    *nodes = network_arguments(derivation->network, derivation->to, &count);
    for (size_t i = 0; i < count; i++)
        if (network_is_defined(derivation->network, (*nodes)[i]) &&
            !graph_is_reached(derivation->graph, (*nodes)[i]))
            (*nodes)[kept++] = (*nodes)[i];
    return kept;
}

/* How many defined symbols the goal's own definition uses. */
static size_t count_terms(const struct teller *teller)
{
    const struct derivation *derivation = teller->derivation;
    size_t count = 0, defined = 0;
    node_id *nodes = network_arguments(derivation->network, derivation->to, &count);
    for (size_t i = 0; i < count; i++)
        defined += network_is_defined(derivation->network, nodes[i]);
    memory_free(nodes);
    return defined;
}

/* What is done to a named error; every other goal is taken as it is defined. */
static const char *goal_sentence(const struct teller *teller)
{
    const struct derivation *derivation = teller->derivation;
    const struct network *network = derivation->network;
    if (network_kind(network, derivation->to) != NODE_ERROR)
        return N_("Differentiate the definition of {1}.");
    if (network_error_kind(network) == ERROR_EQUATION)
        return N_("Differentiate the error; what does not depend on {2} is a constant, "
                  "and its derivative is 0.");
    bool several = count_terms(teller) > 1;
    bool is_entropy = network_error_kind(network) == ERROR_CROSS_ENTROPY ||
                      network_error_kind(network) == ERROR_BINARY_CROSS_ENTROPY;
    if (is_entropy && !derivation->is_direct)
        return several ? N_("The error adds up over the outputs; a target is a constant "
                            "factor.")
                       : N_("A target is a constant factor.");
    if (derivation->is_direct)
        return several ? N_("The error adds up over the outputs, and {2} itself stands "
                            "in it.")
                       : N_("The symbol {2} itself stands in the error.");
    return several ? N_("The error adds up over the outputs; a target is a constant, so "
                        "its derivative is 0.")
                   : N_("A target is a constant, so its derivative is 0.");
}

static void tell_goal(struct teller *teller)
{
    struct derivation *derivation = teller->derivation;
    struct sentence *sentence = &teller->sentence;
    struct block *block = teller_paragraph(teller);
    sentence_node(sentence, derivation->to);
    sentence_node(sentence, derivation->from);
    sentence_end(sentence, block, goal_sentence(teller));
    node_id *unreached;
    size_t count = find_unreached(teller, &unreached);
    if (count) {
        sentence_node(sentence, derivation->from);
        sentence_nodes(sentence, unreached, count);
        sentence_end(
            sentence, block,
            count == 1
                ? N_("There is no path from {1} to {2}, so the derivative of {2} is 0.")
                : N_("There is no path from {1} to {2}, so their derivatives are 0."));
    }
    memory_free(unreached);
    teller_show_chain(teller, &derivation->chains[0]);
}

static void add_definition(struct teller *teller, struct block *grid, node_id node)
{
    struct network *network = teller->derivation->network;
    expr_id value = defs_get(network_defs(network), network_symbol(network, node));
    typeset_rows(&teller->typeset, teller->doc, grid,
                 typeset_node(&teller->typeset, node), "=",
                 typeset_expression(&teller->typeset, value));
}

/* Units of one layer, or their pre-activations. */
static bool are_alike(const struct network *network, node_id a, node_id b)
{
    int64_t place;
    return network_layer_of(network, a, &place) == network_layer_of(network, b, &place) &&
           network_kind(network, a) == network_kind(network, b);
}

/* In a compact derivation the first and the last unit of a layer speak for all. */
static bool is_told(const struct teller *teller, const node_id *nodes, size_t count,
                    size_t i)
{
    const struct network *network = teller->derivation->network;
    int64_t place;
    if (!teller->derivation->is_compact || !network_layer_of(network, nodes[i], &place))
        return true;
    return i == 0 || i + 1 == count || !are_alike(network, nodes[i - 1], nodes[i]) ||
           !are_alike(network, nodes[i + 1], nodes[i]);
}

static size_t count_told(const struct teller *teller)
{
    const struct derivation *derivation = teller->derivation;
    size_t told = 0;
    for (size_t i = 0; i < derivation->definition_count; i++)
        told += is_told(teller, derivation->definitions, derivation->definition_count, i);
    return told;
}

static void tell_used_functions(struct teller *teller)
{
    struct derivation *derivation = teller->derivation;
    tell_functions(teller->doc, &teller->typeset, derivation->network,
                   derivation->definitions, derivation->definition_count);
    tell_bends(&teller->sentence, derivation->network, derivation->definitions,
               derivation->definition_count);
    tell_bends(&teller->sentence, derivation->network, &derivation->to, 1);
}

static void tell_definitions(struct teller *teller)
{
    struct derivation *derivation = teller->derivation;
    struct sentence *sentence = &teller->sentence;
    teller_part(teller, N_("The network"), derivation->to);
    if (derivation->definition_count) {
        sentence_node(sentence, derivation->from);
        sentence_node(sentence, derivation->to);
        sentence_end(sentence, teller_paragraph(teller),
                     count_told(teller) < derivation->definition_count
                         ? N_("On the way from {1} to {2} lie, the first and the last of "
                              "each layer,")
                         : N_("On the way from {1} to {2} lie"));
        struct block *grid = doc_block(teller->doc, BLOCK_GRID);
        grid->columns = 2;
        for (size_t i = 0; i < derivation->definition_count; i++)
            if (is_told(teller, derivation->definitions, derivation->definition_count, i))
                add_definition(teller, grid, derivation->definitions[i]);
    }
    if (!teller->telling->knows_functions)
        tell_used_functions(teller);
    if (derivation->idle_count)
        tell_idle(&teller->sentence, teller_paragraph(teller), derivation);
}

static bool has_one_path(const struct teller *teller, const struct chain *chain)
{
    return chain->role == CHAIN_OUTPUT &&
           mpz_cmp_ui(graph_count(teller->derivation->graph, chain->output), 1) == 0;
}

/* Outputs with one path each share a part. */
static void tell_output_part(struct teller *teller, const struct chain *chain)
{
    if (!has_one_path(teller, chain))
        teller_part(teller, N_("The paths to {1}"), chain->output);
    else if (!has_one_path(teller, chain - 1))
        teller_part(teller, N_("The chain rule"), chain->output);
}

static void tell_output(struct teller *teller, const struct chain *chain)
{
    tell_output_part(teller, chain);
    tell_paths_to(&teller->sentence, teller_paragraph(teller), teller->derivation,
                  chain->output);
    teller_show_chain(teller, chain);
}

static const struct chain *chain_of(const struct derivation *derivation,
                                    enum chain_role role)
{
    for (size_t i = 0; i < derivation->chain_count; i++)
        if (derivation->chains[i].role == role)
            return &derivation->chains[i];
    return NULL;
}

static void tell_result_chain(struct teller *teller, const struct chain *chain)
{
    struct derivation *derivation = teller->derivation;
    struct sentence *sentence = &teller->sentence;
    teller_part(teller, N_("The gradient"), derivation->to);
    if (derivation->is_compact) {
        sentence_count(sentence, graph_total(derivation->graph), false);
        sentence_node(sentence, derivation->from);
        sentence_node(sentence, derivation->to);
        sentence_end(sentence, teller_paragraph(teller),
                     N_("The number of paths from {2} to {3} is {1}; each gives one "
                        "product. The first and the last of them are shown."));
    } else {
        sentence_reference(sentence, shifted(teller, derivation->chains[0].number));
        sentence_end(sentence, teller_paragraph(teller),
                     chain_of(derivation, CHAIN_OUTPUT)
                         ? N_("Back to {1}.")
                         : N_("It remains to collect {1}."));
    }
    teller_show_chain(teller, chain);
}

/* What a path contributes: weights alone, or local derivatives at its edges. */
static void tell_product(struct teller *teller)
{
    struct derivation *derivation = teller->derivation;
    struct sentence *sentence = &teller->sentence;
    struct path_letters letters = pattern_path_letters(derivation->network);
    struct buf weight;
    buf_init(&weight);
    bool weights = path_words_letter(derivation, &weight);
    sentence_formula(sentence,
                     formula_text(&teller->doc->arena, FORMULA_NAME, letters.path));
    sentence_formula(sentence, path_words_edge(&teller->typeset, &letters));
    sentence_formula(sentence, path_words_label(&teller->typeset, &letters));
    sentence_end(sentence, teller_paragraph(teller),
                 weights ? N_("Now the pattern shows: every path contributes the product "
                              "of the weights along it.")
                         : N_("Now the pattern shows: every path {1} contributes the "
                              "product of the local derivatives {3} at its edges {2}."));
    buf_clear(&weight);
}

static void tell_pattern(struct teller *teller)
{
    struct derivation *derivation = teller->derivation;
    const struct chain *chain = chain_of(derivation, CHAIN_PATTERN);
    teller_part(teller,
                derivation_has_sum(derivation) ? N_("The pattern")
                                               : N_("The error signal"),
                derivation->to);
    if (derivation->has_signals)
        tell_signals(teller);
    if (derivation_has_sum(derivation)) {
        tell_product(teller);
    } else if (chain->count) {
        sentence_end(&teller->sentence, teller_paragraph(teller),
                     N_("With this name the result reads"));
    }
    if (chain->count)
        teller_show_chain(teller, chain);
    if (derivation->no_index != SOME_INDEX && derivation->no_index != NO_INDEX_ONE_PATH)
        sentence_end(&teller->sentence, teller_paragraph(teller),
                     tell_no_index(derivation->no_index));
}

/* Whether one unit of a layer has been written for several. */
static bool has_spokesmen(const struct derivation *derivation)
{
    size_t listed = 1;
    for (size_t i = 0; i < derivation->definition_count; i++)
        listed += backward_has_equation(derivation, derivation->definitions[i]);
    return derivation->backward_count < listed;
}

static const char *backward_sentence(const struct derivation *derivation)
{
    if (has_spokesmen(derivation))
        return N_("Backpropagation computes the same sum and shares what the paths have "
                  "in common; one unit of each layer speaks for the others:");
    if (derivation->backward_count == 1)
        return N_("Backpropagation comes to the same in one step:");
    if (mpz_cmp_ui(graph_total(derivation->graph), 1) == 0)
        return N_("Backpropagation walks the same path back, one edge after the other:");
    return N_("Backpropagation computes the same sum and shares what the paths have in "
              "common:");
}

/* The equations of error signals that are not proved, if there are any. */
static void tell_probable(struct teller *teller, const struct signal *signals,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char bound[16];
        if (signals[i].verdict != VERDICT_PROBABLE)
            continue;
        snprintf(bound, sizeof bound, "%u", signals[i].bound);
        sentence_expression(&teller->sentence, signals[i].symbol);
        sentence_text(&teller->sentence, bound);
        sentence_end(
            &teller->sentence, teller_paragraph(teller),
            N_("The equation of {1} is probable: wrong with a chance below 2^-{2}."));
    }
}

static void tell_backward(struct teller *teller)
{
    struct derivation *derivation = teller->derivation;
    if (!derivation->backward_count)
        return;
    teller_part(teller, N_("Backpropagation"), derivation->to);
    sentence_end(&teller->sentence, teller_paragraph(teller),
                 backward_sentence(derivation));
    struct block *grid = doc_block(teller->doc, BLOCK_GRID);
    grid->columns = 2;
    for (size_t i = 0; i < derivation->backward_count; i++) {
        const struct signal *signal = &derivation->backward[i];
        struct row *row = typeset_rows(
            &teller->typeset, teller->doc, grid, left_side(teller, signal->symbol, false),
            "=", typeset_expression(&teller->typeset, signal->value));
        if (i + 1 == derivation->backward_count)
            row->number = shifted(teller, derivation->backward_number);
    }
    bars_tell(&teller->sentence, grid);
}

static void tell_zero(struct teller *teller)
{
    sentence_node(&teller->sentence, teller->derivation->from);
    sentence_node(&teller->sentence, teller->derivation->to);
    sentence_expression(&teller->sentence, teller->derivation->left);
    sentence_end(&teller->sentence, teller_paragraph(teller),
                 N_("There is no path from {1} to {2}: nothing that {2} depends on "
                    "changes with {1}, so {3} is 0."));
}

void tell_derivation(struct doc *doc, struct derivation *derivation,
                     const struct telling *telling)
{
    struct teller teller;
    teller_init(&teller, doc, derivation, telling);
    tell_heading(&teller);
    teller_part(&teller, N_("The derivative of {1}"), derivation->to);
    tell_assumptions(&teller.sentence, derivation->network);
    tell_goal(&teller);
    if (mpz_sgn(graph_total(derivation->graph)) == 0) {
        tell_zero(&teller);
        return;
    }
    tell_definitions(&teller);
    for (size_t i = 0; i < derivation->chain_count; i++)
        if (derivation->chains[i].role == CHAIN_OUTPUT)
            tell_output(&teller, &derivation->chains[i]);
    const struct chain *result = chain_of(derivation, CHAIN_RESULT);
    if (result->count)
        tell_result_chain(&teller, result);
    tell_pattern(&teller);
    tell_backward(&teller);
    tell_probable(&teller, derivation->signals, derivation->signal_count);
    tell_probable(&teller, derivation->backward, derivation->backward_count);
    tell_cost(&teller.sentence, teller_paragraph(&teller), derivation);
}
