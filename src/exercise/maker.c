#include "exercise/maker.h"

#include "base/memory.h"
#include "derive/derive.h"

enum { MOST_PATHS = 12, MOST_TRIES = 50 };

/* Beyond this one derivation takes seconds. */
static const double most_edges = 1e6;

/* SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
 */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

size_t maker_below(struct maker *maker, size_t count)
{
    return (size_t)(next_random(&maker->state) % count);
}

void maker_shuffle(struct maker *maker, size_t *items, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t other = maker_below(maker, i), item = items[i - 1];
        items[i - 1] = items[other];
        items[other] = item;
    }
}

static bool is_free_parameter(const struct network *network, node_id node)
{
    enum node_kind kind = network_kind(network, node);
    return (kind == NODE_PARAMETER || kind == NODE_WEIGHT || kind == NODE_BIAS) &&
           !network_is_fixed(network, node);
}

/* A group of leaves first, so that small layers come up as often as large ones. */
node_id maker_parameter(struct maker *maker)
{
    const struct network_leaves *leaves = network_leaves(maker->network);
    for (int i = 0; leaves->count > 0 && i < MOST_TRIES; i++) {
        struct range range = leaves->ranges[maker_below(maker, leaves->count)];
        if (range.count == 0)
            continue;
        node_id node = range.first + (node_id)maker_below(maker, (size_t)range.count);
        if (is_free_parameter(maker->network, node))
            return node;
    }
    return -1;
}

double maker_edges(const struct maker *maker)
{
    double edges = (double)network_count(maker->network);
    for (size_t i = 0; i < network_layer_count(maker->network); i++) {
        const struct layer *layer = network_layer(maker->network, i);
        edges += (double)layer->size * (double)layer->fan_in;
    }
    return edges;
}

static bool has_few_paths(struct maker *maker, node_id node)
{
    struct graph *graph = graph_new(maker->network, node, maker->error);
    mpz_srcptr total = graph_total(graph);
    bool has_few = mpz_sgn(total) > 0 && mpz_cmp_ui(total, MOST_PATHS) <= 0;
    graph_free(graph);
    return has_few;
}

static bool is_proved(const struct derivation *derivation)
{
    for (size_t i = 0; i < derivation->chain_count; i++) {
        const struct chain *chain = &derivation->chains[i];
        for (size_t k = 0; k < chain->count; k++)
            if (chain->steps[k].verdict != VERDICT_PROVED)
                return false;
    }
    return true;
}

/* Limits are no reason to fail, but to ask something else. */
static bool derive_silently(struct maker *maker, struct derivation *derivation,
                            node_id node)
{
    struct budget budget = *maker->request->budget;
    struct diags diags;
    budget.max_terms = MOST_PATHS;
    diags_init(&diags);
    bool ok = derive(derivation, maker->network, node, maker->error, &budget, &diags);
    if (!ok && diags_status(&diags) == STATUS_INTERNAL)
        diag(maker->diags, DIAG_INTERNAL, diags.items[0].arguments[0], NULL);
    diags_clear(&diags);
    return ok && is_proved(derivation);
}

struct derivation *maker_derivation(struct maker *maker, node_id node)
{
    for (size_t i = 0; i < maker->derivation_count; i++)
        if (maker->derivations[i]->from == node)
            return maker->derivations[i];
    if (maker_edges(maker) > most_edges || !has_few_paths(maker, node))
        return NULL;
    struct derivation *derivation = memory_zeroed(1, sizeof *derivation);
    if (!derive_silently(maker, derivation, node)) {
        derivation_clear(derivation);
        memory_free(derivation);
        return NULL;
    }
    maker->derivations = memory_array(maker->derivations, maker->derivation_count + 1,
                                      sizeof *maker->derivations);
    maker->derivations[maker->derivation_count++] = derivation;
    return derivation;
}

expr_id maker_result(const struct derivation *derivation)
{
    for (size_t i = 0; i < derivation->chain_count; i++)
        if (derivation->chains[i].role == CHAIN_RESULT)
            return chain_end(&derivation->chains[i]);
    return 0;
}
