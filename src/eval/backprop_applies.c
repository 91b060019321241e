#include "eval/backprop.h"

static bool is_of_layer(const struct network *network, node_id node)
{
    enum node_kind kind = network_kind(network, node);
    return kind == NODE_UNIT || kind == NODE_PREACTIVATION;
}

static bool errors_are_known(const struct network *network)
{
    if (network_error_kind(network) == ERROR_EQUATION)
        return false;
    size_t range_count;
    const struct range *ranges = network_outputs(network, &range_count);
    int64_t target = 0;
    for (size_t i = 0; i < range_count; i++) {
        if (!is_of_layer(network, ranges[i].first))
            return false;
        for (int64_t k = 0; k < ranges[i].count; k++)
            if (network_is_defined(network, network_target(network, target++)))
                return false;
    }
    return true;
}

static bool activations_are_known(const struct network *network)
{
    bool have_arbitrary = false;
    for (size_t l = 0; l < network_layer_count(network); l++) {
        const struct layer *layer = network_layer(network, l);
        const struct function *function = network_activation(network, layer);
        if (function != NULL && !activation_is_known(function))
            return false;
        have_arbitrary |= function != NULL && function->id == FUNCTION_ARBITRARY;
    }
    return !have_arbitrary || backprop_is_rational(network);
}

bool backprop_applies(const struct network *network)
{
    for (node_id node = network_error(network) - 1;
         node >= 0 && network_is_defined(network, node); node--)
        if (!is_of_layer(network, node))
            return false;
    return errors_are_known(network) && activations_are_known(network);
}

bool backprop_is_rational(const struct network *network)
{
    enum error_kind kind = network_error_kind(network);
    if (kind == ERROR_CROSS_ENTROPY || kind == ERROR_BINARY_CROSS_ENTROPY)
        return false;
    for (size_t l = 0; l < network_layer_count(network); l++) {
        const struct layer *layer = network_layer(network, l);
        const struct function *function = network_activation(network, layer);
        if (layer->activation == ACTIVATION_SOFTMAX ||
            (function != NULL && !activation_is_rational(function)))
            return false;
    }
    return true;
}
