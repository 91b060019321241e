#include "derive/index.h"

#include "base/memory.h"
#include "base/name.h"
#include "derive/form.h"
#include "expr/walk.h"

#include <string.h>

static size_t layer_index(const struct layer *layer)
{
    return (size_t)layer->number - 1;
}

/* The end of the only edge that leaves the chosen symbol, one to the goal itself left
   aside; -1 if there are more. */
static node_id only_user(struct derivation *derivation)
{
    node_id *users = NULL, only = -1;
    size_t count = 0, others = 0;
    graph_list_successors(derivation->graph, derivation->from, &users, &count);
    for (size_t i = 0; i < count; i++) {
        if (users[i] == derivation->to)
            continue;
        only = users[i];
        others++;
    }
    memory_free(users);
    return others == 1 ? only : -1;
}

static bool is_of_layer(const struct network *network, node_id node)
{
    enum node_kind kind = network_kind(network, node);
    return kind == NODE_UNIT || kind == NODE_PREACTIVATION;
}

/* Whether the outputs and all that lies between belong to layers. */
static bool lies_in_layers(const struct derivation *derivation)
{
    for (size_t i = 0; i < derivation->definition_count; i++)
        if (!is_of_layer(derivation->network, derivation->definitions[i]))
            return false;
    return true;
}

static bool is_column(const struct network *network, node_id node)
{
    enum node_kind kind = network_kind(network, node);
    return kind == NODE_INPUT || is_of_layer(network, node);
}

static enum no_index find_start(struct derivation *derivation, struct index_form *form)
{
    struct network *network = derivation->network;
    form->start = derivation->from;
    form->factor = 0;
    if (is_column(network, derivation->from))
        return SOME_INDEX;
    form->start = only_user(derivation);
    if (form->start < 0)
        return NO_INDEX_IRREGULAR;
    form->factor = graph_label(derivation->graph, derivation->from, form->start);
    return SOME_INDEX;
}

static bool feeds_whole(const struct layer *layer, const struct range *column)
{
    return layer->source_count == 1 && layer->sources[0].first == column->first &&
           layer->sources[0].count == column->count;
}

static enum no_index check_layer(struct network *network, const struct layer *layer,
                                 const struct range *column)
{
    const struct template *template = network_weight_template(network, layer);
    if (!feeds_whole(layer, column))
        return NO_INDEX_SKIP;
    if (!network_layer_is_regular(network, layer))
        return NO_INDEX_IRREGULAR;
    if (!template_uses(template, PLACE_TO) || !template_uses(template, PLACE_FROM))
        return NO_INDEX_TEMPLATE;
    return SOME_INDEX;
}

/* The column that holds the start: a layer's units, or the first layer's source. */
static bool find_column(struct network *network, struct index_form *form,
                        struct range *column)
{
    int64_t place = 0;
    if (is_of_layer(network, form->start)) {
        const struct layer *layer = network_layer_of(network, form->start, &place);
        *column = layer->units;
        form->first = layer_index(layer) + 1;
        form->place = place;
        return layer->activation != ACTIVATION_SOFTMAX || form->first > form->last;
    } else {
        if (!network_layer_count(network) || !network_layer(network, 0)->source_count)
            return false;
        *column = network_layer(network, 0)->sources[0];
        form->first = 0;
    }
    form->place = form->start - column->first;
    return form->place >= 0 && form->place < column->count;
}

/* A name whose subscript is a number alone, for which a letter can stand. */
static bool has_index(const struct network *network, node_id node)
{
    struct buf text;
    struct name name;
    buf_init(&text);
    network_name(network, node, &text);
    bool has = name_split(&name, buf_peek(&text)) && name.sub_length > 0 &&
               strspn(name.sub, "0123456789") >= name.sub_length;
    buf_clear(&text);
    return has;
}

/* Whether the derivative of an activation can be written with a letter for the unit. */
static bool activation_has_index(const struct network *network, const struct layer *layer)
{
    return layer->activation == ACTIVATION_IDENTITY || layer->size == 1 ||
           (has_index(network, layer->sums.first) &&
            has_index(network, layer->units.first));
}

static enum no_index follow_layers(struct derivation *derivation, struct index_form *form)
{
    struct network *network = derivation->network;
    struct range column;
    int64_t place;
    node_id output = derivation->signals[0].node;
    const struct layer *last = network_layer_of(network, output, &place);
    form->last = layer_index(last);
    if (!find_column(network, form, &column))
        return NO_INDEX_SKIP;
    if ((size_t)last->size != derivation->signal_count && output != form->start)
        return NO_INDEX_SKIP;
    for (size_t i = form->first; i <= form->last; i++) {
        const struct layer *layer = network_layer(network, i);
        enum no_index none = check_layer(network, layer, &column);
        if (none != SOME_INDEX)
            return none;
        if (i < form->last && layer->activation == ACTIVATION_SOFTMAX)
            return NO_INDEX_SKIP;
        if (i < form->last && !activation_has_index(network, layer))
            return NO_INDEX_TEMPLATE;
        column = layer->units;
    }
    return form->first > form->last ? NO_INDEX_ONE_PATH : SOME_INDEX;
}

/* The chain of layers must carry all paths: no way round it. */
static bool carries_all_paths(struct derivation *derivation,
                              const struct index_form *form)
{
    mpz_t product, count;
    mpz_init_set_ui(product, 1);
    mpz_init(count);
    for (size_t i = form->first; i <= form->last; i++)
        mpz_mul_ui(product, product,
                   (unsigned long)network_layer(derivation->network, i)->size);
    derivation_count_terms(derivation, count);
    bool all = mpz_cmp(product, count) == 0;
    mpz_clear(count);
    mpz_clear(product);
    return all;
}

struct index_form index_form_of(struct derivation *derivation)
{
    struct index_form form = {.none = SOME_INDEX};
    if (!derivation_has_sum(derivation))
        form.none = NO_INDEX_ONE_PATH;
    else if (!lies_in_layers(derivation))
        form.none = NO_INDEX_EQUATIONS;
    else if (!derivation->has_signals)
        form.none = NO_INDEX_SIGNALS;
    if (form.none == SOME_INDEX)
        form.none = find_start(derivation, &form);
    if (form.none == SOME_INDEX)
        form.none = follow_layers(derivation, &form);
    if (form.none == SOME_INDEX && !carries_all_paths(derivation, &form))
        form.none = NO_INDEX_SKIP;
    return form;
}

/* The weight to -> from of a layer, through its template alone. */
static expr_id named_weight(struct network *network, const struct layer *layer,
                            int64_t to, int64_t from)
{
    const struct template *template = network_weight_template(network, layer);
    struct template_values values = {0};
    struct buf name;
    buf_init(&name);
    network_name(network, network_weight(network, layer, 0, 0), &name);
    expr_id symbol = 0;
    if (template_read(template, buf_peek(&name), &values)) {
        values.numbers[PLACE_TO] += to;
        values.numbers[PLACE_FROM] += from;
        buf_truncate(&name, 0);
        template_write(template, &values, &name);
        symbol = expr_symbol(network_pool(network), buf_peek(&name));
    }
    buf_clear(&name);
    return symbol;
}

static expr_id times(struct pool *pool, expr_id a, expr_id b)
{
    return !b || expr_is_integer(pool, b, 1) ? a : expr_multiply(pool, a, b);
}

expr_id index_activation(struct derivation *derivation, const struct layer *layer,
                         int64_t place)
{
    if (layer->activation == ACTIVATION_IDENTITY)
        return 0;
    return graph_label(derivation->graph, layer->sums.first + place,
                       layer->units.first + place);
}

/* What the first layer's sums begin with: the label of the start's activation, if the
   start is a pre-activation, and that of the chosen symbol. */
static expr_id start_factor(struct derivation *derivation, const struct index_form *form)
{
    int64_t place;
    const struct layer *layer =
        network_layer_of(derivation->network, form->start, &place);
    bool is_sum = layer && layer_has_sum(layer, form->start);
    expr_id label = is_sum ? index_activation(derivation, layer, place) : 0;
    expr_id one = expr_integer(network_pool(derivation->network), 1);
    return label          ? times(network_pool(derivation->network), label, form->factor)
           : form->factor ? form->factor
                          : one;
}

/* The sums of one layer from those of the column before it. */
static expr_id *layer_sums(struct derivation *derivation, const struct index_form *form,
                           size_t index, expr_id *before)
{
    struct network *network = derivation->network;
    struct pool *pool = network_pool(network);
    const struct layer *layer = network_layer(network, index);
    expr_id *sums = memory_array(NULL, (size_t)layer->size, sizeof *sums);
    struct expr_list terms;
    expr_list_init(&terms);
    for (int64_t to = 0; to < layer->size; to++) {
        terms.count = 0;
        if (index == form->first) {
            expr_id weight = named_weight(network, layer, to, form->place);
            expr_list_push(&terms, times(pool, weight, start_factor(derivation, form)));
        } else {
            for (int64_t from = 0; from < layer->fan_in; from++) {
                expr_id weight = named_weight(network, layer, to, from);
                expr_id inner = before[from],
                        label = index_activation(derivation,
                                                 network_layer(network, index - 1), from);
                expr_list_push(
                    &terms,
                    expr_multiply(pool, weight,
                                  label ? expr_multiply(pool, label, inner) : inner));
            }
        }
        sums[to] = expr_sum(pool, terms.items, terms.count);
    }
    expr_list_clear(&terms);
    memory_free(before);
    return sums;
}

expr_id index_expression(struct derivation *derivation, const struct index_form *form)
{
    struct pool *pool = network_pool(derivation->network);
    expr_id *sums = NULL;
    for (size_t i = form->first; i <= form->last; i++)
        sums = layer_sums(derivation, form, i, sums);
    struct expr_list terms;
    expr_list_init(&terms);
    for (size_t k = 0; k < derivation->signal_count; k++)
        expr_list_push(&terms,
                       expr_multiply(pool, derivation->signals[k].symbol, sums[k]));
    if (derivation->is_direct)
        expr_list_push(&terms,
                       graph_label(derivation->graph, derivation->from, derivation->to));
    expr_id sum = expr_sum(pool, terms.items, terms.count);
    expr_list_clear(&terms);
    memory_free(sums);
    return sum;
}
