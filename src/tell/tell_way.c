#include "tell/tell_way.h"

#include "base/memory.h"

/* The nodes on the only path to an output, in its order, the ends left out; the caller
 * frees. */
static size_t only_path(struct derivation *derivation, node_id output, node_id **nodes)
{
    size_t length = 0;
    *nodes = NULL;
    for (node_id node = output;;) {
        node_id *sources = NULL;
        size_t count = 0;
        graph_list_predecessors(derivation->graph, node, &sources, &count);
        node = sources[0];
        memory_free(sources);
        if (node == derivation->from)
            break;
        *nodes = memory_array(*nodes, length + 1, sizeof **nodes);
        (*nodes)[length++] = node;
    }
    for (size_t i = 0; i < length / 2; i++) {
        node_id swap = (*nodes)[i];
        (*nodes)[i] = (*nodes)[length - 1 - i];
        (*nodes)[length - 1 - i] = swap;
    }
    return length;
}

static void tell_only_path(struct sentence *sentence, struct block *block,
                           struct derivation *derivation, node_id output)
{
    node_id *nodes;
    size_t count = only_path(derivation, output, &nodes);
    sentence_node(sentence, output);
    sentence_nodes(sentence, nodes, count);
    sentence_end(sentence, block,
                 count ? N_("One path leads to {1}, through {2}.")
                       : N_("One edge leads straight to {1}."));
    memory_free(nodes);
}

/* How the paths to an output differ: by the last unit before it (`count` of them), by
 * being one edge. */
static const char *paths_sentence(size_t paths, size_t count, bool straight)
{
    if (straight && paths == count + 1)
        return N_("{1} paths lead to {2}, straight and through {3}. The chain rule gives "
                  "one product for each.");
    if (straight)
        return count == 1
                   ? N_("{1} paths lead to {2}, one straight and the others through {3}. "
                        "The chain rule gives one product for each.")
                   : N_("{1} paths lead to {2}, one straight and each of the others "
                        "through one of {3}. The chain rule gives one product for each.");
    if (paths == count)
        return N_("{1} paths lead to {2}, through {3}. The chain rule gives one product "
                  "for each.");
    if (count > 1)
        return N_("{1} paths lead to {2}, each through one of {3}. The chain rule gives "
                  "one product for each.");
    return paths == 2 ? N_("{1} paths lead to {2}, both through {3}. The chain rule "
                           "gives one product for each.")
                      : N_("{1} paths lead to {2}, all through {3}. The chain rule gives "
                           "one product for each.");
}

static void tell_several_paths(struct sentence *sentence, struct block *block,
                               struct derivation *derivation, node_id output)
{
    mpz_srcptr paths = graph_count(derivation->graph, output);
    node_id *through = NULL;
    size_t count = 0, kept = 0;
    graph_list_predecessors(derivation->graph, output, &through, &count);
    for (size_t i = 0; i < count; i++)
        if (through[i] != derivation->from)
            through[kept++] = through[i];
    sentence_count(sentence, paths, true);
    sentence_node(sentence, output);
    sentence_nodes(sentence, through, kept);
    sentence_end(sentence, block, paths_sentence(mpz_get_ui(paths), kept, kept < count));
    memory_free(through);
}

void tell_paths_to(struct sentence *sentence, struct block *block,
                   struct derivation *derivation, node_id output)
{
    if (mpz_cmp_ui(graph_count(derivation->graph, output), 1) == 0)
        tell_only_path(sentence, block, derivation, output);
    else
        tell_several_paths(sentence, block, derivation, output);
}

static bool uses(struct network *network, node_id node, node_id argument)
{
    size_t count = 0;
    node_id *arguments = network_arguments(network, node, &count);
    bool found = false;
    for (size_t i = 0; i < count && !found; i++)
        found = arguments[i] == argument;
    memory_free(arguments);
    return found;
}

/* Definitions beside the way in which the chosen symbol stands all the same: `u h_0` with
   `h_0 = 0`. Units of layers use a weight on the way only. */
static void tell_zero_edges(struct sentence *sentence, struct block *block,
                            struct derivation *derivation)
{
    node_id *nodes = memory_array(NULL, derivation->idle_count, sizeof *nodes);
    size_t count = 0;
    for (size_t i = 0; i < derivation->idle_count; i++)
        if (network_kind(derivation->network, derivation->idle[i]) != NODE_UNIT &&
            !graph_is_reached(derivation->graph, derivation->idle[i]) &&
            uses(derivation->network, derivation->idle[i], derivation->from))
            nodes[count++] = derivation->idle[i];
    sentence_node(sentence, derivation->from);
    sentence_nodes(sentence, nodes, count);
    const char *text = count ? N_("Although {1} stands in the definition of {2}, the "
                                  "derivative with respect to it is 0 there.")
                             : "";
    sentence_end(sentence, block, text);
    memory_free(nodes);
}

void tell_idle(struct sentence *sentence, struct block *block,
               struct derivation *derivation)
{
    sentence_nodes(sentence, derivation->idle, derivation->idle_count);
    sentence_node(sentence, derivation->from);
    sentence_node(sentence, derivation->to);
    sentence_end(sentence, block,
                 derivation->idle_count == 1
                     ? N_("The definition of {1} does not matter: it lies on no path "
                          "from {2} to {3}.")
                     : N_("The definitions of {1} do not matter: they lie on no path "
                          "from {2} to {3}."));
    tell_zero_edges(sentence, block, derivation);
}
