#include "tell/tell_derivation.h"

#include "base/memory.h"
#include "base/number.h"
#include "tell/marks.h"
#include "tell/sentence.h"
#include "tell/shape.h"

#include <stdio.h>
#include <string.h>

struct teller {
    struct doc *doc;
    struct derivation *derivation;
    const struct telling *telling;
    struct typeset typeset;
    struct bars bars;
    struct sentence sentence;
};

static void teller_init(struct teller *teller, struct doc *doc, struct derivation *derivation,
                        const struct telling *telling)
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
    sentence_begin(&teller->sentence, doc, &teller->typeset);
}

static struct block *paragraph(struct teller *teller)
{
    return doc_block(teller->doc, BLOCK_PARAGRAPH);
}

static unsigned shifted(const struct teller *teller, unsigned number)
{
    return number ? number + teller->telling->first_number - 1 : 0;
}

/* The network's name for its gradient; with `both`, `\Delta w = dE/dw`. Without a name the derivative. */
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

static struct inline_node *join(struct teller *teller, struct inline_node *a, struct inline_node *b)
{
    return a ? doc_join(teller->doc, a, b) : b;
}

/* The rule of a step, with the equations that it uses. */
static struct inline_node *reason(struct teller *teller, const struct step *step)
{
    struct inline_node *inlines = NULL;
    if (step->use_count) {
        sentence_reference(&teller->sentence, shifted(teller, step->uses[0]));
        sentence_reference(&teller->sentence, shifted(teller, step->uses[step->use_count - 1]));
        inlines = sentence_inlines(&teller->sentence,
                                   step->use_count == 1   ? "put in {1}"
                                   : step->use_count == 2 ? "put in {1} and {2}"
                                                          : "put in {1} to {2}");
    } else {
        inlines = doc_text(teller->doc, rule_of(step->rule)->reason);
    }
    if (step->shape.kind == SHAPE_ELIDED) {
        sentence_text(&teller->sentence, step->shape.count);
        inlines = join(teller, inlines,
                       sentence_inlines(&teller->sentence, "({1} terms)"));
    }
    if (step->verdict == VERDICT_PROBABLE) {
        char bound[16];
        snprintf(bound, sizeof bound, "%u", step->bound);
        sentence_text(&teller->sentence, bound);
        inlines = join(teller, inlines,
                       sentence_inlines(&teller->sentence,
                                        "(probable: wrong with a chance below 2^-{1})"));
    }
    return inlines;
}

static bool is_shown(const struct teller *teller, const struct chain *chain, size_t i)
{
    const struct step *step = &chain->steps[i];
    return i + 1 == chain->count || rule_of(step->rule)->level >= teller->telling->detail ||
           step->verdict == VERDICT_PROBABLE;
}

/* A step's expression in its shape, with the terms of paths marked. */
static struct formula *step_formula(struct teller *teller, const struct chain *chain,
                                    const struct step *step)
{
    struct marks marks;
    if (step->shape.kind != SHAPE_PLAIN)
        return shape_formula(&teller->typeset, teller->derivation, &step->shape, step->after);
    marks_find(&marks, teller->derivation, chain, step->after);
    struct formula *formula =
        typeset_marked(&teller->typeset, step->after, marks.items, marks.count);
    marks_clear(&marks);
    return formula;
}

/* The steps of a chain, one row each; only the last is numbered. */
static void show_chain(struct teller *teller, const struct chain *chain)
{
    struct block *block = doc_block(teller->doc, BLOCK_DISPLAY);
    struct formula *left = left_side(teller, chain->left, chain->role == CHAIN_GOAL);
    for (size_t i = 0; i < chain->count; i++) {
        const struct step *step = &chain->steps[i];
        if (!is_shown(teller, chain, i))
            continue;
        struct row *row = typeset_rows(&teller->typeset, teller->doc, block, left, "=",
                                       step_formula(teller, chain, step));
        if (teller->telling->detail < RULE_BRIEF || step->verdict == VERDICT_PROBABLE)
            row->reason = reason(teller, step);
        if (i + 1 == chain->count)
            row->number = shifted(teller, chain->number);
        left = NULL;
    }
}

static void tell_heading(struct teller *teller)
{
    struct block *heading = doc_block(teller->doc, BLOCK_HEADING);
    heading->level = 1;
    sentence_node(&teller->sentence, teller->derivation->to);
    sentence_node(&teller->sentence, teller->derivation->from);
    sentence_end(&teller->sentence, heading, "The gradient of {1} with respect to {2}");
    if (teller->telling->figure)
        doc_block(teller->doc, BLOCK_FIGURE)->figure = teller->telling->figure;
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

static void tell_goal(struct teller *teller)
{
    struct derivation *derivation = teller->derivation;
    struct sentence *sentence = &teller->sentence;
    struct block *block = paragraph(teller);
    if (network_kind(derivation->network, derivation->to) == NODE_ERROR &&
        network_error_kind(derivation->network) != ERROR_EQUATION)
        sentence_end(sentence, block, derivation->output_count > 1
                                          ? "The error adds up over the outputs; a target is a "
                                            "constant, so its derivative is 0."
                                          : "A target is a constant, so its derivative is 0.");
    node_id *unreached;
    size_t count = find_unreached(teller, &unreached);
    if (count) {
        sentence_node(sentence, derivation->from);
        sentence_nodes(sentence, unreached, count);
        sentence_end(sentence, block,
                     count == 1 ? "There is no path from {1} to {2}: its derivative is 0, too."
                                : "There is no path from {1} to {2}: their derivatives are 0, too.");
    }
    memory_free(unreached);
    show_chain(teller, &derivation->chains[0]);
}

static void add_definition(struct teller *teller, struct block *grid, node_id node)
{
    struct network *network = teller->derivation->network;
    expr_id value = defs_get(network_defs(network), network_symbol(network, node));
    typeset_rows(&teller->typeset, teller->doc, grid, typeset_node(&teller->typeset, node), "=",
                 typeset_expression(&teller->typeset, value));
}

/* In a compact derivation the first and the last unit of a layer speak for all. */
static bool is_told(const struct teller *teller, const node_id *nodes, size_t count, size_t i)
{
    const struct network *network = teller->derivation->network;
    int64_t place;
    const struct layer *layer = network_layer_of(network, nodes[i], &place);
    if (!teller->derivation->is_compact || !layer)
        return true;
    bool first = i == 0 || network_layer_of(network, nodes[i - 1], &place) != layer;
    bool last = i + 1 == count || network_layer_of(network, nodes[i + 1], &place) != layer;
    return first || last;
}

static void tell_definitions(struct teller *teller)
{
    struct derivation *derivation = teller->derivation;
    struct sentence *sentence = &teller->sentence;
    if (derivation->definition_count) {
        sentence_node(sentence, derivation->from);
        sentence_node(sentence, derivation->to);
        sentence_end(sentence, paragraph(teller),
                     derivation->is_compact
                         ? "On the way from {1} to {2} lie, the first and the last of each layer,"
                         : "On the way from {1} to {2} lie");
        struct block *grid = doc_block(teller->doc, BLOCK_GRID);
        grid->columns = 2;
        for (size_t i = 0; i < derivation->definition_count; i++)
            if (is_told(teller, derivation->definitions, derivation->definition_count, i))
                add_definition(teller, grid, derivation->definitions[i]);
    }
    if (derivation->idle_count) {
        sentence_nodes(sentence, derivation->idle, derivation->idle_count);
        sentence_node(sentence, derivation->from);
        sentence_node(sentence, derivation->to);
        sentence_end(sentence, paragraph(teller),
                     derivation->idle_count == 1
                         ? "The definition of {1} does not matter: it lies on no path from {2} to {3}."
                         : "The definitions of {1} do not matter: they lie on no path from {2} to "
                           "{3}.");
    }
}

/* Units on the way that feed an output: the paths are told apart by them. */
static void tell_output(struct teller *teller, const struct chain *chain)
{
    struct derivation *derivation = teller->derivation;
    struct sentence *sentence = &teller->sentence;
    mpz_srcptr paths = graph_count(derivation->graph, chain->output);
    node_id *through = NULL;
    size_t count = 0;
    graph_list_predecessors(derivation->graph, chain->output, &through, &count);
    bool one = mpz_cmp_ui(paths, 1) == 0;
    sentence_count(sentence, paths, true);
    sentence_node(sentence, chain->output);
    sentence_nodes(sentence, through, count);
    sentence_end(sentence, paragraph(teller),
                 one && through[0] == derivation->from ? "One edge leads straight to {2}."
                 : one ? "One path leads to {2}, through {3}."
                       : "{1} paths lead to {2}, through {3}. The chain rule gives one product "
                         "for each.");
    memory_free(through);
    show_chain(teller, chain);
}

static const struct chain *chain_of(const struct derivation *derivation, enum chain_role role)
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
    if (derivation->is_compact) {
        sentence_count(sentence, graph_total(derivation->graph), false);
        sentence_node(sentence, derivation->from);
        sentence_node(sentence, derivation->to);
        sentence_end(sentence, paragraph(teller),
                     "The number of paths from {2} to {3} is {1}; each gives one product. The first "
                     "and the last of them are shown.");
    } else {
        sentence_reference(sentence, shifted(teller, derivation->chains[0].number));
        sentence_end(sentence, paragraph(teller),
                     chain_of(derivation, CHAIN_OUTPUT) ? "Back to {1}."
                                                        : "It remains to collect {1}.");
    }
    show_chain(teller, chain);
}

/* `\delta_1 = y_1 - t_1`, … */
static void show_signals(struct teller *teller)
{
    struct derivation *derivation = teller->derivation;
    struct block *grid = doc_block(teller->doc, BLOCK_GRID);
    grid->columns = 4;
    for (size_t i = 0; i < derivation->signal_count; i++) {
        if (!is_told(teller, derivation->outputs, derivation->output_count, i))
            continue;
        const struct signal *signal = &derivation->signals[i];
        doc_row(teller->doc, grid, typeset_expression(&teller->typeset, signal->symbol),
                typeset_expression(&teller->typeset, signal->value));
    }
}

static void tell_pattern(struct teller *teller)
{
    struct derivation *derivation = teller->derivation;
    const struct chain *chain = chain_of(derivation, CHAIN_PATTERN);
    bool many = mpz_cmp_ui(graph_total(derivation->graph), 1) > 0;
    if (derivation->has_signals) {
        sentence_end(&teller->sentence, paragraph(teller),
                     derivation->output_count == 1 ? "Let us name the error at the output:"
                                                   : "Let us name the errors at the outputs:");
        show_signals(teller);
    }
    struct block *block = many || chain ? paragraph(teller) : NULL;
    if (many)
        sentence_end(&teller->sentence, block,
                     "Now the pattern shows: every path contributes the product of what stands at "
                     "its edges.");
    if (chain && chain->count)
        show_chain(teller, chain);
    if (derivation->no_index != SOME_INDEX && derivation->no_index != NO_INDEX_ONE_PATH)
        sentence_end(&teller->sentence, paragraph(teller), tell_no_index(derivation->no_index));
}

static void tell_backward(struct teller *teller)
{
    struct derivation *derivation = teller->derivation;
    if (!derivation->backward_count)
        return;
    sentence_end(&teller->sentence, paragraph(teller),
                 derivation->is_compact
                     ? "Backpropagation computes the same sum and shares what the paths have in "
                       "common; one unit of each layer speaks for the others:"
                     : "Backpropagation computes the same sum and shares what the paths have in "
                       "common:");
    struct block *grid = doc_block(teller->doc, BLOCK_GRID);
    grid->columns = 2;
    for (size_t i = 0; i < derivation->backward_count; i++) {
        const struct signal *signal = &derivation->backward[i];
        struct row *row = typeset_rows(&teller->typeset, teller->doc, grid,
                                       left_side(teller, signal->symbol, false), "=",
                                       typeset_expression(&teller->typeset, signal->value));
        if (i + 1 == derivation->backward_count)
            row->number = shifted(teller, derivation->backward_number);
    }
}

static void tell_cost(struct teller *teller)
{
    const struct cost *cost = &teller->derivation->cost;
    struct sentence *sentence = &teller->sentence;
    struct block *block = paragraph(teller);
    sentence_count(sentence, cost->paths_one, false);
    sentence_count(sentence, cost->backward_one, false);
    sentence_node(sentence, teller->derivation->from);
    sentence_end(sentence, block,
                 "For {3} alone the sum over paths takes {1} multiplications and backpropagation {2}.");
    mpz_t parameters;
    mpz_init_set_si(parameters, cost->parameters);
    sentence_count(sentence, parameters, false);
    sentence_count(sentence, cost->paths_all, false);
    sentence_count(sentence, cost->backward_all, false);
    if (cost->parameters > 1)
        sentence_end(sentence, block,
                     "For all {1} parameters of the network it is {2} against {3}.");
    mpz_clear(parameters);
}

static void tell_zero(struct teller *teller)
{
    sentence_node(&teller->sentence, teller->derivation->from);
    sentence_node(&teller->sentence, teller->derivation->to);
    sentence_expression(&teller->sentence, teller->derivation->left);
    sentence_end(&teller->sentence, paragraph(teller),
                 "There is no path from {1} to {2}: nothing that {2} hangs on changes with {1}, so "
                 "{3} is 0.");
}

void tell_derivation(struct doc *doc, struct derivation *derivation, const struct telling *telling)
{
    struct teller teller;
    teller_init(&teller, doc, derivation, telling);
    tell_heading(&teller);
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
    tell_cost(&teller);
}

const char *tell_no_index(enum no_index reason)
{
    switch (reason) {
    case NO_INDEX_ONE_PATH:
        return "With a single path there is nothing to sum, so there is no index form.";
    case NO_INDEX_TEMPLATE:
        return "There is no index form: the names of the weights number the edges and do not carry "
               "both ends of an edge, so no letter can run through them.";
    case NO_INDEX_EQUATIONS:
        return "There is no index form: some of the symbols on the way are defined by equations of "
               "their own and not as a layer.";
    case NO_INDEX_SKIP:
        return "There is no index form: the layers on the way do not follow one another as a plain "
               "chain.";
    case NO_INDEX_IRREGULAR:
        return "There is no index form: weights on the way are shared or missing.";
    case NO_INDEX_SIGNALS:
        return "There is no index form: the outputs do not stand side by side with an error signal "
               "each.";
    default:
        return "";
    }
}
