#include "tell/layer_pattern.h"

#include "base/memory.h"
#include "expr/substitute.h"
#include "expr/walk.h"
#include "tell/pattern.h"

#include <stdio.h>

static struct formula *name(struct layer_pattern *pattern, const char *text)
{
    return formula_text(pattern->arena, FORMULA_NAME, text);
}

static struct formula *sign(struct layer_pattern *pattern, const char *text)
{
    return formula_text(pattern->arena, FORMULA_SIGN, text);
}

static struct formula *row_of(struct layer_pattern *pattern, struct formula *const *parts,
                              size_t count)
{
    struct formula *row = formula_row(pattern->arena);
    for (size_t i = 0; i < count; i++)
        formula_append(pattern->arena, row, parts[i]);
    return row;
}

/* Names of a range of nodes as one with a letter; `signals`: of their error signals. NULL
   if they follow no pattern. `first` is the number of the first. */
static struct formula *family(struct layer_pattern *pattern, struct range range,
                              bool signals, const char *letter, long *first)
{
    enum { LOOKED_AT = 12 };
    char *names[LOOKED_AT];
    size_t count = range.count < LOOKED_AT ? (size_t)range.count : LOOKED_AT;
    bool ok = range.count > 0;
    for (size_t i = 0; i < count; i++) {
        struct buf text;
        buf_init(&text);
        if (signals)
            ok = network_delta_name(pattern->network, range.first + (node_id)i, &text) &&
                 ok;
        else
            network_name(pattern->network, range.first + (node_id)i, &text);
        names[i] = buf_take(&text);
    }
    struct buf text;
    buf_init(&text);
    ok = ok && pattern_family((const char *const *)names, count, letter, &text, first);
    struct formula *formula = ok ? name(pattern, buf_peek(&text)) : NULL;
    buf_clear(&text);
    for (size_t i = 0; i < count; i++)
        memory_free(names[i]);
    return formula;
}

static bool has_both_ends(struct layer_pattern *pattern, const struct layer *layer)
{
    const struct template *template = network_weight_template(pattern->network, layer);
    return template_uses(template, PLACE_TO) && template_uses(template, PLACE_FROM);
}

/* The one layer that uses all units of this one and nothing else, if it does so
 * regularly. */
static const struct layer *layer_after(struct layer_pattern *pattern,
                                       const struct layer *layer)
{
    const struct layer *after = NULL;
    for (size_t i = 0; i < network_layer_count(pattern->network); i++) {
        const struct layer *other = network_layer(pattern->network, i);
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
    return after && network_layer_is_regular(pattern->network, after) &&
                   has_both_ends(pattern, after)
               ? after
               : NULL;
}

static struct formula *pattern_of_weight(struct layer_pattern *pattern,
                                         const struct layer *layer, const char *to,
                                         const char *from)
{
    struct buf text;
    buf_init(&text);
    pattern_weight(pattern->network, layer, to, from, &text);
    struct formula *formula = name(pattern, buf_peek(&text));
    buf_clear(&text);
    return formula;
}

static struct formula *sum_sign(struct layer_pattern *pattern, const char *letter,
                                long first, long last)
{
    char from[24], to[24];
    snprintf(from, sizeof from, "%ld", first);
    snprintf(to, sizeof to, "%ld", last);
    struct formula *lower[] = {name(pattern, letter), sign(pattern, "="),
                               formula_text(pattern->arena, FORMULA_NUMBER, from)};
    struct formula *parts[] = {row_of(pattern, lower, 3),
                               formula_text(pattern->arena, FORMULA_NUMBER, to)};
    return formula_make(pattern->arena, FORMULA_BIG, "\\sum", parts, 2, 0);
}

/* The sum over a single unit is its term. */
static struct formula *term_of_one_unit(struct layer_pattern *pattern,
                                        const struct layer *after, const char *j)
{
    char to[24];
    snprintf(to, sizeof to, "%ld", pattern_number(pattern->network, after, true, 0));
    struct buf signal;
    buf_init(&signal);
    bool ok = network_delta_name(pattern->network, after->sums.first, &signal);
    struct formula *parts[] = {pattern_of_weight(pattern, after, to, j),
                               name(pattern, buf_peek(&signal))};
    buf_clear(&signal);
    return ok ? row_of(pattern, parts, 2) : NULL;
}

static struct formula *sum_over_units(struct layer_pattern *pattern,
                                      const struct layer *after, const char *j)
{
    long first = 0;
    const char *k = pattern->letters[0];
    if (after->size == 1)
        return term_of_one_unit(pattern, after, j);
    struct formula *later = family(pattern, after->sums, true, k, &first);
    if (!later || first != pattern_number(pattern->network, after, true, 0))
        return NULL;
    struct formula *parts[] = {sum_sign(pattern, k, first, first + (long)after->size - 1),
                               pattern_of_weight(pattern, after, k, j), later};
    return row_of(pattern, parts, 3);
}

/* `\sigma'(z_j) \sum_k …`; NULL if the names do not allow it. */
static struct formula *behind_activation(struct layer_pattern *pattern,
                                         const struct layer *layer, const char *j,
                                         struct formula *sum)
{
    expr_id label = pattern_activation(pattern->network, layer, j);
    if (!label)
        return NULL;
    struct formula *factor = typeset_expression(pattern->typeset, label);
    bool is_loose = expr_kind(pattern->typeset->pool, label) == EXPR_SUM;
    struct formula *parts[] = {
        is_loose ? typeset_bracket(pattern->typeset, factor) : factor, sum};
    return row_of(pattern, parts, 2);
}

/* `\delta_j = \sigma'(z_j) \sum_k w_{kj} \delta_k`; false if the names do not allow it.
 */
static bool add_hidden_pattern(struct layer_pattern *pattern, struct block *grid,
                               const struct layer *layer)
{
    const struct layer *after = layer_after(pattern, layer);
    const char *j = pattern->letters[1];
    long mine = 0;
    struct formula *left = after ? family(pattern, layer->sums, true, j, &mine) : NULL;
    if (!left || mine != pattern_number(pattern->network, after, false, 0))
        return false;
    struct formula *right = sum_over_units(pattern, after, j);
    if (right && layer->activation != ACTIVATION_IDENTITY)
        right = behind_activation(pattern, layer, j, right);
    if (right)
        doc_row(pattern->doc, grid, left, right);
    return right;
}

/* Whether the layer is all that a named error compares with the targets. */
static bool is_output(struct layer_pattern *pattern, const struct layer *layer)
{
    size_t count;
    const struct range *outputs = network_outputs(pattern->network, &count);
    return network_error_kind(pattern->network) != ERROR_EQUATION && count == 1 &&
           outputs[0].first == layer->units.first &&
           outputs[0].count == layer->units.count;
}

/* What stands for the first output in a pattern: its unit, pre-activation and target with
 * a letter. */
struct output_letters {
    expr_id before[3], after[3];
    size_t count;
};

static bool add_letter(struct layer_pattern *pattern, struct output_letters *letters,
                       struct range range, const char *letter)
{
    struct buf text;
    long first;
    buf_init(&text);
    bool ok = pattern_range(pattern->network, range, letter, &text, &first);
    if (ok) {
        letters->before[letters->count] = network_symbol(pattern->network, range.first);
        letters->after[letters->count++] =
            expr_symbol(pattern->typeset->pool, buf_peek(&text));
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

/* Whether all symbols of the expression have got a letter: then it is that of any output.
 */
static bool has_letters_only(const struct pool *pool,
                             const struct output_letters *letters, expr_id e)
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

/* `\delta_k = (y_k - t_k) \sigma'(z_k)`: the equation of the first output with a letter
 * in place of its number. */
static bool add_output_pattern(struct layer_pattern *pattern, struct block *grid,
                               const struct general_equation *equation)
{
    const struct layer *layer = equation->layer;
    struct range targets = {network_target(pattern->network, 0), layer->size};
    struct output_letters letters = {.count = 0};
    const char *k = pattern->letters[0];
    long first;
    struct formula *signal = family(pattern, layer->sums, true, k, &first);
    bool ok = signal && equation->node == layer->sums.first &&
              add_letter(pattern, &letters, layer->units, k) &&
              add_letter(pattern, &letters, targets, k) &&
              (layer->activation == ACTIVATION_IDENTITY ||
               add_letter(pattern, &letters, layer->sums, k));
    expr_id right =
        ok ? substitute(pattern->typeset->pool, equation->right, put_letter, &letters)
           : 0;
    if (!ok || !has_letters_only(pattern->typeset->pool, &letters, right))
        return false;
    doc_row(pattern->doc, grid, signal, typeset_expression(pattern->typeset, right));
    return true;
}

static struct formula *by(struct layer_pattern *pattern, struct formula *parameter)
{
    struct formula *above[] = {typeset_partial(pattern->typeset),
                               typeset_node(pattern->typeset, pattern->general->goal)};
    struct formula *below[] = {typeset_partial(pattern->typeset), parameter};
    struct formula *parts[] = {row_of(pattern, above, 2), row_of(pattern, below, 2)};
    return formula_make(pattern->arena, FORMULA_FRACTION, NULL, parts, 2, 1);
}

/* What the error itself adds to the derivative by the first weight, `\lambda w_{11}`,
   with letters; NULL if that is not a product that ends in the weight. */
static struct formula *direct_pattern(struct layer_pattern *pattern,
                                      const struct general_equation *equation,
                                      struct formula *weight)
{
    struct pool *pool = pattern->typeset->pool;
    expr_id term = expr_part(pool, equation->right, 1);
    size_t last = expr_count(pool, term) ? expr_count(pool, term) - 1 : 0;
    if (expr_count(pool, equation->right) != 2 || expr_kind(pool, term) != EXPR_PRODUCT ||
        expr_part(pool, term, last) != network_symbol(pattern->network, equation->node))
        return NULL;
    expr_id factor = expr_product(pool, expr_peek_parts(pool, term), last);
    struct formula *parts[] = {typeset_expression(pattern->typeset, factor), weight};
    return row_of(pattern, parts, 2);
}

/* `dE/dw_{ji} = \delta_j x_i`, and what the error itself adds. */
static bool add_weight_pattern(struct layer_pattern *pattern, struct block *grid,
                               const struct general_equation *equation,
                               const char *const *letters)
{
    const struct layer *layer = equation->layer;
    long to = 0, from = 0;
    if (layer->source_count != 1 || !has_both_ends(pattern, layer))
        return false;
    struct formula *source = family(pattern, layer->sources[0], false, letters[1], &from);
    struct formula *signal = family(pattern, layer->sums, true, letters[0], &to);
    struct formula *weight = pattern_of_weight(pattern, layer, letters[0], letters[1]);
    bool is_sum = expr_kind(pattern->typeset->pool, equation->right) == EXPR_SUM;
    struct formula *direct = is_sum ? direct_pattern(pattern, equation, weight) : NULL;
    if (!source || !signal || (is_sum && !direct) ||
        from != pattern_number(pattern->network, layer, false, 0) ||
        to != pattern_number(pattern->network, layer, true, 0))
        return false;
    struct formula *right[] = {signal, source, sign(pattern, "+"), direct};
    doc_row(pattern->doc, grid, by(pattern, weight),
            row_of(pattern, right, is_sum ? 4 : 2));
    return true;
}

/* `dE/db_j = \delta_j` */
static bool add_bias_pattern(struct layer_pattern *pattern, struct block *grid,
                             const struct layer *layer, const char *letter)
{
    long first = 0;
    struct range biases = {network_bias(pattern->network, layer, 0), layer->size};
    struct formula *bias = family(pattern, biases, false, letter, &first);
    struct formula *signal = family(pattern, layer->sums, true, letter, &first);
    if (!bias || !signal)
        return false;
    doc_row(pattern->doc, grid, by(pattern, bias), signal);
    return true;
}

/* All equations of this kind in the layer at once, with letters for the indices. */
bool layer_pattern_add(struct layer_pattern *pattern, struct block *grid,
                       const struct general_equation *equation)
{
    const struct layer *layer = equation->layer;
    if (!equation->is_alike || layer->size < 2 || !pattern->letters[2] ||
        pattern->general->goal != network_error(pattern->network))
        return false;
    bool output = is_output(pattern, layer);
    const char *const *letters = output ? pattern->letters : pattern->letters + 1;
    switch (network_kind(pattern->network, equation->node)) {
    case NODE_UNIT:
    case NODE_PREACTIVATION:
        return output ? add_output_pattern(pattern, grid, equation)
                      : add_hidden_pattern(pattern, grid, layer);
    case NODE_WEIGHT:
        return add_weight_pattern(pattern, grid, equation, letters);
    default:
        return add_bias_pattern(pattern, grid, layer, letters[0]);
    }
}
