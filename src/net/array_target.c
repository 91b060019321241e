#include "net/array_target.h"

#include "base/memory.h"
#include "base/name.h"
#include "net/word.h"

#include <stdlib.h>
#include <string.h>

void array_target_clear(struct array_target *target)
{
    memory_free(target->blocks);
    *target = (struct array_target){.node = -1};
}

/* Whether all edges of a tied block bear one parameter. */
static bool is_one_parameter(const struct network *network, size_t block, int64_t places)
{
    struct slot one = slot_owner(network, (struct slot){block, 0});

    for (int64_t i = 1; i < places; i++) {
        struct slot owner = slot_owner(network, (struct slot){block, i});

        if (owner.block != one.block || owner.place != one.place)
            return false;
    }
    return places > 1;
}

static struct array_block describe(const struct network *network,
                                   const struct names_family *family,
                                   const struct names_member *member)
{
    const struct template *template = &family->template;
    const struct block *block = &network->blocks[member->block];
    bool matrix = block->kind == NODE_WEIGHT;
    int64_t places = member->to_count * member->fan_in;

    return (struct array_block){
        .block = member->block,
        .first = block->first,
        .sample = block->sample,
        .rows = member->to_count,
        .columns = matrix ? member->fan_in : 0,
        .is_one = block->count == 1 && is_one_parameter(network, member->block, places),
        .is_counted = template_uses(template, PLACE_EDGE) ||
                      template_uses(template, PLACE_EDGE_ALL)};
}

/* Blocks of several members are met several times, one after the other. */
static void add_block(struct array_target *target, struct array_block block)
{
    if (target->count > 0 && target->blocks[target->count - 1].block == block.block)
        return;
    if (target->count == target->capacity) {
        target->capacity = 2 * target->capacity + 4;
        target->blocks =
            memory_array(target->blocks, target->capacity, sizeof *target->blocks);
    }
    target->blocks[target->count++] = block;
}

/* Whether something of the block waits for a value of its own. */
static bool is_wanted(const struct network *network, size_t block)
{
    return !block_is_defined(&network->blocks[block]) && network->blocks[block].count > 0;
}

static bool names_begin(const struct names_family *family,
                        const struct names_member *member, const struct word *word)
{
    struct buf name;

    buf_init(&name);
    names_write_member(family, member, names_member_place(member, 0), &name);
    bool good = word_is_completed(word, buf_peek(&name));
    buf_clear(&name);
    return good;
}

static void add_families(const struct network *network, const struct names *names,
                         const struct word *word, struct array_target *target)
{
    for (size_t i = 0; i < names->count; i++) {
        const struct names_family *family = &names->families[i];

        if (!names_is_uniform(family, word->has_sub, word->has_sup))
            continue;
        for (size_t k = 0; k < family->count; k++)
            if (is_wanted(network, family->members[k].block) &&
                names_begin(family, &family->members[k], word))
                add_block(target, describe(network, family, &family->members[k]));
    }
}

static void add_singles(const struct network *network, const struct word *word,
                        struct array_target *target)
{
    for (size_t i = 0; i < network->block_count; i++) {
        const struct block *block = &network->blocks[i];

        if (block->symbol != 0 && is_wanted(network, i) &&
            word_is_completed(word, expr_peek_name(network->pool, block->symbol)))
            add_block(target, (struct array_block){.block = i,
                                                   .first = block->first,
                                                   .sample = block->sample,
                                                   .rows = 1});
    }
}

static int compare_blocks(const void *a, const void *b)
{
    const struct array_block *left = a, *right = b;

    if (left->sample != right->sample)
        return left->sample < right->sample ? -1 : 1;
    return (left->first > right->first) - (left->first < right->first);
}

static bool find_blocks(const struct network *network, const struct word *word,
                        struct array_target *target)
{
    add_singles(network, word, target);
    add_families(network, names_first(network), word, target);
    if (target->count == 0 && names_second(network) != NULL)
        add_families(network, names_second(network), word, target);
    if (target->count > 0)
        qsort(target->blocks, target->count, sizeof *target->blocks, compare_blocks);
    return target->count > 0;
}

static bool find_exactly(const struct network *network, const struct word *word,
                         struct array_target *target)
{
    struct buf canonical;

    buf_init(&canonical);
    word_write(word, &canonical);
    target->node = network_find(network, buf_peek(&canonical));
    buf_clear(&canonical);
    return target->node >= 0;
}

/* `w1` for `w^1`. */
static bool raise_script(struct word *word)
{
    struct buf script = word->sub;

    if (!word->has_sub || word->has_sup)
        return false;
    word->sub = word->sup;
    word->sup = script;
    word->has_sub = false;
    word->has_sup = true;
    return true;
}

/* The same word with its superscript in brackets. */
static bool find_bracketed(const struct network *network, const struct word *word,
                           const char *brackets, struct array_target *target)
{
    struct word bracketed = *word;

    buf_init(&bracketed.sup);
    buf_format(&bracketed.sup, "%c%s%c", brackets[0], buf_peek(&word->sup), brackets[1]);
    bool found = find_blocks(network, &bracketed, target);
    buf_clear(&bracketed.sup);
    return found;
}

/* `W^1` is `W^{(1)}` or `W^{[1]}` where layers are written so. */
static bool find_raised(const struct network *network, const struct word *word,
                        struct array_target *target)
{
    return find_blocks(network, word, target) ||
           (word->has_sup && (find_bracketed(network, word, "()", target) ||
                              find_bracketed(network, word, "[]", target)));
}

static bool find_word(const struct network *network, struct word *word,
                      struct array_target *target)
{
    return find_exactly(network, word, target) || find_raised(network, word, target) ||
           (raise_script(word) && find_raised(network, word, target));
}

bool array_target_find(const struct network *network, const char *name,
                       struct array_target *target)
{
    bool found = false;

    *target = (struct array_target){.node = -1, .samples = network_sample_count(network)};
    for (int greek = 0; greek < 2 && !found; greek++) {
        struct word word;

        word_init(&word);
        found = word_read(name, &word) && (!greek || word_spell_greek(&word)) &&
                find_word(network, &word, target);
        word_clear(&word);
    }
    return found;
}

/* --- shapes --- */

static int64_t numbers_in(const struct array_block *block)
{
    if (block->is_one)
        return 1;
    return block->columns > 0 ? block->rows * block->columns : block->rows;
}

static int64_t total(const struct array_target *target)
{
    int64_t count = target->node >= 0;

    for (size_t i = 0; i < target->count; i++)
        count += numbers_in(&target->blocks[i]);
    return count;
}

static void block_shape(const struct array_block *block, struct npy_shape *shape)
{
    shape->dimensions = 0;
    if (block->is_one)
        return;
    shape->sizes[shape->dimensions++] = block->rows;
    if (block->columns > 0)
        shape->sizes[shape->dimensions++] = block->columns;
}

static struct npy_shape row_of(int64_t count)
{
    return (struct npy_shape){.dimensions = 1, .sizes = {count}};
}

/* What each sample has of its own is a table, a row for each. */
static bool is_table(const struct array_target *target)
{
    for (size_t i = 0; i < target->count; i++)
        if (target->blocks[i].sample < 0)
            return false;
    return target->count > 0 && target->blocks[0].sample == 0 &&
           target->blocks[target->count - 1].sample == target->samples - 1 &&
           total(target) % target->samples == 0;
}

void array_target_shape(const struct array_target *target, struct npy_shape *shape)
{
    *shape = (struct npy_shape){0};
    if (target->node >= 0)
        return;
    if (target->count > 1)
        *shape = row_of(total(target));
    else
        block_shape(&target->blocks[0], shape);
    if (is_table(target)) {
        shape->dimensions = 2;
        shape->sizes[0] = target->samples;
        shape->sizes[1] = total(target) / target->samples;
    }
}

bool array_target_accepts(const struct array_target *target,
                          const struct npy_shape *shape)
{
    struct npy_shape wanted, row = row_of(total(target));
    int64_t count = 1;

    array_target_shape(target, &wanted);
    if (npy_same_shape(shape, &wanted))
        return true;
    for (size_t i = 0; i < shape->dimensions && count == 1; i++)
        count = shape->sizes[i];
    if (total(target) == 1)
        return count == 1;
    return (target->count > 1 || is_table(target) ||
            (target->count == 1 && target->blocks[0].is_counted)) &&
           npy_same_shape(shape, &row);
}

bool array_target_is_weights(const struct array_target *target)
{
    return target->count == 1 && target->blocks[0].columns > 0 &&
           !target->blocks[0].is_one;
}

/* --- the walk --- */

static void look(const struct array_target *target, const struct network *network,
                 struct array_cursor *cursor)
{
    const struct array_block *block = &target->blocks[cursor->block];
    struct slot edge = {block->block, cursor->place};
    struct slot owner = slot_owner(network, edge),
                first = slot_first_edge(network, owner);

    cursor->node = slot_node(network, owner);
    cursor->is_tied = first.block != edge.block || first.place != edge.place;
}

void array_target_start(const struct array_target *target, const struct network *network,
                        struct array_cursor *cursor)
{
    *cursor = (struct array_cursor){.node = target->node};
    if (target->node < 0)
        look(target, network, cursor);
}

bool array_target_next(const struct array_target *target, const struct network *network,
                       struct array_cursor *cursor)
{
    if (target->node >= 0)
        return false;
    cursor->place++;
    if (cursor->place == numbers_in(&target->blocks[cursor->block])) {
        cursor->place = 0;
        cursor->block++;
    }
    if (cursor->block == target->count)
        return false;
    look(target, network, cursor);
    return true;
}

/* --- the names --- */

struct name_list {
    char **items;
    size_t count, capacity;
};

static void add_name(struct name_list *list, const struct name *name)
{
    struct buf canonical, plain;

    buf_init(&canonical);
    buf_init(&plain);
    name_join(&canonical, name);
    name_plain(&plain, buf_peek(&canonical));
    buf_clear(&canonical);
    if (list->count == list->capacity) {
        list->capacity = 2 * list->capacity + 8;
        list->items = memory_array(list->items, list->capacity, sizeof *list->items);
    }
    if (list->count > 0 && strcmp(list->items[list->count - 1], buf_peek(&plain)) == 0)
        buf_clear(&plain);
    else
        list->items[list->count++] = buf_take(&plain);
}

/* Whether the block is one of those that an array is named after: what each sample has is
   named after the first, without its number. */
static bool is_named(const struct network *network, size_t block)
{
    return is_wanted(network, block) && network->blocks[block].sample <= 0;
}

/* The scripts that count are left out. */
static void add_member(const struct network *network, const struct names_family *family,
                       const struct names_member *member, struct name_list *list)
{
    bool sampled = network->blocks[member->block].sample == 0;
    struct name name;
    struct buf text;

    buf_init(&text);
    names_write_member(family, member, names_member_place(member, 0), &text);
    if (name_split(&name, buf_peek(&text))) {
        name.sub_length = names_is_uniform(family, true, false) ? name.sub_length : 0;
        name.sup_length =
            !sampled && names_is_uniform(family, false, true) ? name.sup_length : 0;
        add_name(list, &name);
    }
    buf_clear(&text);
}

char **array_target_names(const struct network *network, size_t *count)
{
    const struct names *names = names_first(network);
    struct name_list list = {0};
    struct name name;

    for (size_t i = 0; i < names->count; i++)
        for (size_t k = 0; k < names->families[i].count; k++)
            if (is_named(network, names->families[i].members[k].block))
                add_member(network, &names->families[i], &names->families[i].members[k],
                           &list);
    for (size_t i = 0; i < network->block_count; i++)
        if (network->blocks[i].symbol != 0 && is_named(network, i) &&
            name_split(&name, expr_peek_name(network->pool, network->blocks[i].symbol)))
            add_name(&list, &name);
    *count = list.count;
    return list.items;
}
