#include "tell/tell_general.h"

#include "base/memory.h"
#include "base/number.h"
#include "expr/substitute.h"
#include "expr/walk.h"
#include "tell/bars.h"
#include "tell/pattern.h"
#include "tell/sentence.h"
#include "tell/tell_granted.h"

#include <stdio.h>
#include <string.h>

struct teller {
    struct doc *doc;
    struct general *general;
    struct network *network;
    struct arena *arena;
    struct typeset typeset;
    struct bars bars;
    struct sentence sentence;
    const char *letters[4]; /* k j i …: the outputs have the first, layers before them the next */
};

static struct formula *name(struct teller *teller, const char *text)
{
    return formula_text(teller->arena, FORMULA_NAME, text);
}

static struct formula *sign(struct teller *teller, const char *text)
{
    return formula_text(teller->arena, FORMULA_SIGN, text);
}

static struct formula *row_of(struct teller *teller, struct formula *const *parts, size_t count)
{
    struct formula *row = formula_row(teller->arena);
    for (size_t i = 0; i < count; i++)
        formula_append(teller->arena, row, parts[i]);
    return row;
}

/* Names of a range of nodes as one with a letter; `signals`: of their error signals. NULL if they follow
   no pattern. `first` is the number of the first. */
static struct formula *family(struct teller *teller, struct range range, bool signals,
                              const char *letter, long *first)
{
    enum { LOOKED_AT = 12 };
    char *names[LOOKED_AT];
    size_t count = range.count < LOOKED_AT ? (size_t)range.count : LOOKED_AT;
    bool ok = range.count > 0;
    for (size_t i = 0; i < count; i++) {
        struct buf text;
        buf_init(&text);
        if (signals)
            ok = network_delta_name(teller->network, range.first + (node_id)i, &text) && ok;
        else
            network_name(teller->network, range.first + (node_id)i, &text);
        names[i] = buf_take(&text);
    }
    struct buf pattern;
    buf_init(&pattern);
    ok = ok && pattern_family((const char *const *)names, count, letter, &pattern, first);
    struct formula *formula = ok ? name(teller, buf_peek(&pattern)) : NULL;
    buf_clear(&pattern);
    for (size_t i = 0; i < count; i++)
        memory_free(names[i]);
    return formula;
}

static bool has_both_ends(struct teller *teller, const struct layer *layer)
{
    const struct template *template = network_weight_template(teller->network, layer);
    return template_uses(template, PLACE_TO) && template_uses(template, PLACE_FROM);
}

/* The one layer that uses all units of this one and nothing else, if it does so regularly. */
static const struct layer *layer_after(struct teller *teller, const struct layer *layer)
{
    const struct layer *after = NULL;
    for (size_t i = 0; i < network_layer_count(teller->network); i++) {
        const struct layer *other = network_layer(teller->network, i);
        for (size_t s = 0; s < other->source_count; s++) {
            struct range source = other->sources[s];
            bool apart = source.first + source.count <= layer->units.first ||
                         source.first >= layer->units.first + layer->units.count;
            if (apart)
                continue;
            if (after || other->source_count > 1 || source.first != layer->units.first ||
                source.count != layer->units.count)
                return NULL;
            after = other;
        }
    }
    return after && network_layer_is_regular(teller->network, after) &&
                   has_both_ends(teller, after)
               ? after
               : NULL;
}

static struct formula *pattern_of_weight(struct teller *teller, const struct layer *layer,
                                         const char *to, const char *from)
{
    struct buf text;
    buf_init(&text);
    pattern_weight(teller->network, layer, to, from, &text);
    struct formula *formula = name(teller, buf_peek(&text));
    buf_clear(&text);
    return formula;
}

static struct formula *sum_sign(struct teller *teller, const char *letter, long first, long last)
{
    char from[24], to[24];
    snprintf(from, sizeof from, "%ld", first);
    snprintf(to, sizeof to, "%ld", last);
    struct formula *lower[] = {name(teller, letter), sign(teller, "="),
                               formula_text(teller->arena, FORMULA_NUMBER, from)};
    struct formula *parts[] = {row_of(teller, lower, 3),
                               formula_text(teller->arena, FORMULA_NUMBER, to)};
    return formula_make(teller->arena, FORMULA_BIG, "\\sum", parts, 2, 0);
}

/* The sum over a single unit is its term. */
static struct formula *term_of_one_unit(struct teller *teller, const struct layer *after, const char *j)
{
    char to[24];
    snprintf(to, sizeof to, "%ld", pattern_number(teller->network, after, true, 0));
    struct buf signal;
    buf_init(&signal);
    bool ok = network_delta_name(teller->network, after->sums.first, &signal);
    struct formula *parts[] = {pattern_of_weight(teller, after, to, j),
                               name(teller, buf_peek(&signal))};
    buf_clear(&signal);
    return ok ? row_of(teller, parts, 2) : NULL;
}

static struct formula *sum_over_units(struct teller *teller, const struct layer *after, const char *j)
{
    long first = 0;
    const char *k = teller->letters[0];
    if (after->size == 1)
        return term_of_one_unit(teller, after, j);
    struct formula *later = family(teller, after->sums, true, k, &first);
    if (!later || first != pattern_number(teller->network, after, true, 0))
        return NULL;
    struct formula *parts[] = {sum_sign(teller, k, first, first + (long)after->size - 1),
                               pattern_of_weight(teller, after, k, j), later};
    return row_of(teller, parts, 3);
}

/* `\sigma'(z_j) \sum_k …`; NULL if the names do not allow it. */
static struct formula *behind_activation(struct teller *teller, const struct layer *layer, const char *j,
                                         struct formula *sum)
{
    expr_id label = pattern_activation(teller->network, layer, j);
    if (!label)
        return NULL;
    struct formula *factor = typeset_expression(&teller->typeset, label);
    bool is_loose = expr_kind(teller->typeset.pool, label) == EXPR_SUM;
    struct formula *parts[] = {is_loose ? typeset_bracket(&teller->typeset, factor) : factor, sum};
    return row_of(teller, parts, 2);
}

/* `\delta_j = \sigma'(z_j) \sum_k w_{kj} \delta_k`; false if the names do not allow it. */
static bool add_hidden_pattern(struct teller *teller, struct block *grid, const struct layer *layer)
{
    const struct layer *after = layer_after(teller, layer);
    const char *j = teller->letters[1];
    long mine = 0;
    struct formula *left = after ? family(teller, layer->sums, true, j, &mine) : NULL;
    if (!left || mine != pattern_number(teller->network, after, false, 0))
        return false;
    struct formula *right = sum_over_units(teller, after, j);
    if (right && layer->activation != ACTIVATION_IDENTITY)
        right = behind_activation(teller, layer, j, right);
    if (right)
        doc_row(teller->doc, grid, left, right);
    return right;
}

/* Whether the layer is all that a named error compares with the targets. */
static bool is_output(struct teller *teller, const struct layer *layer)
{
    size_t count;
    const struct range *outputs = network_outputs(teller->network, &count);
    return network_error_kind(teller->network) != ERROR_EQUATION && count == 1 &&
           outputs[0].first == layer->units.first && outputs[0].count == layer->units.count;
}

/* What stands for the first output in a pattern: its unit, pre-activation and target with a letter. */
struct output_letters {
    expr_id before[3], after[3];
    size_t count;
};

static bool add_letter(struct teller *teller, struct output_letters *letters, struct range range,
                       const char *letter)
{
    struct buf text;
    long first;
    buf_init(&text);
    bool ok = pattern_range(teller->network, range, letter, &text, &first);
    if (ok) {
        letters->before[letters->count] = network_symbol(teller->network, range.first);
        letters->after[letters->count++] = expr_symbol(teller->typeset.pool, buf_peek(&text));
    }
    buf_clear(&text);
    return ok;
}

static expr_id put_letter(void *context, expr_id symbol)
{
    const struct output_letters *letters = context;
    for (size_t i = 0; i < letters->count; i++)
        if (letters->before[i] == symbol)
            return letters->after[i];
    return symbol;
}

/* Whether all symbols of the expression have got a letter: then it is that of any output. */
static bool has_letters_only(const struct pool *pool, const struct output_letters *letters, expr_id e)
{
    struct expr_list symbols;
    bool all = true;
    expr_list_init(&symbols);
    walk_symbols(pool, e, &symbols);
    for (size_t i = 0; all && i < symbols.count; i++) {
        bool found = false;
        for (size_t k = 0; k < letters->count; k++)
            found = found || letters->after[k] == symbols.items[i];
        all = found;
    }
    expr_list_clear(&symbols);
    return all;
}

/* `\delta_k = (y_k - t_k) \sigma'(z_k)`: the equation of the first output with a letter in place of its number. */
static bool add_output_pattern(struct teller *teller, struct block *grid,
                               const struct general_equation *equation)
{
    const struct layer *layer = equation->layer;
    struct range targets = {network_target(teller->network, 0), layer->size};
    struct output_letters letters = {.count = 0};
    const char *k = teller->letters[0];
    long first;
    struct formula *signal = family(teller, layer->sums, true, k, &first);
    bool ok = signal && equation->node == layer->sums.first &&
              add_letter(teller, &letters, layer->units, k) && add_letter(teller, &letters, targets, k) &&
              (layer->activation == ACTIVATION_IDENTITY || add_letter(teller, &letters, layer->sums, k));
    expr_id right = ok ? substitute(teller->typeset.pool, equation->right, put_letter, &letters) : 0;
    if (!ok || !has_letters_only(teller->typeset.pool, &letters, right))
        return false;
    doc_row(teller->doc, grid, signal, typeset_expression(&teller->typeset, right));
    return true;
}

static struct formula *by(struct teller *teller, struct formula *parameter)
{
    struct formula *above[] = {typeset_partial(&teller->typeset),
                               typeset_node(&teller->typeset, teller->general->goal)};
    struct formula *below[] = {typeset_partial(&teller->typeset), parameter};
    struct formula *parts[] = {row_of(teller, above, 2), row_of(teller, below, 2)};
    return formula_make(teller->arena, FORMULA_FRACTION, NULL, parts, 2, 1);
}

/* What the error itself adds to the derivative by the first weight, `\lambda w_{11}`, with letters; NULL if that
   is not a product that ends in the weight. */
static struct formula *direct_pattern(struct teller *teller, const struct general_equation *equation,
                                      struct formula *weight)
{
    struct pool *pool = teller->typeset.pool;
    expr_id term = expr_part(pool, equation->right, 1);
    size_t last = expr_count(pool, term) ? expr_count(pool, term) - 1 : 0;
    if (expr_count(pool, equation->right) != 2 || expr_kind(pool, term) != EXPR_PRODUCT ||
        expr_part(pool, term, last) != network_symbol(teller->network, equation->node))
        return NULL;
    expr_id factor = expr_product(pool, expr_peek_parts(pool, term), last);
    struct formula *parts[] = {typeset_expression(&teller->typeset, factor), weight};
    return row_of(teller, parts, 2);
}

/* `dE/dw_{ji} = \delta_j x_i`, and what the error itself adds. */
static bool add_weight_pattern(struct teller *teller, struct block *grid,
                               const struct general_equation *equation, const char *const *letters)
{
    const struct layer *layer = equation->layer;
    long to = 0, from = 0;
    if (layer->source_count != 1 || !has_both_ends(teller, layer))
        return false;
    struct formula *source = family(teller, layer->sources[0], false, letters[1], &from);
    struct formula *signal = family(teller, layer->sums, true, letters[0], &to);
    struct formula *weight = pattern_of_weight(teller, layer, letters[0], letters[1]);
    bool is_sum = expr_kind(teller->typeset.pool, equation->right) == EXPR_SUM;
    struct formula *direct = is_sum ? direct_pattern(teller, equation, weight) : NULL;
    if (!source || !signal || (is_sum && !direct) ||
        from != pattern_number(teller->network, layer, false, 0) ||
        to != pattern_number(teller->network, layer, true, 0))
        return false;
    struct formula *right[] = {signal, source, sign(teller, "+"), direct};
    doc_row(teller->doc, grid, by(teller, weight), row_of(teller, right, is_sum ? 4 : 2));
    return true;
}

/* `dE/db_j = \delta_j` */
static bool add_bias_pattern(struct teller *teller, struct block *grid, const struct layer *layer,
                             const char *letter)
{
    long first = 0;
    struct range biases = {network_bias(teller->network, layer, 0), layer->size};
    struct formula *bias = family(teller, biases, false, letter, &first);
    struct formula *signal = family(teller, layer->sums, true, letter, &first);
    if (!bias || !signal)
        return false;
    doc_row(teller->doc, grid, by(teller, bias), signal);
    return true;
}

/* All equations of this kind in the layer at once, with letters for the indices. */
static bool add_pattern(struct teller *teller, struct block *grid,
                        const struct general_equation *equation)
{
    const struct layer *layer = equation->layer;
    if (!equation->is_alike || layer->size < 2 || !teller->letters[2] ||
        teller->general->goal != network_error(teller->network))
        return false;
    bool output = is_output(teller, layer);
    const char *const *letters = output ? teller->letters : teller->letters + 1;
    switch (network_kind(teller->network, equation->node)) {
    case NODE_UNIT:
    case NODE_PREACTIVATION:
        return output ? add_output_pattern(teller, grid, equation)
                      : add_hidden_pattern(teller, grid, layer);
    case NODE_WEIGHT:
        return add_weight_pattern(teller, grid, equation, letters);
    default:
        return add_bias_pattern(teller, grid, layer, letters[0]);
    }
}

static struct block *new_grid(struct teller *teller)
{
    struct block *grid = doc_block(teller->doc, BLOCK_GRID);
    grid->columns = 2;
    return grid;
}

/* Equations of one layer, or of symbols by themselves, from `first` up to the one returned. */
static size_t tell_group(struct teller *teller, size_t first)
{
    const struct general *general = teller->general;
    const struct layer *layer = general->equations[first].layer;
    struct block *paragraph = doc_block(teller->doc, BLOCK_PARAGRAPH);
    if (layer) {
        sentence_node(&teller->sentence, layer->units.first);
        sentence_node(&teller->sentence, layer->units.first + layer->size - 1);
        sentence_end(&teller->sentence, paragraph,
                     layer->size == 1   ? "The layer of {1}:"
                     : layer->size == 2 ? "The layer of {1} and {2}:"
                                        : "The layer of {1} to {2}:");
    } else {
        sentence_end(&teller->sentence, paragraph, "What equations define, and their parameters:");
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
            has_pattern = add_pattern(teller, grid, equation);
            grid = has_pattern || !grid->rows ? grid : new_grid(teller);
        }
        if (has_pattern)
            continue;
        typeset_rows(&teller->typeset, teller->doc, grid,
                     typeset_expression(&teller->typeset, equation->left), "=",
                     typeset_expression(&teller->typeset, equation->right));
        if (equation->is_spokesman && layer_has_sum(layer, equation->node))
            units = true;
        else if (equation->is_spokesman)
            weights = true;
    }
    if (units || weights)
        sentence_end(&teller->sentence, doc_block(teller->doc, BLOCK_PARAGRAPH),
                     units && weights ? "and so for the other units and parameters of this layer."
                     : units          ? "and so for the other units of this layer."
                                      : "and so for the other parameters of this layer.");
    return i;
}

const char *tell_names_title(const struct network *network, node_id first)
{
    switch (network_kind(network, first)) {
    case NODE_INPUT:
        return "inputs";
    case NODE_TARGET:
        return "targets";
    case NODE_WEIGHT:
        return "weights";
    case NODE_BIAS:
        return "biases";
    case NODE_CONSTANT:
        return "constants";
    default:
        return "parameters";
    }
}

static void teller_init(struct teller *teller, struct doc *doc, struct network *network)
{
    memset(teller, 0, sizeof *teller);
    teller->doc = doc;
    teller->arena = &doc->arena;
    teller->network = network;
    teller->bars = (struct bars){network, teller->arena};
    typeset_init(&teller->typeset, teller->arena, network);
    teller->typeset.needs_bar = bars_needed;
    teller->typeset.held = bars_held;
    teller->typeset.context = &teller->bars;
    teller->typeset.max_terms = 8;
    sentence_begin(&teller->sentence, doc, &teller->typeset);
    pattern_letters(network, teller->letters, 4);
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
    struct block *table = doc_block(doc, BLOCK_TABLE);
    size_t cells = 0;
    table->columns = 3;
    table->cells = arena_array(&doc->arena, 3 * (leaves->count + 1), sizeof *table->cells);
    table->cells[cells++] = doc_text(doc, "names");
    table->cells[cells++] = doc_text(doc, "number");
    table->cells[cells++] = doc_text(doc, "in the order of let");
    for (size_t i = 0; i < leaves->count; i++) {
        struct range range = leaves->ranges[i];
        if (!range.count)
            continue;
        i += tell_names_run(network, i, &range);
        char count[32];
        snprintf(count, sizeof count, "%lld", (long long)range.count);
        sentence_range(&teller.sentence, range, SENTENCE_LIST);
        table->cells[cells++] = doc_text(doc, tell_names_title(network, range.first));
        table->cells[cells++] = doc_text(doc, count);
        table->cells[cells++] = sentence_inlines(&teller.sentence, "{1}");
    }
    table->cell_count = cells;
}

static bool has_activations(const struct network *network)
{
    for (size_t i = 0; i < network_layer_count(network); i++)
        if (network_layer(network, i)->activation != ACTIVATION_IDENTITY)
            return true;
    return false;
}

void tell_general(struct doc *doc, struct general *general, struct figure *figure)
{
    struct teller teller;
    teller_init(&teller, doc, general->network);
    teller.general = general;
    struct block *heading = doc_block(doc, BLOCK_HEADING);
    heading->level = 1;
    sentence_node(&teller.sentence, general->goal);
    sentence_end(&teller.sentence, heading, "The gradient of {1}: the equations of backprop");
    if (figure)
        doc_block(doc, BLOCK_FIGURE)->figure = figure;
    sentence_node(&teller.sentence, general->goal);
    sentence_end(&teller.sentence, doc_block(doc, BLOCK_PARAGRAPH),
                 has_activations(general->network)
                     ? "The error signal of a unit is the derivative of {1} with respect to its "
                       "pre-activation, or to the unit itself where it has none: the sum, over the edges "
                       "that leave it, of the local derivative times the error signal at the other end. "
                       "Derivatives with respect to parameters are formed in the same way."
                     : "The error signal of a unit is the derivative of {1} with respect to it: the sum, "
                       "over the edges that leave the unit, of the local derivative times the error "
                       "signal at the other end. Derivatives with respect to parameters are formed in "
                       "the same way.");
    tell_assumptions(&teller.sentence, general->network);
    for (size_t i = 0; i < general->count;)
        i = tell_group(&teller, i);
    tell_names(doc, general->network);
}
