/* The first phase: every name is declared, sources are found, names become findable. */
#include "net/parts.h"

#include "base/memory.h"
#include "base/name.h"

#include <inttypes.h>
#include <string.h>

/* How often each letter names a layer or the inputs. */
struct letters {
    struct pool *pool;
    unsigned *times; /* by symbol */
};

static void count_letters(const struct network_plan *plan, struct letters *letters)
{
    letters->pool = pool_new();
    letters->times =
        memory_zeroed(plan->layer_count + plan->inputs.count + 2, sizeof *letters->times);
    for (size_t i = 0; i < plan->inputs.count; i++)
        letters->times[expr_symbol(letters->pool, plan->inputs.items[i].name)]++;
    for (size_t i = 0; i < plan->layer_count; i++)
        letters->times[expr_symbol(letters->pool, plan->layers[i].name)]++;
}

static bool is_shared(const struct letters *letters, const char *name)
{
    expr_id symbol = expr_find_symbol(letters->pool, name);

    return symbol != 0 && letters->times[symbol] > 1;
}

static char *keep(struct network *network, const char *text, size_t length)
{
    return arena_strndup(&network->plan.arena, text, length);
}

/* The index that a single name ends in, as in `r_{2}`; -1 if there is none. */
static int64_t single_index(const struct name *name)
{
    int64_t index = 0;

    if (name->sub_length == 0 || name->sub_length > 12 || name->sup_length > 0)
        return -1;
    for (size_t i = 0; i < name->sub_length; i++) {
        if (name->sub[i] < '0' || name->sub[i] > '9')
            return -1;
        index = 10 * index + (name->sub[i] - '0');
    }
    return index;
}

/* A node with a name of its own, to which that of its sample is added. */
static bool add_single(struct network *network, struct block block, const char *canonical,
                       struct diags *diags)
{
    struct name name;
    struct buf own;
    bool good;

    block.count = 1;
    block.head = canonical;
    block.index = -1;
    if (name_split(&name, canonical)) {
        block.head = keep(network, name.head, name.head_length);
        block.index = single_index(&name);
    }
    buf_init(&own);
    sample_name(network, canonical, block.sample, &own);
    good = block_name(network, block_add(network, block), buf_peek(&own), diags);
    buf_clear(&own);
    return good;
}

/* A family or a single name; with `layer` (if not -1) as superscript. */
static bool add_named(struct network *network, struct block block, const char *name,
                      int64_t layer, struct diags *diags)
{
    struct buf text;
    bool good;

    if (block.count >= 0) {
        block.head = name;
        block.index = network->plan.units_from;
        block.shares_letter = layer >= 0;
        block_add(network, block);
        return true;
    }
    buf_init(&text);
    buf_text(&text, name);
    if (layer >= 0)
        buf_format(&text, "^{%" PRId64 "}", layer);
    good = add_single(network, block, keep(network, buf_peek(&text), text.length), diags);
    buf_clear(&text);
    return good;
}

static bool add_names(struct network *network, const struct plan_names *names,
                      enum node_kind kind, struct diags *diags)
{
    for (size_t i = 0; i < names->count; i++) {
        const struct plan_name *name = &names->items[i];
        struct block block = {
            .kind = kind, .count = name->size, .sample = -1, .span = name->span};

        if (!add_named(network, block, name->name, -1, diags))
            return false;
    }
    return true;
}

static bool add_inputs(struct network *network, const struct letters *letters,
                       struct diags *diags)
{
    for (size_t i = 0; i < network->plan.inputs.count; i++) {
        const struct plan_name *name = &network->plan.inputs.items[i];
        struct block block = {
            .kind = NODE_INPUT, .count = name->size, .span = name->span};
        bool shared = is_shared(letters, name->name);

        for (size_t s = 0; s < samples_of(network); s++) {
            block.sample = (int64_t)s;
            if (!add_named(network, block, name->name,
                           shared ? network->plan.written.layers_from - 1 : -1,
                           diags))
                return false;
        }
    }
    return true;
}

/* Targets with scripts or a size, and several letters, are declared by name; one letter
   waits for the outputs, and what exists already is no new name. */
static bool add_targets_of(struct network *network, int64_t sample, struct diags *diags)
{
    const struct plan_names *targets = &network->plan.targets;

    for (size_t i = 0; i < targets->count; i++) {
        const struct plan_name *target = &targets->items[i];
        struct block block = {.kind = NODE_TARGET,
                              .count = target->size,
                              .sample = sample,
                              .span = target->span};
        struct pieces known = {0};

        if (sources_find(network, target->name, sample, network->layer_count, &known)) {
            pieces_clear(&known);
            continue;
        }
        if (target->size < 0 && targets->count == 1 &&
            strpbrk(target->name, "_^") == NULL)
            continue;
        if (!add_named(network, block, target->name, -1, diags))
            return false;
    }
    return true;
}

static bool add_targets(struct network *network, struct diags *diags)
{
    for (size_t s = 0; s < samples_of(network); s++)
        if (!add_targets_of(network, (int64_t)s, diags))
            return false;
    return true;
}

/* The pre-activations of a layer, where it has an activation. */
static void add_sums(struct network *network, size_t i)
{
    const struct plan_layer *layer = layer_plan(network, i);
    struct block block = {.kind = NODE_PREACTIVATION,
                          .count = layer->size < 0 ? 1 : layer->size,
                          .owner = i,
                          .sample = (int64_t)(i % samples_of(network)),
                          .head = "z",
                          .index = network->plan.units_from,
                          .span = layer->span};

    network->parts[i].sums = network->block_count;
    if (layer->activation != ACTIVATION_IDENTITY)
        block_add(network, block);
}

static bool add_units(struct network *network, const struct letters *letters,
                      struct diags *diags)
{
    for (size_t i = 0; i < network->layer_count; i++) {
        const struct plan_layer *layer = layer_plan(network, i);
        struct block block = {.kind = NODE_UNIT,
                              .count = layer->size,
                              .owner = i,
                              .sample = (int64_t)(i % samples_of(network)),
                              .span = layer->span};
        bool shared = is_shared(letters, layer->name);

        add_sums(network, i);
        network->parts[i].units = network->block_count;
        network->parts[i].biases = SIZE_MAX;
        if (!add_named(network, block, layer->name,
                       shared ? network->plan.written.layers_from +
                                    layer_index(network, i)
                              : -1,
                       diags))
            return false;
    }
    return true;
}

static bool add_equations(struct network *network, struct diags *diags)
{
    network->equation_blocks = memory_array(NULL, network->plan.equation_count + 1,
                                            sizeof *network->equation_blocks);
    for (size_t i = 0; i < network->plan.equation_count; i++) {
        const struct plan_equation *equation = &network->plan.equations[i];
        struct block block = {.kind = NODE_DEFINED,
                              .count = -1,
                              .owner = i,
                              .sample = equation->sample,
                              .span = equation->left_span};

        network->equation_blocks[i] = network->block_count;
        if (!add_named(network, block, equation->left, -1, diags))
            return false;
    }
    return true;
}

static bool add_blocks(struct network *network, struct diags *diags)
{
    struct letters letters;
    bool good;

    count_letters(&network->plan, &letters);
    good = add_inputs(network, &letters, diags) &&
           add_names(network, &network->plan.parameters, NODE_PARAMETER, diags) &&
           add_names(network, &network->plan.constants, NODE_CONSTANT, diags) &&
           add_units(network, &letters, diags) && add_equations(network, diags) &&
           add_targets(network, diags);
    pool_free(letters.pool);
    memory_free(letters.times);
    return good;
}

static bool say_no_source(const struct network *network, size_t layer,
                          const struct plan_name *name, struct diags *diags)
{
    struct place place = plan_place(&network->plan, name->span);

    if (strcmp(layer_plan(network, layer)->name, name->name) == 0)
        return diag_at(diags, DIAG_NET_OWN_SOURCE, place, name->name, NULL);
    char *near = network_nearest(network, name->name);
    if (near != NULL && strcmp(near, name->name) != 0)
        diag_at(diags, DIAG_NET_NO_SOURCE_NEAR, place, name->name, near, NULL);
    else
        diag_at(diags, DIAG_NET_NO_SOURCE, place, name->name, NULL);
    memory_free(near);
    return false;
}

static bool find_stated_sources(struct network *network, size_t i, struct diags *diags)
{
    const struct plan_names *stated = &layer_plan(network, i)->sources;
    int64_t sample = (int64_t)(i % samples_of(network));

    for (size_t k = 0; k < stated->count; k++)
        if (!sources_find(network, stated->items[k].name, sample, i,
                          &network->parts[i].sources))
            return say_no_source(network, i, &stated->items[k], diags);
    return true;
}

/* The layer before, or all inputs. */
static bool find_default_sources(struct network *network, size_t i, struct diags *diags)
{
    struct pieces *sources = &network->parts[i].sources;
    size_t samples = samples_of(network);

    if (i >= samples) {
        size_t units = network->parts[i - samples].units;
        piece_add(sources, (struct piece){units, 0, network->blocks[units].count});
    }
    for (size_t k = 0; i < samples && k < network->block_count; k++)
        if (network->blocks[k].kind == NODE_INPUT &&
            network->blocks[k].sample == (int64_t)i)
            piece_add(sources, (struct piece){k, 0, network->blocks[k].count});
    return sources->count > 0 ||
           diag_at(diags, DIAG_NET_NOTHING_BEFORE,
                   plan_place(&network->plan, layer_plan(network, i)->span), NULL);
}

static bool has_biases(const struct network *network, size_t i)
{
    enum plan_biases choice = layer_plan(network, i)->has_biases;

    return choice == BIASES_YES || (choice == BIASES_AS_ALL && network->plan.biases);
}

static bool say_too_large(const struct network *network, struct span span,
                          struct diags *diags)
{
    return diag_at(diags, DIAG_NET_TOO_LARGE, plan_place(&network->plan, span),
                   "1,000,000,000,000", NULL);
}

/* Adds to the number of nodes; false if that goes past the limit. */
static bool spend(int64_t *total, int64_t rows, int64_t columns)
{
    int64_t count;

    return !__builtin_mul_overflow(rows, columns, &count) &&
           !__builtin_add_overflow(*total, count, total) && *total <= NETWORK_LIMIT;
}

/* The parameters of the first sample. */
static void share_parameters(struct network *network, size_t i)
{
    const struct layer_parts *first =
        &network->parts[i - i % samples_of(network)];

    network->parts[i].weights = first->weights;
    network->parts[i].biases = first->biases;
}

static bool add_parameters(struct network *network, size_t i, int64_t *total,
                           struct diags *diags)
{
    struct layer_parts *parts = &network->parts[i];
    int64_t size = network->blocks[parts->units].count;
    struct block block = {.kind = NODE_WEIGHT,
                          .count = size,
                          .owner = i,
                          .sample = -1,
                          .index = -1,
                          .span = layer_plan(network, i)->span};

    parts->lends = samples_of(network) > 1;
    if (!layer_is_first_sample(network, i)) {
        share_parameters(network, i);
        return spend(total, size, 2) || say_too_large(network, block.span, diags);
    }

    if (!spend(total, size, parts->sources.total) || !spend(total, size, 2))
        return say_too_large(network, block.span, diags);
    block.count = size * parts->sources.total;
    parts->weights = block_add(network, block);
    if (!has_biases(network, i))
        return true;
    block.kind = NODE_BIAS;
    block.count = size;
    parts->biases = block_add(network, block);
    return true;
}

static bool add_layers(struct network *network, struct diags *diags)
{
    int64_t total = 0;

    for (size_t i = 0; i < network->block_count; i++)
        if (!spend(&total, network->blocks[i].count, 1))
            return say_too_large(network, network->blocks[i].span, diags);
    for (size_t i = 0; i < network->layer_count; i++) {
        bool stated = layer_plan(network, i)->sources.count > 0;

        if (!(stated ? find_stated_sources : find_default_sources)(network, i, diags) ||
            !add_parameters(network, i, &total, diags))
            return false;
    }
    return true;
}

static bool is_something(const struct network *network, struct diags *diags)
{
    const struct network_plan *plan = &network->plan;

    return plan->layer_count > 0 || plan->equation_count > 0 ||
           plan->error.kind == ERROR_EQUATION ||
           diag_at(diags, DIAG_NET_EMPTY, plan_place(plan, (struct span){0, 0}), NULL);
}

bool network_declare(struct network *network, const struct budget *budget,
                     struct diags *diags)
{
    (void)budget; /* the limits on networks are fixed: names and nodes are numbers of 64
                     bits */
    network->layer_count = network->plan.layer_count * samples_of(network);
    network->parts = memory_zeroed(network->layer_count + 1, sizeof *network->parts);
    if (!is_something(network, diags) || !templates_are_sound(network, diags) ||
        !add_blocks(network, diags))
        return false;
    templates_add_rows(network);
    if (!add_layers(network, diags))
        return false;
    templates_add_parameters(network);
    return templates_check(network, diags) && ties_make(network, diags);
}
