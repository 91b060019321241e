#include "derive/backward.h"

#include "base/memory.h"
#include "base/name.h"
#include "derive/alike.h"
#include "derive/form.h"
#include "derive/rule.h"
#include "expr/walk.h"

#include <string.h>

static bool same_subscript(const struct name *a, const struct name *b)
{
    return a->sub_length == b->sub_length && strncmp(a->sub, b->sub, a->sub_length) == 0;
}

/* An output that an equation defines takes its index to the error signal, where no other has it. */
static bool name_by_index(struct network *network, node_id goal, node_id node, struct buf *out)
{
    struct buf mine, other;
    struct name name, rival;
    size_t count = 0;
    bool is_output = false, unique;
    buf_init(&mine);
    network_name(network, node, &mine);
    unique = name_split(&name, buf_peek(&mine)) && name.sub_length > 0;
    node_id *arguments = network_arguments(network, goal, &count);
    for (size_t i = 0; unique && i < count; i++) {
        is_output = is_output || arguments[i] == node;
        if (arguments[i] == node || !network_is_defined(network, arguments[i]))
            continue;
        buf_init(&other);
        network_name(network, arguments[i], &other);
        unique = name_split(&rival, buf_peek(&other)) && !same_subscript(&name, &rival);
        buf_clear(&other);
    }
    if (unique && is_output)
        buf_format(out, "\\delta_{%.*s}", (int)name.sub_length, name.sub);
    memory_free(arguments);
    buf_clear(&mine);
    return unique && is_output;
}

expr_id backward_name(struct network *network, node_id goal, node_id node)
{
    struct buf name;
    buf_init(&name);
    expr_id symbol = 0;
    bool is_named = network_kind(network, goal) == NODE_ERROR &&
                    (network_delta_name(network, node, &name) ||
                     (network_kind(network, node) == NODE_DEFINED &&
                      name_by_index(network, goal, node, &name)));
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

void backward_name_outputs(struct derivation *derivation)
{
    derivation->has_signals = backward_outputs_apart(derivation->graph);
    if (!derivation->has_signals)
        return;
    derivation->signals = memory_array(NULL, derivation->output_count, sizeof(struct signal));
    for (size_t i = 0; i < derivation->output_count; i++) {
        node_id node = derivation->outputs[i];
        expr_id value = graph_label(derivation->graph, node, derivation->to);
        derivation->signals[i] = (struct signal){node, signal_symbol(derivation, node), value};
        defs_set(network_defs(derivation->network), derivation->signals[i].symbol, value);
    }
    derivation->signal_count = derivation->output_count;
}

static bool is_output(const struct derivation *derivation, node_id node)
{
    for (size_t i = 0; i < derivation->output_count; i++)
        if (derivation->outputs[i] == node)
            return true;
    return false;
}

expr_id backward_signal(struct derivation *derivation, node_id node)
{
    struct pool *pool = network_pool(derivation->network);
    if (derivation->has_signals && is_output(derivation, node))
        return form_output_label(derivation, node, true);
    expr_id plain = expr_derivative(pool, network_symbol(derivation->network, derivation->to),
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
    return expr_multiply(pool, label, signal);
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
static bool is_spoken_for(struct derivation *derivation, const struct alike *alike, size_t i)
{
    int64_t place;
    const node_id *nodes = derivation->definitions;
    if (!derivation->is_compact || i == 0)
        return false;
    const struct layer *mine = network_layer_of(derivation->network, nodes[i], &place);
    const struct layer *before = network_layer_of(derivation->network, nodes[i - 1], &place);
    return mine && mine == before && alike_units(alike, mine);
}

static void add_backward(struct derivation *derivation, node_id node)
{
    size_t i = derivation->backward_count++;
    derivation->backward =
        memory_array(derivation->backward, i + 1, sizeof *derivation->backward);
    expr_id symbol = backward_signal(derivation, node);
    derivation->backward[i] = (struct signal){node, symbol, 0};
    derivation->backward[i].value = backward_sum(derivation, node, false);
}

void backward_equations(struct derivation *derivation)
{
    struct alike alike;
    alike_init(&alike, derivation->network);
    for (size_t i = 0; i < derivation->definition_count; i++) {
        node_id node = derivation->definitions[i];
        bool is_given = derivation->has_signals && is_output(derivation, node);
        if (!is_given && !is_spoken_for(derivation, &alike, i))
            add_backward(derivation, node);
    }
    alike_clear(&alike);
    add_backward(derivation, derivation->from);
}
