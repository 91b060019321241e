/* Edits of what a formula is made of: signs, factors, terms, primes, sums. */
#include "verify/repair_parts.h"

#include <string.h>

static const struct spot *spot_at(const struct repairing *r, size_t spot)
{
    return &r->spots.items[spot];
}

static const struct parse_node *node_of(const struct repairing *r, long spot)
{
    return spot >= 0 ? r->spots.items[spot].node : NULL;
}

static bool has_kind(const struct parse_node *node, enum parse_kind kind)
{
    return node && node->kind == kind;
}

/* The sign before an offset, at or after `from`; false if there is none. */
static bool find_sign(const struct repairing *r, uint32_t from, uint32_t offset,
                      char sign, struct span *span)
{
    while (offset > from && strchr(" \t\r\n", r->text[offset - 1]))
        offset--;
    *span = (struct span){offset - 1, offset};
    return offset > from && r->text[offset - 1] == sign;
}

/* Where a term begins, with the minus before it. */
static uint32_t begin_of(const struct repairing *r, const struct parse_node *node)
{
    struct span sign;
    return node->kind == PARSE_NEGATE &&
                   find_sign(r, r->side.begin, node->span.begin, '-', &sign)
               ? sign.begin
               : node->span.begin;
}

/* A term, a factor or a whole: what may have a sign or one more factor. */
static bool is_term(const struct repairing *r, size_t spot)
{
    const struct parse_node *parent = node_of(r, spot_at(r, spot)->parent);
    return !parent || parent->kind == PARSE_SUM || parent->kind == PARSE_CALL ||
           parent->kind == PARSE_BIG;
}

/* Puts something before a spot, which may need brackets then. */
static void put_before(struct repairing *r, struct edit edit, const char *text)
{
    struct span span = spot_at(r, edit.spot)->node->span;
    edit.span = (struct span){span.begin, span.begin};
    edit.after = text;
    if (has_kind(spot_at(r, edit.spot)->node, PARSE_SUM)) {
        edit.span = r->side;
        edit.after = repair_format(r, "%s(%s)", text, repair_copy(r, r->side));
    }
    repair_try(r, edit);
}

/* --- signs --- */

static void drop_minus(struct repairing *r, size_t spot, struct edit edit)
{
    const struct spot *at = spot_at(r, spot);
    bool is_first = at->part == 0 || !has_kind(node_of(r, at->parent), PARSE_SUM);
    if (!find_sign(r, r->side.begin, at->node->span.begin, '-', &edit.span))
        return;
    edit.after = is_first ? "" : "+";
    if (is_first)
        edit.span.end = at->node->span.begin;
    repair_try(r, edit);
}

static void edit_sign(struct repairing *r, size_t spot)
{
    const struct spot *at = spot_at(r, spot);
    struct edit edit = {.kind = REPAIR_SIGN, .spot = spot, .test = EDIT_NEGATIVE};
    bool follows = at->part > 0 && has_kind(node_of(r, at->parent), PARSE_SUM);
    if (at->node->kind == PARSE_NEGATE) {
        drop_minus(r, spot, edit);
    } else if (is_term(r, spot) && !follows) {
        if (!at->is_bound && (at->parent < 0 || at->node->kind != PARSE_SUM))
            put_before(r, edit, "-");
    } else if (is_term(r, spot) &&
               find_sign(r, r->side.begin, at->node->span.begin, '+', &edit.span)) {
        edit.after = "-";
        repair_try(r, edit);
    }
}

/* --- what is too much --- */

static bool is_number(const struct parse_node *node)
{
    if (node->kind == PARSE_FRACTION)
        return node->parts[0]->kind == PARSE_NUMBER &&
               node->parts[1]->kind == PARSE_NUMBER;
    return node->kind == PARSE_NUMBER;
}

static void drop_factor(struct repairing *r, size_t spot)
{
    const struct spot *at = spot_at(r, spot);
    struct edit edit = {.kind =
                            is_number(at->node) ? REPAIR_CONSTANT : REPAIR_FACTOR_EXTRA,
                        .after = "",
                        .spot = spot,
                        .test = EDIT_ONE};
    edit.span =
        at->part > 0
            ? (struct span){spot_at(r, spot - 1)->node->span.end, at->node->span.end}
            : (struct span){at->node->span.begin, spot_at(r, spot + 1)->node->span.begin};
    repair_try(r, edit);
}

static void drop_term(struct repairing *r, size_t spot)
{
    const struct spot *at = spot_at(r, spot);
    struct edit edit = {
        .kind = REPAIR_TERM_EXTRA, .after = "", .spot = spot, .test = EDIT_ZERO};
    edit.span = at->part > 0 ? (struct span){spot_at(r, spot - 1)->node->span.end,
                                             at->node->span.end}
                             : (struct span){begin_of(r, at->node),
                                             begin_of(r, spot_at(r, spot + 1)->node)};
    repair_try(r, edit);
}

static void drop_part(struct repairing *r, size_t spot)
{
    const struct parse_node *parent = node_of(r, spot_at(r, spot)->parent);
    if (has_kind(parent, PARSE_PRODUCT))
        drop_factor(r, spot);
    else if (has_kind(parent, PARSE_SUM))
        drop_term(r, spot);
}

/* --- what was lost --- */

/* Of a sum, the whole in brackets. */
static const char *with_factor(struct repairing *r, const struct word *word, bool is_sum)
{
    if (is_sum)
        return repair_format(r, word->is_sum ? "(%s)(%s)" : "(%s) %s",
                             repair_copy(r, r->side), word->text);
    return repair_format(r, word->is_sum ? " (%s)" : " %s", word->text);
}

static void put_factors(struct repairing *r, size_t spot)
{
    const struct spot *at = spot_at(r, spot);
    struct edit edit = {.kind = REPAIR_FACTOR_LOST, .spot = spot, .test = EDIT_TIMES};
    bool is_sum = at->node->kind == PARSE_SUM;
    edit.span = is_sum ? r->side : (struct span){at->node->span.end, at->node->span.end};
    for (size_t i = 0; i < r->factors.count; i++) {
        const struct word *word = &r->factors.items[i];
        if (!repair_fits(at, word))
            continue;
        edit.after = with_factor(r, word, is_sum);
        edit.expression = word->expression;
        repair_try(r, edit);
    }
}

static void put_constants(struct repairing *r, size_t spot)
{
    const struct parse_node *node = spot_at(r, spot)->node;
    char first = r->text[node->span.begin];
    const char *dot = first >= '0' && first <= '9' ? "\\cdot " : "";
    for (size_t i = 0; i < r->constants.count; i++) {
        const struct word *word = &r->constants.items[i];
        struct edit edit = {.kind = REPAIR_CONSTANT,
                            .spot = spot,
                            .test = EDIT_TIMES,
                            .expression = word->expression};
        put_before(r, edit, repair_format(r, "%s %s", word->text, dot));
    }
}

static void put_terms(struct repairing *r, size_t spot)
{
    const struct spot *at = spot_at(r, spot);
    struct edit edit = {.kind = REPAIR_TERM_LOST,
                        .span = {at->node->span.end, at->node->span.end},
                        .spot = spot,
                        .test = EDIT_PLUS};
    for (size_t i = 0; i < r->terms.count; i++) {
        const struct word *word = &r->terms.items[i];
        const char *form = word->text[0] == '-' ? " %s" : " + %s";
        edit.after = repair_format(r, form, word->text);
        edit.path = word->path;
        edit.expression = word->expression;
        repair_try(r, edit);
    }
}

static void put_parts(struct repairing *r, size_t spot)
{
    const struct spot *at = spot_at(r, spot);
    const struct parse_node *node = at->node, *parent = node_of(r, at->parent);
    bool may_have_factor = node->kind != PARSE_NEGATE &&
                           (is_term(r, spot) || parent->kind == PARSE_NEGATE) &&
                           (node->kind != PARSE_SUM || at->parent < 0);
    if (may_have_factor) {
        if (!at->is_bound)
            put_constants(r, spot);
        put_factors(r, spot);
    }
    if (at->is_place &&
        (node->kind == PARSE_SUM || at->parent < 0 || has_kind(parent, PARSE_BRACKET)))
        put_terms(r, spot);
}

static void edit_number(struct repairing *r, size_t spot)
{
    const struct spot *at = spot_at(r, spot);
    for (size_t i = 0; i < r->constants.count; i++)
        repair_try(r, (struct edit){.kind = REPAIR_CONSTANT,
                                    .span = at->node->span,
                                    .after = r->constants.items[i].text,
                                    .spot = spot,
                                    .test = EDIT_PUT,
                                    .expression = at->is_place
                                                      ? r->constants.items[i].expression
                                                      : 0});
}

/* --- primes --- */

/* The prime of a function's name, as it is written; empty at the end of the name if it
   has none. */
static struct span prime_of(const struct repairing *r, const struct parse_node *call)
{
    static const char *const primes[] = {"'", "^{\\prime}", "^\\prime"};
    uint32_t at = call->span.begin;
    size_t length = strcspn(call->text, "'");
    if (strncmp(r->text + at, call->text, length) != 0)
        return (struct span){at, at};
    at += (uint32_t)length;
    for (size_t i = 0; i < 3; i++)
        if (strncmp(r->text + at, primes[i], strlen(primes[i])) == 0)
            return (struct span){at, at + (uint32_t)strlen(primes[i])};
    return (struct span){at, at};
}

static void edit_prime(struct repairing *r, size_t spot)
{
    const struct parse_node *call = spot_at(r, spot)->node;
    bool is_primed = strchr(call->text, '\'') != NULL;
    struct span prime = prime_of(r, call), name = {call->span.begin, prime.end};
    if (prime.begin == name.begin || is_primed != (prime.end > prime.begin))
        return;
    repair_try(
        r, (struct edit){.kind = is_primed ? REPAIR_PRIME_EXTRA : REPAIR_PRIME_LOST,
                         .span = name,
                         .after = repair_replaced(r, name, prime, is_primed ? "" : "'"),
                         .spot = spot,
                         .test = EDIT_PUT});
}

/* --- sums --- */

/* An index of a term was summed over. */
static void put_sums(struct repairing *r)
{
    for (size_t i = 0; i < r->letter_count; i++) {
        const char *sum = repair_format(r, "\\sum_%s ", r->letters[i]);
        const char *whole = repair_format(r, "%s(%s)", sum, repair_copy(r, r->side));
        put_before(r,
                   (struct edit){.kind = REPAIR_TERM_LOST,
                                 .test = EDIT_PUT,
                                 .expression = repair_read(r, whole)},
                   sum);
    }
}

static void drop_sum(struct repairing *r, size_t spot)
{
    const struct parse_node *big = spot_at(r, spot)->node;
    repair_try(r, (struct edit){.kind = REPAIR_TERM_EXTRA,
                                .span = {big->span.begin, big->parts[3]->span.begin},
                                .after = "",
                                .spot = spot,
                                .test = EDIT_PUT});
}

void repair_edit_spot(struct repairing *r, size_t spot)
{
    const struct parse_node *node = spot_at(r, spot)->node;
    repair_edit_name(r, spot);
    if (r->is_left)
        return;
    if (spot == 0)
        put_sums(r);
    edit_sign(r, spot);
    drop_part(r, spot);
    put_parts(r, spot);
    if (node->kind == PARSE_NUMBER)
        edit_number(r, spot);
    else if (node->kind == PARSE_CALL)
        edit_prime(r, spot);
    else if (node->kind == PARSE_BIG)
        drop_sum(r, spot);
}
