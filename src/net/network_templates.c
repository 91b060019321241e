/* From the templates of a plan to the names of a network, once as written and once as
   shown. */
#include "net/parts.h"

#include "base/memory.h"
#include "base/name.h"
#include "net/clash.h"

#include <string.h>

enum {
    WEIGHT_PLACES = 1 << PLACE_TO | 1 << PLACE_FROM | 1 << PLACE_SOURCE |
                    1 << PLACE_SOURCE_UNIT | 1 << PLACE_LAYER | 1 << PLACE_EDGE |
                    1 << PLACE_EDGE_ALL,
    BIAS_PLACES = 1 << PLACE_TO | 1 << PLACE_LAYER,
    SUM_PLACES = 1 << PLACE_TO | 1 << PLACE_LAYER | 1 << PLACE_NAME,
    UNIT_PLACES = 1 << PLACE_UNIT | 1 << PLACE_LAYER | 1 << PLACE_NAME,
    TARGET_PLACES = 1 << PLACE_UNIT | 1 << PLACE_NAME,
    LITERAL_DIGITS = 5
};

/* One notation being made. */
struct maker {
    struct network *network;
    const struct plan_templates *templates;
    bool own; /* layers may have their own templates */
    struct names *names;
};

static size_t times(const struct template *template, enum placeholder place)
{
    size_t count = 0;

    for (size_t i = 0; i < template->count; i++)
        count +=
            template->pieces[i].text == NULL && template->pieces[i].placeholder == place;
    return count;
}

/* Each number says one thing, so that names can be compared by arithmetic. */
static const char *find_redundancy(const struct template *template)
{
    size_t edge = times(template, PLACE_EDGE) + times(template, PLACE_EDGE_ALL);
    size_t from = times(template, PLACE_FROM) + times(template, PLACE_SOURCE_UNIT);
    size_t to = times(template, PLACE_TO) + times(template, PLACE_UNIT);

    if (edge > 0 && edge + from + to + times(template, PLACE_SOURCE) > 1)
        return NC_("diagnostic",
                   "<edge> and <edge-all> number a weight alone, without other "
                   "placeholders but <layer>");
    if (from > 1 || to > 1)
        return NC_("diagnostic", "it says the same number twice");
    return NULL;
}

static const char *find_long_number(const char *text)
{
    for (; *text != '\0'; text++)
        if (strspn(text, "0123456789") > LITERAL_DIGITS)
            return NC_("diagnostic", "a number in it has more than five digits");
    return NULL;
}

static const char *find_no_name(const struct template *template)
{
    struct template_values values = {.texts = {[PLACE_SOURCE] = "a", [PLACE_NAME] = "a"}};
    struct name name;
    struct buf text;
    bool good;

    buf_init(&text);
    template_write(template, &values, &text);
    good = name_split(&name, buf_peek(&text));
    buf_clear(&text);
    return good ? NULL : NC_("diagnostic", "it does not make a name");
}

/* What is wrong with a template, NULL if it is good. */
static const char *find_fault(const char *text, unsigned allowed)
{
    struct template template;
    const char *fault;

    if (!template_init(&template, text, strlen(text), allowed, &fault))
        return fault;
    fault = find_redundancy(&template);
    if (fault == NULL)
        fault = find_long_number(text);
    if (fault == NULL)
        fault = find_no_name(&template);
    template_clear(&template);
    return fault;
}

static bool check_text(const struct network *network,
                       const struct plan_template *template, unsigned allowed,
                       struct diags *diags)
{
    const char *fault =
        template->text != NULL ? find_fault(template->text, allowed) : NULL;

    return fault == NULL ||
           diag_at(diags, DIAG_NET_TEMPLATE, plan_place(&network->plan, template->span),
                   template->text, fault, NULL);
}

static bool check_all(const struct network *network,
                      const struct plan_templates *templates, struct diags *diags)
{
    return check_text(network, &templates->weights, WEIGHT_PLACES, diags) &&
           check_text(network, &templates->biases, BIAS_PLACES, diags) &&
           check_text(network, &templates->preactivations, SUM_PLACES, diags) &&
           check_text(network, &templates->units, UNIT_PLACES, diags) &&
           check_text(network, &templates->outputs, UNIT_PLACES, diags) &&
           check_text(network, &templates->deltas, UNIT_PLACES, diags) &&
           check_text(network, &templates->targets, TARGET_PLACES, diags);
}

bool templates_are_sound(const struct network *network, struct diags *diags)
{
    if (!check_all(network, &network->plan.written, diags) ||
        !check_all(network, &network->plan.shown, diags))
        return false;
    for (size_t i = 0; i < network->plan.layer_count; i++)
        if (!check_text(network, &network->plan.layers[i].weights, WEIGHT_PLACES,
                        diags) ||
            !check_text(network, &network->plan.layers[i].biases, BIAS_PLACES, diags))
            return false;
    return true;
}

static const char *layer_text(const struct maker *maker, const struct plan_template *own,
                              const struct plan_template *all)
{
    return maker->own && own->text != NULL ? own->text : all->text;
}

static void add_bound(struct maker *maker, const char *text, const char *name,
                      const struct names_member *member)
{
    struct buf bound;

    buf_init(&bound);
    template_bind(text, PLACE_NAME, name, &bound);
    names_add(maker->names, buf_peek(&bound), member);
    buf_clear(&bound);
}

static struct names_member row_member(const struct network *network, size_t block,
                                      int64_t layer)
{
    return (struct names_member){.block = block,
                                 .to_first = network->plan.units_from,
                                 .to_count = network->blocks[block].count,
                                 .fan_in = 1,
                                 .from_count = 1,
                                 .layer = layer,
                                 .sample = network->blocks[block].sample + 1,
                                 .span = network->blocks[block].span};
}

/* A row that every sample has, if it is no parameter or constant. */
static void add_row(struct maker *maker, const char *text, const char *name,
                    const struct names_member *member)
{
    struct buf own;

    buf_init(&own);
    if (member->sample > 0)
        sample_template(maker->network, text, &own);
    else
        buf_text(&own, text);
    add_bound(maker, buf_peek(&own), name, member);
    buf_clear(&own);
}

/* The name of the units of the same layer, for `net_{<name><to>}`. */
static const char *head_of_sums(const struct network *network, const struct block *block)
{
    return network->blocks[network->parts[block->owner].units].head;
}

/* The layer whose units the error compares: the one that `outputs` names, or the last. */
static size_t output_layer(const struct network *network)
{
    const struct network_plan *plan = &network->plan;

    for (size_t i = plan->layer_count; plan->outputs.count == 1 && i-- > 0;)
        if (strcmp(plan->layers[i].name, plan->outputs.items[0].name) == 0)
            return i;
    return plan->layer_count - 1;
}

/* Of a layer's units or of its pre-activations. */
static const char *layer_row_text(const struct maker *maker, const struct block *block)
{
    const struct plan_templates *templates = maker->templates;
    size_t layer = (size_t)layer_index(maker->network, block->owner);

    if (block->kind == NODE_PREACTIVATION)
        return templates->preactivations.text;
    if (templates->outputs.text != NULL && layer == output_layer(maker->network))
        return templates->outputs.text;
    if (templates->units.text != NULL)
        return templates->units.text;
    return block->shares_letter ? "<name>_{<unit>}^{<layer>}" : "<name>_{<unit>}";
}

/* Units of layers, their pre-activations, inputs, and other families with one index.
   Single names are no templates. */
static void add_rows(struct maker *maker)
{
    struct network *network = maker->network;

    for (size_t i = 0; i < network->block_count; i++) {
        const struct block *block = &network->blocks[i];
        bool is_sum = block->kind == NODE_PREACTIVATION;
        bool is_unit = block->kind == NODE_UNIT;
        int64_t layer = maker->templates->layers_from +
                        (is_unit || is_sum ? layer_index(network, block->owner) : -1);
        struct names_member member = row_member(network, i, layer);
        const char *text = "<name>_{<unit>}";

        if (block->symbol != 0 || block->kind == NODE_WEIGHT || block->kind == NODE_BIAS)
            continue;
        if (is_unit || is_sum)
            text = layer_row_text(maker, block);
        else if (block->shares_letter)
            text = "<name>_{<unit>}^{<layer>}";
        add_row(maker, text, is_sum ? head_of_sums(network, block) : block->head,
                &member);
    }
}

static struct names_member edge_member(const struct maker *maker, size_t i, int64_t edges)
{
    const struct network *network = maker->network;
    const struct layer_parts *parts = &network->parts[i];

    return (struct names_member){.block = parts->weights,
                                 .to_first = network->plan.units_from,
                                 .to_count = network->blocks[parts->units].count,
                                 .fan_in = parts->sources.total,
                                 .from_first = network->plan.units_from,
                                 .from_count = parts->sources.total,
                                 .layer = maker->templates->weights_from +
                                          layer_index(network, i),
                                 .edge_first = edges + 1,
                                 .shared = layer_ties_weights(network, i),
                                 .span = layer_plan(network, i)->span};
}

/* The edges from each source apart, for templates that name the source. */
static void add_edges_by_source(struct maker *maker, const char *text, size_t i,
                                struct names_member member)
{
    const struct network *network = maker->network;
    const struct pieces *sources = &network->parts[i].sources;

    member.from_offset = 0;
    for (size_t k = 0; k < sources->count; k++) {
        const struct piece *piece = &sources->items[k];
        const struct block *block = &network->blocks[piece->block];
        struct buf bound;

        member.from_count = piece->count;
        member.source_first = (block->index < 0 ? 1 : block->index) + piece->offset;
        buf_init(&bound);
        template_bind(text, PLACE_SOURCE, block->head, &bound);
        names_add(maker->names, buf_peek(&bound), &member);
        buf_clear(&bound);
        member.from_offset += piece->count;
    }
}

static void add_weights(struct maker *maker)
{
    struct network *network = maker->network;
    int64_t edges = 0;

    for (size_t i = 0; i < network->layer_count; i += samples_of(network)) {
        const char *text = layer_text(maker, &layer_plan(network, i)->weights,
                                      &maker->templates->weights);
        struct names_member member = edge_member(maker, i, edges);

        if (strstr(text, "<source") != NULL)
            add_edges_by_source(maker, text, i, member);
        else
            names_add(maker->names, text, &member);
        edges += member.to_count * member.fan_in;
    }
}

static void add_biases(struct maker *maker)
{
    struct network *network = maker->network;

    for (size_t i = 0; i < network->layer_count; i += samples_of(network)) {
        struct names_member member;

        if (network->parts[i].biases == SIZE_MAX)
            continue;
        member = row_member(network, network->parts[i].biases,
                            maker->templates->weights_from + layer_index(network, i));
        member.to_count = network->blocks[network->parts[i].units].count;
        member.shared = layer_ties_biases(network, i);
        names_add(
            maker->names,
            layer_text(maker, &layer_plan(network, i)->biases, &maker->templates->biases),
            &member);
    }
}

static void for_each_notation(struct network *network, void (*add)(struct maker *maker))
{
    const struct network_plan *plan = &network->plan;
    bool same = plan_same_names(&plan->written, &plan->shown);

    network->same_names = same;
    add(&(struct maker){network, &plan->shown, same, &network->shown});
    names_seal(&network->shown);
    if (same)
        return;
    add(&(struct maker){network, &plan->written, true, &network->written});
    names_seal(&network->written);
}

void templates_add_rows(struct network *network)
{
    for_each_notation(network, add_rows);
}

static void add_parameters(struct maker *maker)
{
    add_biases(maker);
    add_weights(maker);
}

/* The templates as they are shown, for index forms. */
static void keep_templates(struct network *network)
{
    const struct maker maker = {network, &network->plan.shown, network->same_names, NULL};
    bool commas = network->shown.count > 0 && network->shown.families[0].template.commas;

    for (size_t i = 0; i < network->layer_count; i++) {
        const char *text = layer_text(&maker, &layer_plan(network, i)->weights,
                                      &network->plan.shown.weights);
        const char *error;

        template_init(&network->parts[i].template, text, strlen(text), WEIGHT_PLACES,
                      &error);
        network->parts[i].template.commas = commas;
    }
}

void templates_add_parameters(struct network *network)
{
    for_each_notation(network, add_parameters);
    keep_templates(network);
}

/* In a template `<name>` is the letter of the outputs that the targets belong to. */
static void add_targets(struct maker *maker, size_t block,
                        const struct names_member *member)
{
    const struct network *network = maker->network;
    const struct pieces *outputs = &network->output_pieces;
    const char *text = maker->templates->targets.text;
    const char *letter = network->blocks[block].head;

    if (text != NULL && outputs->count > 0)
        letter = network->blocks[outputs->items[0].block].head;
    add_row(maker, text != NULL ? text : "<name>_{<unit>}", letter, member);
}

void templates_add_targets(struct network *network, size_t block)
{
    struct names_member member = row_member(network, block, 0);

    add_targets(&(struct maker){network, &network->plan.shown, true, &network->shown},
                block, &member);
    if (!network->same_names)
        add_targets(
            &(struct maker){network, &network->plan.written, true, &network->written},
            block, &member);
}

void templates_seal(struct network *network)
{
    names_seal(&network->shown);
    if (!network->same_names)
        names_seal(&network->written);
}

static bool say_clash(const struct network *network, const char *canonical, struct span a,
                      struct span b, struct diags *diags)
{
    struct buf name;

    buf_init(&name);
    name_plain(&name, canonical);
    diag_at(diags, DIAG_NET_SAME_NAME, plan_place(&network->plan, b), buf_peek(&name),
            NULL);
    if (a.begin != b.begin)
        diag_at(diags, DIAG_NOTE_HERE, plan_place(&network->plan, a), buf_peek(&name),
                NULL);
    buf_clear(&name);
    return false;
}

static bool check_singles(const struct network *network, const struct names *names,
                          struct diags *diags)
{
    for (size_t i = 0; i < network->block_count; i++) {
        const struct block *block = &network->blocks[i];
        const char *name;
        struct slot slot;

        if (block->symbol == 0)
            continue;
        name = expr_peek_name(network->pool, block->symbol);
        slot = names_find(names, name, true);
        if (slot.block != SIZE_MAX)
            return say_clash(network, name, network->blocks[slot.block].span, block->span,
                             diags);
    }
    return true;
}

static bool check_readable(const struct network *network, const struct names *names,
                           struct diags *diags)
{
    for (size_t i = 0; i < names->count; i++)
        if (!template_is_readable(&names->families[i].template))
            return diag_at(diags, DIAG_NET_TEMPLATE,
                           plan_place(&network->plan, names->families[i].members[0].span),
                           names->families[i].template.source,
                           NC_("diagnostic",
                               "its numbers have two digits here and would run together"),
                           NULL);
    return true;
}

static bool check_names(const struct network *network, const struct names *names,
                        struct diags *diags)
{
    struct clash clash;
    bool good;

    if (!check_readable(network, names, diags) || !check_singles(network, names, diags))
        return false;
    buf_init(&clash.name);
    good = !clash_find(names, &clash) ||
           say_clash(network, buf_peek(&clash.name), clash.a, clash.b, diags);
    buf_clear(&clash.name);
    return good;
}

bool templates_check(const struct network *network, struct diags *diags)
{
    return check_names(network, &network->shown, diags) &&
           (network->same_names || check_names(network, &network->written, diags));
}
