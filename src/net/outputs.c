#include "net/outputs.h"

#include "base/memory.h"
#include "base/name.h"

#include <inttypes.h>
#include <string.h>

enum { CANDIDATES = 20 };

static bool say_no_output(const struct network *network, const struct plan_name *name,
                          struct diags *diags)
{
    struct place place = plan_place(&network->plan, name->span);
    char *near = network_nearest(network, name->name);

    if (near != NULL)
        diag_at(diags, DIAG_NET_NO_OUTPUT_NEAR, place, name->name, near, NULL);
    else
        diag_at(diags, DIAG_NET_NO_OUTPUT, place, name->name, NULL);
    memory_free(near);
    return false;
}

static bool find_stated_of(struct network *network, int64_t sample, struct diags *diags)
{
    const struct plan_names *stated = &network->plan.outputs;
    struct pieces *found = &network->output_pieces;

    for (size_t i = 0; i < stated->count; i++) {
        size_t before = found->count;
        bool good = sources_find(network, stated->items[i].name, sample,
                                 network->layer_count, found);

        for (size_t k = before; k < found->count; k++)
            good = good && block_is_defined(&network->blocks[found->items[k].block]);
        if (!good)
            return say_no_output(network, &stated->items[i], diags);
    }
    return true;
}

static bool find_stated(struct network *network, struct diags *diags)
{
    for (size_t s = 0; s < samples_of(network); s++)
        if (!find_stated_of(network, (int64_t)s, diags))
            return false;
    return true;
}

static void write_candidate(const struct network *network, size_t block, struct buf *out)
{
    const struct block *candidate = &network->blocks[block];

    if (candidate->symbol != 0)
        name_plain(out, expr_peek_name(network->pool, candidate->symbol));
    else
        name_plain(out, candidate->head);
}

static bool say_unclear(const struct network *network, const struct topology *topology,
                        struct diags *diags)
{
    struct buf text;
    size_t count = 0;

    buf_init(&text);
    for (size_t i = 0; i < topology->count; i++) {
        if (topology_is_used(topology, topology->blocks[i]) || ++count > CANDIDATES)
            continue;
        buf_text(&text, count > 1 ? ", " : "");
        write_candidate(network, topology->blocks[i], &text);
    }
    buf_text(&text, count > CANDIDATES ? ", ..." : "");
    diag_at(diags, DIAG_NET_OUTPUTS_UNCLEAR,
            plan_place(&network->plan, network->plan.error.span), buf_peek(&text), NULL);
    buf_clear(&text);
    return false;
}

/* Without layers: the definitions that nothing uses, if they are one or of one letter. */
static bool find_unused(struct network *network, const struct topology *topology)
{
    struct pieces *found = &network->output_pieces;

    for (size_t i = 0; i < topology->count; i++) {
        size_t block = topology->blocks[i];
        const char *first;

        if (topology_is_used(topology, block))
            continue;
        first = found->count > 0 ? network->blocks[found->items[0].block].head : NULL;
        if (first != NULL && strcmp(first, network->blocks[block].head) != 0) {
            pieces_clear(found);
            return false;
        }
        piece_add(found, (struct piece){block, 0, 1});
    }
    return found->count > 0;
}

static bool find_default(struct network *network, const struct topology *topology)
{
    size_t layers = network->layer_count, samples = samples_of(network);

    if (layers == 0)
        return find_unused(network, topology);
    for (size_t s = 0; s < samples; s++) {
        size_t last = network->parts[layers - samples + s].units;

        if (topology_is_used(topology, last))
            return false;
        piece_add(&network->output_pieces,
                  (struct piece){last, 0, network->blocks[last].count});
    }
    return true;
}

static bool is_equation(const struct network *network)
{
    return network->plan.error.kind == ERROR_EQUATION;
}

static bool is_countable(const struct network *network, struct diags *diags)
{
    return network->output_pieces.total <= OUTPUT_LIMIT ||
           diag_at(diags, DIAG_NET_OUTPUTS_TOO_MANY,
                   plan_place(&network->plan, network->plan.error.span), "1,000,000",
                   NULL);
}

/* The targets of one sample. */
static bool add_family_of(struct network *network, struct block block, bool single,
                          struct diags *diags)
{
    size_t added = block_add(network, block);
    struct buf name;
    bool good;

    piece_add(&network->target_pieces, (struct piece){added, 0, block.count});
    if (!single) {
        templates_add_targets(network, added);
        return true;
    }
    buf_init(&name);
    sample_name(network, block.head, block.sample, &name);
    good = block_name(network, added, buf_peek(&name), diags);
    buf_clear(&name);
    return good;
}

/* One target for each output, numbered on; without index if there is one output without.
 */
static bool add_family(struct network *network, const struct plan_name *letter,
                       struct diags *diags)
{
    const struct pieces *outputs = &network->output_pieces;
    int64_t count = outputs->total / (int64_t)samples_of(network);
    struct block block = {.kind = NODE_TARGET,
                          .count = count,
                          .head = letter->name,
                          .index = network->plan.units_from,
                          .span = letter->span};
    bool single =
        count == 0 || (count == 1 && network->blocks[outputs->items[0].block].index < 0);

    block.count = single ? 1 : block.count;
    block.index = single ? -1 : block.index;
    for (size_t s = 0; s < samples_of(network); s++) {
        block.sample = (int64_t)s;
        if (!add_family_of(network, block, single, diags))
            return false;
    }
    templates_seal(network);
    return templates_check(network, diags);
}

/* What a name among the targets means already, in every sample. */
static bool find_known(struct network *network, const char *name)
{
    for (size_t s = 0; s < samples_of(network); s++)
        if (!sources_find(network, name, (int64_t)s, network->layer_count,
                          &network->target_pieces))
            return false;
    return true;
}

static bool say_target_count(const struct network *network, struct diags *diags)
{
    const struct plan_names *targets = &network->plan.targets;
    struct span span =
        targets->count > 0 ? targets->items[0].span : network->plan.error.span;
    int64_t samples = (int64_t)samples_of(network);
    struct buf counts[2];

    buf_init(&counts[0]);
    buf_init(&counts[1]);
    buf_format(&counts[0], "%" PRId64, network->target_pieces.total / samples);
    buf_format(&counts[1], "%" PRId64, network->output_pieces.total / samples);
    diag_at(diags, DIAG_NET_TARGET_COUNT, plan_place(&network->plan, span),
            buf_peek(&counts[0]), buf_peek(&counts[1]), NULL);
    buf_clear(&counts[0]);
    buf_clear(&counts[1]);
    return false;
}

static bool find_targets(struct network *network, struct diags *diags)
{
    static const struct plan_name standard = {.name = "t", .size = -1};
    const struct plan_names *stated = &network->plan.targets;
    struct pieces *found = &network->target_pieces;

    for (size_t i = 0; i < stated->count; i++)
        if (!find_known(network, stated->items[i].name) &&
            !add_family(network, &stated->items[i], diags))
            return false;
    if (stated->count == 0 && !is_equation(network) &&
        !add_family(network, &standard, diags))
        return false;
    sample_sort(network, found);
    if (found->total == network->output_pieces.total)
        return true;
    if (!is_equation(network))
        return say_target_count(network, diags);
    pieces_clear(found);
    return true;
}

bool outputs_find(struct network *network, const struct topology *topology,
                  struct diags *diags)
{
    bool found = network->plan.outputs.count > 0 ? find_stated(network, diags)
                                                 : find_default(network, topology);

    if (!found && network->plan.outputs.count > 0)
        return false;
    if (!found && !is_equation(network))
        return say_unclear(network, topology, diags);
    sample_sort(network, &network->output_pieces);
    return is_countable(network, diags) && find_targets(network, diags);
}
