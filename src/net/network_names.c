#include "net/parts.h"
#include "net/word.h"

#include "base/memory.h"
#include "base/name.h"

#include <inttypes.h>
#include <string.h>

void network_name(const struct network *network, node_id node, struct buf *out)
{
    struct slot slot = slot_of_node(network, node);
    expr_id symbol = network->blocks[slot.block].symbol;

    if (symbol != 0)
        buf_text(out, expr_peek_name(network->pool, symbol));
    else
        names_write(&network->shown, slot_first_edge(network, slot), out);
}

node_id network_find(const struct network *network, const char *canonical)
{
    return slot_node(network, slot_find(network, canonical));
}

const char *network_partial(const struct network *network)
{
    const char *partial = network->plan.shown.partial;

    return partial != NULL ? partial : "\\partial";
}

const struct template *network_weight_template(const struct network *network,
                                               const struct layer *layer)
{
    return &network->parts[layer - network->layers].template;
}

bool network_gradient_name(const struct network *network, node_id node, struct buf *out)
{
    enum node_kind kind = network_kind(network, node);
    struct template_values values = {0};
    struct buf name;

    if (network->gradient.count == 0 ||
        (kind != NODE_WEIGHT && kind != NODE_BIAS && kind != NODE_PARAMETER))
        return false;
    buf_init(&name);
    network_name(network, node, &name);
    values.texts[PLACE_WEIGHT] = buf_peek(&name);
    template_write(&network->gradient, &values, out);
    buf_clear(&name);
    return true;
}

/* Whether the block holds the units of the same layer, perhaps in another sample. */
static bool is_same_layer(const struct network *network, size_t block, size_t other)
{
    const struct block *a = &network->blocks[block], *b = &network->blocks[other];

    return a->kind == NODE_UNIT && b->kind == NODE_UNIT &&
           layer_index(network, a->owner) == layer_index(network, b->owner);
}

/* Whether the unit is an output, all outputs being units of one layer. */
static bool is_plain_output(const struct network *network, struct slot unit)
{
    const struct pieces *outputs = &network->output_pieces;
    bool found = false;

    for (size_t i = 0; i < outputs->count; i++) {
        const struct piece *piece = &outputs->items[i];

        if (!is_same_layer(network, piece->block, unit.block))
            return false;
        found = found || (piece->block == unit.block && unit.place >= piece->offset &&
                          unit.place < piece->offset + piece->count);
    }
    return found;
}

static const char *delta_text(const struct network *network, struct slot unit)
{
    bool output = is_plain_output(network, unit);

    if (network->plan.shown.deltas.text != NULL)
        return network->plan.shown.deltas.text;
    if (network->blocks[unit.block].index < 0)
        return output ? "\\delta" : "\\delta^{<layer>}";
    return output ? "\\delta_{<unit>}" : "\\delta_{<unit>}^{<layer>}";
}

/* The unit whose sum this is; a block of SIZE_MAX if it is none. */
static struct slot unit_of_sum(const struct network *network, struct slot slot)
{
    const struct block *block = &network->blocks[slot.block];

    if ((block->kind != NODE_UNIT && block->kind != NODE_PREACTIVATION) ||
        network->parts[block->owner].sums != slot.block)
        return SLOT_NONE;
    return (struct slot){network->parts[block->owner].units, slot.place};
}

/* Whether a name beside the network is something else than this error signal. */
static bool is_other_beside(struct network *network, const char *name, node_id sum)
{
    for (size_t i = 0; i < network->plan.beside_count; i++) {
        const struct plan_beside *beside = &network->plan.besides[i];

        if (strcmp(beside->name, name) == 0)
            return beside->right !=
                   expr_derivative(network->pool,
                                   network_symbol(network, network_error(network)),
                                   network_symbol(network, sum));
    }
    return false;
}

static void write_delta(const struct network *network, struct slot unit, struct buf *out)
{
    const struct block *block = &network->blocks[unit.block];
    struct template template;
    struct template_values values = {0};
    const char *error;
    struct buf text;

    buf_init(&text);
    sample_template(network, delta_text(network, unit), &text);
    values.numbers[PLACE_UNIT] = network->plan.units_from + unit.place;
    values.numbers[PLACE_LAYER] =
        network->plan.shown.layers_from + layer_index(network, block->owner);
    values.numbers[PLACE_SAMPLE] = block->sample + 1;
    values.texts[PLACE_NAME] = block->head;
    template_init(&template, buf_peek(&text), text.length,
                  1u << PLACE_UNIT | 1u << PLACE_LAYER | 1u << PLACE_NAME |
                      1u << PLACE_SAMPLE,
                  &error);
    template.commas = network->shown.families[0].template.commas;
    template_write(&template, &values, out);
    template_clear(&template);
    buf_clear(&text);
}

bool network_delta_name(const struct network *network, node_id sum, struct buf *out)
{
    struct slot unit = unit_of_sum(network, slot_of_node(network, sum));
    size_t begin = out->length;

    if (unit.block == SIZE_MAX)
        return false;
    write_delta(network, unit, out);
    if (!network_knows(network, buf_peek(out) + begin) &&
        !is_other_beside((struct network *)network, buf_peek(out) + begin, sum))
        return true;
    buf_truncate(out, begin);
    return false;
}

static bool same_subscript(const struct name *a, const struct name *b)
{
    return a->sub_length == b->sub_length && strncmp(a->sub, b->sub, a->sub_length) == 0;
}

/* An output that an equation defines takes its index to the error signal, where no other
 * has it. */
bool network_output_delta_name(struct network *network, node_id error, node_id node,
                               struct buf *out)
{
    struct buf mine, other;
    struct name name, rival;
    size_t count = 0;
    bool is_output = false, unique;
    if (network_kind(network, node) != NODE_DEFINED)
        return false;
    buf_init(&mine);
    network_name(network, node, &mine);
    unique = name_split(&name, buf_peek(&mine)) && name.sub_length > 0;
    node_id *arguments = network_arguments(network, error, &count);
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

/* Names that a misspelt one may have meant: all of small families, the ends of large
   ones. */
struct candidates {
    char **items;
    size_t count, capacity;
};

enum { CANDIDATES = 20000, SMALL_FAMILY = 256 };

static void add_candidate(struct candidates *candidates, char *name)
{
    if (candidates->count == candidates->capacity) {
        candidates->capacity = 2 * candidates->capacity + 64;
        candidates->items = memory_array(candidates->items, candidates->capacity,
                                         sizeof *candidates->items);
    }
    candidates->items[candidates->count++] = name;
}

static void add_singles(const struct network *network, struct candidates *candidates)
{
    for (size_t i = 0; i < network->block_count && candidates->count < CANDIDATES; i++)
        if (network->blocks[i].symbol != 0)
            add_candidate(candidates, memory_strdup(expr_peek_name(
                                          network->pool, network->blocks[i].symbol)));
}

static void add_member(const struct names_family *family,
                       const struct names_member *member, struct candidates *candidates)
{
    int64_t count = names_member_count(member), i = 0;

    while (i < count && candidates->count < CANDIDATES) {
        struct buf name;

        buf_init(&name);
        names_write_member(family, member, names_member_place(member, i), &name);
        add_candidate(candidates, buf_take(&name));
        i += i + 1 == SMALL_FAMILY && count > SMALL_FAMILY + 1 ? count - i - 1 : 1;
    }
}

/* Inputs, parameters and whole families by their letter, as `from` reads them, then all
   names. */
static void add_letters(const struct network *network, struct candidates *candidates)
{
    for (size_t i = 0; i < network->block_count && candidates->count < CANDIDATES; i++)
        if (network->blocks[i].index >= 0 &&
            network->blocks[i].kind != NODE_PREACTIVATION)
            add_candidate(candidates, memory_strdup(network->blocks[i].head));
}

char *network_first_member(const struct network *network, const char *letter)
{
    const struct names *names = names_first(network);

    for (size_t i = 0; i < network->block_count; i++) {
        const struct block *block = &network->blocks[i];
        struct buf name;

        if (block->index < 0 || block->kind == NODE_PREACTIVATION ||
            strcmp(block->head, letter) != 0)
            continue;
        if (block->symbol)
            return memory_strdup(expr_peek_name(network->pool, block->symbol));
        buf_init(&name);
        if (names_write(names, (struct slot){i, 0}, &name))
            return buf_take(&name);
        buf_clear(&name);
    }
    return NULL;
}

static void add_families(const struct names *names, struct candidates *candidates)
{
    for (size_t i = 0; i < names->count; i++)
        for (size_t k = 0; k < names->families[i].count; k++)
            add_member(&names->families[i], &names->families[i].members[k], candidates);
}

/* A name in the order of its scripts and without braces, which are no likeness. */
static char *without_braces(const char *text)
{
    struct word word;
    struct buf canonical, plain;

    word_init(&word);
    buf_init(&canonical);
    buf_init(&plain);
    if (word_read(text, &word))
        word_write(&word, &canonical);
    else
        buf_text(&canonical, text);
    for (size_t i = 0; i < canonical.length; i++)
        if (!strchr("{}", canonical.data[i]))
            buf_char(&plain, canonical.data[i]);
    buf_clear(&canonical);
    word_clear(&word);
    return buf_take(&plain);
}

/* The place of the candidate nearest to a word; SIZE_MAX if none is near. */
static size_t nearest_candidate(const struct candidates *candidates, const char *text)
{
    struct candidates plain = {0};
    char *word = without_braces(text);
    const char *nearest;
    size_t found = SIZE_MAX;

    for (size_t i = 0; i < candidates->count; i++)
        add_candidate(&plain, without_braces(candidates->items[i]));
    nearest = diag_nearest(word, (const char *const *)plain.items, plain.count);
    for (size_t i = 0; i < plain.count; i++) {
        if (plain.items[i] == nearest)
            found = i;
        memory_free(plain.items[i]);
    }
    memory_free(plain.items);
    memory_free(word);
    return found;
}

char *network_nearest(const struct network *network, const char *word)
{
    struct candidates candidates = {0};
    char *answer = NULL;
    size_t nearest;

    add_singles(network, &candidates);
    if (!network->is_ordered)
        add_letters(network, &candidates);
    add_families(names_first(network), &candidates);
    nearest = nearest_candidate(&candidates, word);
    for (size_t i = 0; i < candidates.count; i++) {
        if (i == nearest)
            answer = candidates.items[i];
        else
            memory_free(candidates.items[i]);
    }
    memory_free(candidates.items);
    return answer;
}
