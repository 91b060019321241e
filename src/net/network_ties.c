/* Tied layers: edges whose names agree share one parameter, with each other and with what
   has the name elsewhere. Only here is something stored an edge. */
#include "net/parts.h"

#include "base/memory.h"
#include "base/name.h"

struct tier {
    struct network *network;
    const struct names *names;
    struct diags *diags;
    struct pool *seen;  /* names of the parameters of tied layers */
    struct slot *slots; /* by symbol of `seen` */
    size_t slot_count;
};

bool layer_ties_weights(const struct network *network, size_t layer)
{
    const struct plan_template *own = &layer_plan(network, layer)->weights;

    return own->text != NULL ? own->tied : network->plan.written.weights.tied;
}

bool layer_ties_biases(const struct network *network, size_t layer)
{
    const struct plan_template *own = &layer_plan(network, layer)->biases;

    return own->text != NULL ? own->tied : network->plan.written.biases.tied;
}

static bool is_parameter(enum node_kind kind)
{
    return kind == NODE_PARAMETER || kind == NODE_WEIGHT || kind == NODE_BIAS;
}

/* What has the name outside of the tied layers. */
static struct slot find_outside(const struct tier *tier, const char *name)
{
    const struct network *network = tier->network;
    struct slot slot = slot_of_symbol(network, expr_find_symbol(network->pool, name));

    return slot.block != SIZE_MAX ? slot : names_find(tier->names, name, true);
}

static struct slot *seen_slot(struct tier *tier, const char *name)
{
    expr_id symbol = expr_symbol(tier->seen, name);

    if (symbol >= tier->slot_count) {
        size_t count = tier->slot_count;

        tier->slot_count = 2 * (size_t)symbol + 16;
        tier->slots = memory_array(tier->slots, tier->slot_count, sizeof *tier->slots);
        for (size_t i = count; i < tier->slot_count; i++)
            tier->slots[i] = SLOT_NONE;
    }
    return &tier->slots[symbol];
}

static bool refuse(const struct tier *tier, const char *canonical, size_t block,
                   struct slot other)
{
    const struct network *network = tier->network;
    struct buf name;

    buf_init(&name);
    name_plain(&name, canonical);
    diag_at(tier->diags, DIAG_NET_SAME_NAME,
            plan_place(&network->plan, network->blocks[block].span), buf_peek(&name),
            NULL);
    diag_at(tier->diags, DIAG_NOTE_HERE,
            plan_place(&network->plan, network->blocks[other.block].span),
            buf_peek(&name), NULL);
    buf_clear(&name);
    return false;
}

static void lend(struct network *network, size_t borrower, struct slot owner)
{
    const struct block *block = &network->blocks[owner.block];

    if (block->kind != NODE_PARAMETER && owner.block != borrower)
        network->parts[block->owner].lends = true;
}

/* The owner of one edge; a name that nothing has yet is a new parameter of the layer. */
static bool tie_edge(struct tier *tier, struct ties *ties, struct slot edge,
                     const char *name)
{
    struct slot owner = find_outside(tier, name), *seen;

    if (owner.block != SIZE_MAX && !is_parameter(tier->network->blocks[owner.block].kind))
        return refuse(tier, name, edge.block, owner);
    if (owner.block == SIZE_MAX) {
        seen = seen_slot(tier, name);
        if (seen->block == SIZE_MAX) {
            ties->firsts[ties->own] = edge.place;
            *seen = (struct slot){edge.block, ties->own++};
        }
        owner = *seen;
    }
    lend(tier->network, edge.block, owner);
    ties->owners[edge.place] = owner;
    return true;
}

static bool tie_block(struct tier *tier, struct ties *ties, size_t block)
{
    int64_t count = tier->network->blocks[block].count;
    struct buf name;
    bool good = true;

    ties->owners = memory_array(NULL, (size_t)count, sizeof *ties->owners);
    ties->firsts = memory_array(NULL, (size_t)count, sizeof *ties->firsts);
    buf_init(&name);
    for (int64_t place = 0; place < count && good; place++) {
        struct slot edge = {block, place};

        buf_truncate(&name, 0);
        names_write(tier->names, edge, &name);
        good = tie_edge(tier, ties, edge, buf_peek(&name));
    }
    buf_clear(&name);
    tier->network->blocks[block].count = ties->own;
    return good;
}

static bool is_small_enough(const struct network *network, struct diags *diags)
{
    int64_t edges = 0;

    for (size_t i = 0; i < network->layer_count; i += samples_of(network)) {
        const struct layer_parts *parts = &network->parts[i];

        if (layer_ties_weights(network, i))
            edges += network->blocks[parts->weights].count;
        if (parts->biases != SIZE_MAX && layer_ties_biases(network, i))
            edges += network->blocks[parts->biases].count;
        if (edges > TIED_LIMIT)
            return diag_at(diags, DIAG_NET_TIED_TOO_LARGE,
                           plan_place(&network->plan, layer_plan(network, i)->span),
                           "1,000,000", NULL);
    }
    return true;
}

bool ties_make(struct network *network, struct diags *diags)
{
    struct tier tier = {.network = network,
                        .names =
                            network->same_names ? &network->shown : &network->written,
                        .diags = diags};
    bool good = is_small_enough(network, diags);

    tier.seen = pool_new();
    for (size_t i = 0; i < network->layer_count && good; i += samples_of(network)) {
        struct layer_parts *parts = &network->parts[i];

        if (layer_ties_weights(network, i))
            good = tie_block(&tier, &parts->weight_ties, parts->weights);
        if (good && parts->biases != SIZE_MAX && layer_ties_biases(network, i))
            good = tie_block(&tier, &parts->bias_ties, parts->biases);
    }
    pool_free(tier.seen);
    memory_free(tier.slots);
    return good;
}
