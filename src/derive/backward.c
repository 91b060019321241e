#include "derive/backward.h"

#include "base/memory.h"
#include "base/name.h"
#include "derive/alike.h"
#include "derive/form.h"
#include "derive/rule.h"
#include "expr/walk.h"

#include <string.h>

expr_id backward_name(struct network *network, node_id goal, node_id node)
{
    struct buf name;
    buf_init(&name);
    expr_id symbol = 0;
    bool is_named = network_kind(network, goal) == NODE_ERROR &&
                    (network_delta_name(network, node, &name) ||
                     network_output_delta_name(network, goal, node, &name));
    if (is_named && network_find(network, buf_peek(&name)) < 0)
        symbol = expr_symbol(network_pool(network), buf_peek(&name));
    buf_clear(&name);
    return symbol;
}

static expr_id signal_symbol(struct derivation *derivation, node_id node)
{
    return backward_name(derivation->network, derivation->to, node);
}

static bool feeds_only_goal(struct graph *graph, node_id node)
{
    node_id *users = NULL;
    size_t count = 0;
    graph_list_successors(graph, node, &users, &count);
    bool only = count == 1 && users[0] == graph_to(graph);
    memory_free(users);
    return only;
}

bool backward_outputs_apart(struct graph *graph)
{
    node_id *outputs = NULL;
    size_t count = 0;
    graph_list_predecessors(graph, graph_to(graph), &outputs, &count);
    bool apart = true, any = false;
    for (size_t i = 0; apart && i < count; i++) {
        if (outputs[i] == graph_from(graph)) /* a direct edge is a path without output */
            continue;
        any = true;
        apart = feeds_only_goal(graph, outputs[i]) &&
                backward_name(graph_network(graph), graph_to(graph), outputs[i]);
    }
    memory_free(outputs);
    return apart && any;
}

/* The layer of a unit whose sum is a node of its own, else NULL: such a unit has no error
 * signal. */
static const struct layer *activation_of(const struct network *network, node_id node)
{
    int64_t place;
    const struct layer *layer = network_layer_of(network, node, &place);
    bool is_unit = layer && network_kind(network, node) == NODE_UNIT;
    return is_unit && !layer_has_sum(layer, node) ? layer : NULL;
}

bool backward_is_passed(const struct network *network, node_id node)
{
    return activation_of(network, node) != NULL;
}

expr_id backward_product(struct pool *pool, expr_id factor, expr_id signal,
                         bool is_output)
{
    return is_output ? expr_multiply(pool, signal, factor)
                     : expr_multiply(pool, factor, signal);
}

static void add_node(struct signal **signals, size_t *count, node_id node)
{
    for (size_t i = 0; i < *count; i++)
        if ((*signals)[i].node == node)
            return;
    *signals = memory_array(*signals, *count + 1, sizeof **signals);
    (*signals)[(*count)++] = (struct signal){.node = node};
}

/* The outputs, or their pre-activations on the way. */
static void find_carriers(struct derivation *derivation)
{
    for (size_t i = 0; i < derivation->output_count; i++) {
        node_id output = derivation->outputs[i], *sums = NULL;
        size_t count = 0;
        if (activation_of(derivation->network, output))
            graph_list_predecessors(derivation->graph, output, &sums, &count);
        else
            add_node(&derivation->signals, &derivation->signal_count, output);
        for (size_t k = 0; k < count; k++)
            add_node(&derivation->signals, &derivation->signal_count, sums[k]);
        memory_free(sums);
    }
}

static bool is_output(const struct derivation *derivation, node_id node)
{
    for (size_t i = 0; i < derivation->output_count; i++)
        if (derivation->outputs[i] == node)
            return true;
    return false;
}

/* Whether all that follows the node leads through the outputs straight to the goal. */
static bool feeds_only_outputs(struct derivation *derivation, node_id node)
{
    node_id *users = NULL;
    size_t count = 0;
    bool only = true;
    graph_list_successors(derivation->graph, node, &users, &count);
    for (size_t i = 0; only && i < count; i++)
        only = users[i] == derivation->to || is_output(derivation, users[i]);
    memory_free(users);
    return only;
}

/* Whether each path by an output runs through exactly one of the carriers, and all have
 * free names. */
static bool carriers_are_apart(struct derivation *derivation)
{
    bool apart = derivation->signal_count > 0;
    for (size_t i = 0; apart && i < derivation->output_count; i++)
        apart = feeds_only_goal(derivation->graph, derivation->outputs[i]);
    for (size_t i = 0; apart && i < derivation->signal_count; i++) {
        node_id node = derivation->signals[i].node;
        apart = node != derivation->from && signal_symbol(derivation, node) &&
                feeds_only_outputs(derivation, node);
    }
    return apart;
}

/* The chosen symbol itself may be a unit of the output layer: then a sum does not carry
 * all. */
void backward_name_outputs(struct derivation *derivation)
{
    find_carriers(derivation);
    derivation->has_signals = carriers_are_apart(derivation);
    if (!derivation->has_signals)
        derivation->signal_count = 0;
    for (size_t i = 0; i < derivation->signal_count; i++) {
        struct signal *signal = &derivation->signals[i];
        signal->symbol = signal_symbol(derivation, signal->node);
    }
}

void backward_set_value(struct derivation *derivation, struct signal *signal,
                        expr_id value)
{
    signal->value = value;
    defs_set(network_defs(derivation->network), signal->symbol, value);
}

expr_id backward_signal(struct derivation *derivation, node_id node)
{
    struct pool *pool = network_pool(derivation->network);
    expr_id known = form_signal(derivation, node);
    if (known)
        return known;
    if (node != derivation->from && activation_of(derivation->network, node))
        return backward_sum(derivation, node, false);
    expr_id plain =
        expr_derivative(pool, network_symbol(derivation->network, derivation->to),
                        network_symbol(derivation->network, node));
    expr_id symbol = node == derivation->from ? 0 : signal_symbol(derivation, node);
    if (!symbol)
        return plain;
    defs_set(network_defs(derivation->network), symbol, plain);
    return symbol;
}

static expr_id edge_term(struct derivation *derivation, node_id source, node_id target,
                         bool fractions)
{
    struct pool *pool = network_pool(derivation->network);
    struct network *network = derivation->network;
    expr_id label = fractions ? expr_local(pool, network_symbol(network, target),
                                           network_symbol(network, source))
                              : graph_label(derivation->graph, source, target);
    if (target == derivation->to)
        return label;
    expr_id signal = backward_signal(derivation, target);
    if (expr_is_integer(pool, label, 1))
        return signal;
    if (expr_is_integer(pool, label, -1))
        return expr_negate(pool, signal);
    return backward_product(
        pool, label, signal,
        activation_of(network, target) &&
            graph_has_edge(derivation->graph, target, derivation->to));
}

expr_id backward_sum(struct derivation *derivation, node_id node, bool fractions)
{
    node_id *users = NULL;
    size_t count = 0;
    struct expr_list terms;
    expr_list_init(&terms);
    graph_list_successors(derivation->graph, node, &users, &count);
    for (size_t i = 0; i < count; i++)
        expr_list_push(&terms, edge_term(derivation, node, users[i], fractions));
    memory_free(users);
    expr_id sum = expr_sum(network_pool(derivation->network), terms.items, terms.count);
    expr_list_clear(&terms);
    return sum;
}

expr_id rewrite_backward(struct rule_context *context, expr_id part)
{
    struct derivation *derivation = context->derivation;
    for (size_t i = 0; i < derivation->backward_count; i++)
        if (derivation->backward[i].symbol == part)
            return backward_sum(derivation, derivation->backward[i].node, false);
    return 0;
}

/* Whether the node before it, of the same layer, stands for this one. */
static bool is_spoken_for(struct derivation *derivation, const struct alike *alike,
                          size_t i)
{
    int64_t place;
    const node_id *nodes = derivation->definitions;
    if (!derivation->is_compact || i == 0)
        return false;
    const struct layer *mine = network_layer_of(derivation->network, nodes[i], &place);
    const struct layer *before =
        network_layer_of(derivation->network, nodes[i - 1], &place);
    return mine && mine == before && layer_has_sum(mine, nodes[i - 1]) &&
           alike_units(alike, mine);
}

static void add_backward(struct derivation *derivation, node_id node)
{
    size_t i = derivation->backward_count++;
    derivation->backward =
        memory_array(derivation->backward, i + 1, sizeof *derivation->backward);
    expr_id symbol = backward_signal(derivation, node);
    derivation->backward[i] = (struct signal){.node = node, .symbol = symbol};
    derivation->backward[i].value = backward_sum(derivation, node, false);
}

bool backward_has_equation(const struct derivation *derivation, node_id node)
{
    return !form_signal(derivation, node) && !activation_of(derivation->network, node);
}

void backward_equations(struct derivation *derivation)
{
    struct alike alike;
    alike_init(&alike, derivation->network);
    for (size_t i = 0; i < derivation->definition_count; i++) {
        node_id node = derivation->definitions[i];
        if (backward_has_equation(derivation, node) &&
            !is_spoken_for(derivation, &alike, i))
            add_backward(derivation, node);
    }
    alike_clear(&alike);
    add_backward(derivation, derivation->from);
}
