#include "verify/spots.h"

#include "base/memory.h"
#include "tex/apply.h"
#include "tex/juxtapose.h"

#include <string.h>

static bool push(struct spots *spots, struct spot spot, size_t most)
{
    if (spots->count == most)
        return false;
    if (spots->count == spots->capacity) {
        spots->capacity = 2 * spots->capacity + 64;
        spots->items = memory_array(spots->items, spots->capacity, sizeof *spots->items);
    }
    spots->items[spots->count++] = spot;
    return true;
}

/* `f(z)` as a call, `h_jx` as a product. */
static const struct parse_node *make_out(struct spots *spots,
                                         const struct elaborate *context,
                                         const struct parse_node *node)
{
    const struct parse_node *other = NULL;
    if (node->kind == PARSE_PRODUCT)
        other = apply_calls(context, &spots->arena, node);
    else if (node->kind == PARSE_NAME && !juxtapose_is_known(context, node) &&
             !apply_exponent(context, node))
        other = juxtapose(context, &spots->arena, node);
    return other ? other : node;
}

static bool keeps_places(const struct parse_node *node)
{
    switch (node->kind) {
    case PARSE_SUM:
    case PARSE_NEGATE:
    case PARSE_PRODUCT:
    case PARSE_FRACTION:
        return true;
    case PARSE_BRACKET:
        return node->text[0] != '|' && node->text[0] != '.';
    default:
        return false;
    }
}

/* The parts of a node that are formulas: from `first` on, how many. */
static size_t formulas_of(const struct parse_node *node, size_t *first)
{
    *first = node->kind == PARSE_BIG ? 3 : 0;
    switch (node->kind) {
    case PARSE_NAME:
    case PARSE_NUMBER:
        return 0;
    case PARSE_BIG:
    case PARSE_POWER:
        return 1;
    case PARSE_LOCAL:
        return 2;
    default:
        return node->count;
    }
}

static bool push_parts(struct spots *spots, const struct elaborate *context, size_t i,
                       size_t most)
{
    struct spot whole = spots->items[i];
    size_t first, count = formulas_of(whole.node, &first);
    bool is_place = whole.is_place && keeps_places(whole.node);
    spots->items[i].first_part = spots->count;
    spots->items[i].part_count = count;
    for (size_t k = 0; k < count; k++) {
        struct spot spot = {.node =
                                make_out(spots, context, whole.node->parts[first + k]),
                            .parent = (long)i,
                            .part = k,
                            .place = is_place ? spots->count : whole.place,
                            .is_place = is_place,
                            .is_bound = whole.is_bound || whole.node->kind == PARSE_BIG};
        if (!push(spots, spot, most))
            return false;
    }
    return true;
}

bool spots_init(struct spots *spots, const struct elaborate *context,
                const struct parse_node *tree, size_t most)
{
    *spots = (struct spots){0};
    arena_init(&spots->arena);
    struct spot root = {
        .node = make_out(spots, context, tree), .parent = SPOT_NONE, .is_place = true};
    if (!push(spots, root, most))
        return false;
    for (size_t i = 0; i < spots->count; i++) {
        if (!push_parts(spots, context, i, most))
            return false;
        struct spot *spot = &spots->items[i];
        spot->expression = spot->is_place ? elaborate(context, spot->node) : 0;
        if (spot->is_place && !spot->expression)
            return false;
    }
    return true;
}

void spots_clear(struct spots *spots)
{
    memory_free(spots->items);
    arena_clear(&spots->arena);
}

/* --- what must stand there --- */

/* The product of the other factors. */
static mp_limb_t others(const struct spots *spots, const struct spot *whole,
                        const struct spot *part, nmod_t mod)
{
    mp_limb_t product = 1;
    for (size_t i = 0; i < whole->part_count; i++) {
        const struct spot *factor = &spots->items[whole->first_part + i];
        if (factor != part)
            product = nmod_mul(product, factor->value, mod);
    }
    return product;
}

/* Of the numerator or the denominator. */
static void need_of_fraction(const struct spots *spots, const struct spot *whole,
                             struct spot *part, nmod_t mod)
{
    mp_limb_t above = spots->items[whole->first_part].value;
    mp_limb_t below = spots->items[whole->first_part + 1].value;
    if (part->part == 0) {
        part->need = nmod_mul(whole->need, below, mod);
        return;
    }
    part->is_needed = whole->need != 0 && above != 0;
    if (part->is_needed)
        part->need = nmod_mul(above, nmod_inv(whole->need, mod), mod);
}

static void need_of_part(const struct spots *spots, const struct spot *whole,
                         struct spot *part, nmod_t mod)
{
    mp_limb_t product;
    part->is_needed = true;
    switch (whole->node->kind) {
    case PARSE_SUM:
        part->need = nmod_add(whole->need, nmod_sub(part->value, whole->value, mod), mod);
        break;
    case PARSE_NEGATE:
        part->need = nmod_neg(whole->need, mod);
        break;
    case PARSE_PRODUCT:
        product = others(spots, whole, part, mod);
        part->is_needed = product != 0;
        if (part->is_needed)
            part->need = nmod_mul(whole->need, nmod_inv(product, mod), mod);
        break;
    case PARSE_FRACTION:
        need_of_fraction(spots, whole, part, mod);
        break;
    default:
        part->need = whole->need;
    }
}

void spots_need(struct spots *spots, mp_limb_t need, nmod_t mod)
{
    spots->items[0].need = need;
    spots->items[0].is_needed = true;
    for (size_t i = 1; i < spots->count; i++) {
        struct spot *part = &spots->items[i];
        const struct spot *whole = &spots->items[part->parent];
        if (part->is_place && whole->is_needed)
            need_of_part(spots, whole, part, mod);
    }
}
