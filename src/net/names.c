#include "net/names.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static const unsigned number_places =
    1u << PLACE_TO | 1u << PLACE_FROM | 1u << PLACE_SOURCE_UNIT | 1u << PLACE_LAYER |
    1u << PLACE_EDGE | 1u << PLACE_EDGE_ALL | 1u << PLACE_UNIT | 1u << PLACE_SAMPLE;

/* How far back a family is looked for: pre-activations and units take turns. */
enum { RECENT_FAMILIES = 4 };

void names_init(struct names *names)
{
    *names = (struct names){0};
}

void names_clear(struct names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        template_clear(&names->families[i].template);
        memory_free(names->families[i].skeleton);
        memory_free(names->families[i].members);
    }
    memory_free(names->families);
    memory_free(names->sorted);
    memory_free(names->references);
    names_init(names);
}

/* Layers one after the other mostly share their templates. */
static struct names_family *open_family(struct names *names, const char *text)
{
    struct names_family *family;
    const char *error;

    for (size_t i = 1; i <= RECENT_FAMILIES && i <= names->count; i++)
        if (strcmp(names->families[names->count - i].template.source, text) == 0)
            return &names->families[names->count - i];
    if (names->count == names->capacity) {
        names->capacity = 2 * names->capacity + 8;
        names->families =
            memory_array(names->families, names->capacity, sizeof *names->families);
    }
    family = &names->families[names->count++];
    *family = (struct names_family){0};
    template_init(&family->template, text, strlen(text), number_places, &error);
    return family;
}

void names_add(struct names *names, const char *text, const struct names_member *member)
{
    struct names_family *family = open_family(names, text);

    if (family->count == family->capacity) {
        family->capacity = 2 * family->capacity + 1;
        family->members =
            memory_array(family->members, family->capacity, sizeof *family->members);
    }
    if (names->reference_count == names->reference_capacity) {
        names->reference_capacity = 2 * names->reference_capacity + 8;
        names->references = memory_array(names->references, names->reference_capacity,
                                         sizeof *names->references);
    }
    names->references[names->reference_count++] = (struct names_reference){
        member->block, (size_t)(family - names->families), family->count};
    family->members[family->count++] = *member;
}

int64_t names_member_count(const struct names_member *member)
{
    return member->to_count * member->from_count;
}

int64_t names_member_place(const struct names_member *member, int64_t i)
{
    return i / member->from_count * member->fan_in + member->from_offset +
           i % member->from_count;
}

void names_interval(const struct names_member *member, enum placeholder place,
                    int64_t *first, int64_t *last)
{
    int64_t count = 1;

    *first = place == PLACE_SAMPLE ? member->sample : member->layer;
    if (place == PLACE_TO || place == PLACE_UNIT) {
        *first = member->to_first;
        count = member->to_count;
    } else if (place == PLACE_FROM) {
        *first = member->from_first + member->from_offset;
        count = member->from_count;
    } else if (place == PLACE_SOURCE_UNIT) {
        *first = member->source_first;
        count = member->from_count;
    } else if (place == PLACE_EDGE || place == PLACE_EDGE_ALL) {
        *first = place == PLACE_EDGE ? 1 : member->edge_first;
        count = member->to_count * member->fan_in;
    }
    *last = *first + count - 1;
}

/* Whether some number that could run into another has two digits. */
static bool needs_commas(const struct names_family *family)
{
    const struct template *template = &family->template;
    int64_t first, last;

    for (size_t i = 0; i < template->count; i++) {
        if (!template_is_joined(template, i))
            continue;
        for (size_t k = 0; k < family->count; k++) {
            names_interval(&family->members[k], template->pieces[i].placeholder, &first,
                           &last);
            if (last > 9)
                return true;
        }
    }
    return false;
}

static char *make_skeleton(const char *name)
{
    struct buf out;

    buf_init(&out);
    while (*name != '\0') {
        size_t run = strspn(name, "0123456789");

        buf_char(&out, run > 0 ? '#' : *name);
        name += run > 0 ? run : 1;
    }
    buf_reserve(&out, 0);
    return buf_take(&out);
}

static char *family_skeleton(const struct names_family *family)
{
    struct template_values zeros = {0};
    struct buf name;
    char *skeleton;

    buf_init(&name);
    template_write(&family->template, &zeros, &name);
    skeleton = make_skeleton(buf_peek(&name));
    buf_clear(&name);
    return skeleton;
}

static int compare_keys(const void *a, const void *b)
{
    const struct names_key *left = a, *right = b;
    int order = strcmp(left->skeleton, right->skeleton);

    return order != 0 ? order
                      : (left->family > right->family) - (left->family < right->family);
}

static int compare_references(const void *a, const void *b)
{
    const struct names_reference *left = a, *right = b;

    if (left->block != right->block)
        return left->block < right->block ? -1 : 1;
    if (left->family != right->family)
        return left->family < right->family ? -1 : 1;
    return (left->member > right->member) - (left->member < right->member);
}

void names_seal(struct names *names)
{
    bool commas = false;

    for (size_t i = 0; i < names->count; i++)
        commas = commas || needs_commas(&names->families[i]);
    names->sorted = memory_array(names->sorted, names->count + 1, sizeof *names->sorted);
    for (size_t i = 0; i < names->count; i++) {
        struct names_family *family = &names->families[i];

        family->template.commas = commas;
        memory_free(family->skeleton);
        family->skeleton = family_skeleton(family);
        names->sorted[i] = (struct names_key){family->skeleton, i};
    }
    if (names->count > 0)
        qsort(names->sorted, names->count, sizeof *names->sorted, compare_keys);
    if (names->reference_count > 0)
        qsort(names->references, names->reference_count, sizeof *names->references,
              compare_references);
}

void names_write_member(const struct names_family *family,
                        const struct names_member *member, int64_t place, struct buf *out)
{
    int64_t to = place / member->fan_in, from = place % member->fan_in;
    struct template_values values = {
        .numbers = {[PLACE_TO] = member->to_first + to,
                    [PLACE_UNIT] = member->to_first + to,
                    [PLACE_FROM] = member->from_first + from,
                    [PLACE_SOURCE_UNIT] =
                        member->source_first + from - member->from_offset,
                    [PLACE_LAYER] = member->layer,
                    [PLACE_SAMPLE] = member->sample,
                    [PLACE_EDGE] = place + 1,
                    [PLACE_EDGE_ALL] = member->edge_first + place}};

    template_write(&family->template, &values, out);
}

static size_t first_reference(const struct names *names, size_t block)
{
    size_t low = 0, high = names->reference_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (names->references[middle].block < block)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool names_write(const struct names *names, struct slot slot, struct buf *out)
{
    for (size_t i = first_reference(names, slot.block);
         i < names->reference_count && names->references[i].block == slot.block; i++) {
        const struct names_family *family = &names->families[names->references[i].family];
        const struct names_member *member = &family->members[names->references[i].member];
        int64_t from = slot.place % member->fan_in - member->from_offset;

        if (from >= 0 && from < member->from_count) {
            names_write_member(family, member, slot.place, out);
            return true;
        }
    }
    return false;
}

/* Whether a number lies in what its placeholder runs through, or is not in the template
   at all. */
static bool is_inside(const struct names_family *family,
                      const struct names_member *member, enum placeholder place,
                      const struct template_values *values)
{
    int64_t first, last;

    if (!template_uses(&family->template, place))
        return true;
    names_interval(member, place, &first, &last);
    return values->numbers[place] >= first && values->numbers[place] <= last;
}

/* The place of a member that numbers mean; -1 if they mean none. Numbers that the
   template does not write are those of the first place. */
static int64_t member_place(const struct names_family *family,
                            const struct names_member *member,
                            const struct template_values *values)
{
    const struct template *template = &family->template;
    const int64_t *numbers = values->numbers;
    int64_t to = 0, from = member->from_offset;

    for (enum placeholder place = 0; place < PLACE_COUNT; place++)
        if (!is_inside(family, member, place, values))
            return -1;
    if (template_uses(template, PLACE_EDGE))
        return numbers[PLACE_EDGE] - 1;
    if (template_uses(template, PLACE_EDGE_ALL))
        return numbers[PLACE_EDGE_ALL] - member->edge_first;
    if (template_uses(template, PLACE_TO))
        to = numbers[PLACE_TO] - member->to_first;
    else if (template_uses(template, PLACE_UNIT))
        to = numbers[PLACE_UNIT] - member->to_first;
    if (template_uses(template, PLACE_FROM))
        from = numbers[PLACE_FROM] - member->from_first;
    else if (template_uses(template, PLACE_SOURCE_UNIT))
        from = numbers[PLACE_SOURCE_UNIT] - member->source_first + member->from_offset;
    return to * member->fan_in + from;
}

/* The first member that can have the numbers: members ascend in what `<layer>` or
   `<edge-all>` writes. */
static size_t first_member(const struct names_family *family,
                           const struct template_values *values)
{
    bool by_layer = template_uses(&family->template, PLACE_LAYER);
    size_t low = 0, high = family->count;

    if (!by_layer && !template_uses(&family->template, PLACE_EDGE_ALL))
        return 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct names_member *member = &family->members[middle];
        int64_t first, last;

        names_interval(member, by_layer ? PLACE_LAYER : PLACE_EDGE_ALL, &first, &last);
        if (last < values->numbers[by_layer ? PLACE_LAYER : PLACE_EDGE_ALL])
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct slot find_in_family(const struct names_family *family,
                                  const char *canonical, bool owned)
{
    bool by_layer = template_uses(&family->template, PLACE_LAYER);
    struct template_values values = {0};

    if (!template_read(&family->template, canonical, &values))
        return SLOT_NONE;
    for (size_t i = first_member(family, &values); i < family->count; i++) {
        const struct names_member *member = &family->members[i];
        int64_t place;

        if (by_layer && member->layer != values.numbers[PLACE_LAYER])
            break;
        if (owned && member->shared)
            continue;
        place = member_place(family, member, &values);
        if (place >= 0)
            return (struct slot){member->block, place};
    }
    return SLOT_NONE;
}

static size_t first_of_skeleton(const struct names *names, const char *skeleton)
{
    size_t low = 0, high = names->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(names->sorted[middle].skeleton, skeleton) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct slot names_find(const struct names *names, const char *canonical, bool owned)
{
    char *skeleton = make_skeleton(canonical);
    struct slot found = SLOT_NONE;

    for (size_t i = first_of_skeleton(names, skeleton); i < names->count; i++) {
        const struct names_key *key = &names->sorted[i];

        if (strcmp(key->skeleton, skeleton) != 0)
            break;
        found = find_in_family(&names->families[key->family], canonical, owned);
        if (found.block != SIZE_MAX)
            break;
    }
    memory_free(skeleton);
    return found;
}

bool names_is_uniform(const struct names_family *family, bool sub, bool sup)
{
    bool above_line = false;

    for (size_t i = 0; i < family->template.count; i++) {
        const struct template_piece *piece = &family->template.pieces[i];
        bool varies = piece->text == NULL && piece->placeholder != PLACE_LAYER &&
                      piece->placeholder != PLACE_SAMPLE;

        for (size_t k = 0; piece->text != NULL && k < piece->length; k++)
            above_line = above_line || piece->text[k] == '^';
        if (varies && (above_line ? sup : sub))
            return false;
    }
    return true;
}
