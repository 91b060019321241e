#include "exercise/spoil.h"

#include "base/memory.h"
#include "base/name.h"
#include "exercise/parts.h"
#include "expr/function.h"
#include "expr/substitute.h"
#include "expr/walk.h"

#include <string.h>

static expr_id without(struct pool *pool, expr_id e, size_t lost)
{
    struct expr_list kept;
    expr_list_init(&kept);
    for (size_t i = 0; i < expr_count(pool, e); i++)
        if (i != lost)
            expr_list_push(&kept, expr_part(pool, e, i));
    expr_id rest = expr_kind(pool, e) == EXPR_SUM
                       ? expr_sum(pool, kept.items, kept.count)
                       : expr_product(pool, kept.items, kept.count);
    expr_list_clear(&kept);
    return rest;
}

static bool has_kind(const struct pool *pool, expr_id whole, enum expr_kind kind)
{
    for (size_t i = 0; i < expr_count(pool, whole); i++)
        if (expr_kind(pool, expr_part(pool, whole, i)) == kind)
            return true;
    return false;
}

/* A path is forgotten; a difference is no sum over paths. */
static expr_id drop_term(struct maker *maker, expr_id e)
{
    if (expr_kind(maker->pool, e) != EXPR_SUM || has_kind(maker->pool, e, EXPR_NEGATE))
        return 0;
    return without(maker->pool, e, maker_below(maker, expr_count(maker->pool, e)));
}

/* An edge of a path is forgotten, or a number. */
static expr_id drop_factor(struct maker *maker, expr_id e)
{
    struct pool *pool = maker->pool;
    if (expr_kind(pool, e) != EXPR_PRODUCT)
        return 0;
    size_t lost = maker_below(maker, expr_count(pool, e));
    enum expr_kind kind = expr_kind(pool, expr_part(pool, e, lost));
    return kind == EXPR_SUM || kind == EXPR_DERIVATIVE ? 0 : without(pool, e, lost);
}

static bool is_primed(const struct pool *pool, expr_id e)
{
    return expr_kind(pool, e) == EXPR_APPLY && expr_count(pool, e) == 2 &&
           function_peek(pool, e)->primes > 0;
}

/* f for f' */
static expr_id drop_prime(struct maker *maker, expr_id e)
{
    struct pool *pool = maker->pool;
    if (!is_primed(pool, e))
        return 0;
    struct function function = *function_peek(pool, e);
    function.primes--;
    return function_apply(pool, function_make(pool, &function), expr_part(pool, e, 1));
}

static bool same_slice(const char *a, size_t a_length, const char *b, size_t b_length)
{
    return a_length == b_length && strncmp(a, b, a_length) == 0;
}

/* `w_{21}^{1}` of `w_{11}^{1}`; without a superscript, or in another layer if need be. */
static bool is_sibling(const char *a, const char *b, bool same_superscript)
{
    struct name first, second;
    return strcmp(a, b) != 0 && name_split(&first, a) && name_split(&second, b) &&
           same_slice(first.head, first.head_length, second.head, second.head_length) &&
           (!same_superscript ||
            same_slice(first.sup, first.sup_length, second.sup, second.sup_length));
}

static expr_id any_sibling(struct maker *maker, expr_id symbol, bool same_superscript)
{
    node_id found = -1;
    size_t count = 0;
    struct buf name;
    buf_init(&name);
    for (node_id node = 0; node < network_count(maker->network); node++) {
        buf_truncate(&name, 0);
        network_name(maker->network, node, &name);
        if (is_sibling(expr_peek_name(maker->pool, symbol), buf_peek(&name),
                       same_superscript) &&
            maker_below(maker, ++count) == 0)
            found = node;
    }
    buf_clear(&name);
    return found < 0 ? 0 : network_symbol(maker->network, found);
}

/* Another index, if there is one in the same layer. */
static expr_id other_index(struct maker *maker, expr_id e)
{
    if (expr_kind(maker->pool, e) != EXPR_SYMBOL)
        return 0;
    expr_id sibling = any_sibling(maker, e, true);
    return sibling ? sibling : any_sibling(maker, e, false);
}

/* f' of another unit, or of another layer. */
static expr_id other_argument(struct maker *maker, expr_id e)
{
    struct pool *pool = maker->pool;
    if (!is_primed(pool, e))
        return 0;
    expr_id argument = expr_part(pool, e, 1), other = other_index(maker, argument);
    return other ? substitute_one(pool, e, argument, other) : 0;
}

/* t - y for y - t, and a for 0 - a. */
static expr_id turn_sign(struct maker *maker, expr_id e)
{
    struct pool *pool = maker->pool;
    if (expr_kind(pool, e) != EXPR_SUM || expr_count(pool, e) != 2)
        return 0;
    expr_id first = expr_part(pool, e, 0), second = expr_part(pool, e, 1);
    if (expr_kind(pool, second) != EXPR_NEGATE)
        return 0;
    second = expr_part(pool, second, 0);
    return expr_is_integer(pool, first, 0) ? second : expr_subtract(pool, second, first);
}

static expr_id lower_exponent(struct maker *maker, expr_id e)
{
    struct pool *pool = maker->pool;
    if (expr_kind(pool, e) != EXPR_POWER)
        return 0;
    expr_id base = expr_part(pool, e, 0), exponent = expr_part(pool, e, 1);
    if (expr_is_integer(pool, exponent, 2))
        return base;
    return expr_is_integer(pool, exponent, 3) ? expr_power(pool, base, 2) : 0;
}

#define REPAIRED(kind) (1u << REPAIR_##kind)

static const struct {
    expr_id (*make)(struct maker *maker, expr_id part);
    unsigned repairs;
} mistakes[] = {
    {drop_term, REPAIRED(TERM_LOST)},
    {drop_factor, REPAIRED(FACTOR_LOST) | REPAIRED(CONSTANT)},
    {drop_prime, REPAIRED(PRIME_LOST)},
    {other_index, REPAIRED(INDEX) | REPAIRED(NAME)},
    {other_argument, REPAIRED(ARGUMENT) | REPAIRED(INDEX) | REPAIRED(NAME)},
    {turn_sign, REPAIRED(SIGN)},
    {lower_exponent, REPAIRED(EXPONENT) | REPAIRED(FACTOR_LOST)},
};

enum { MISTAKES = sizeof mistakes / sizeof *mistakes };

static expr_id put_wrong(void *context, expr_id part)
{
    (void)part;
    return *(const expr_id *)context;
}

static expr_id replaced(struct pool *pool, expr_id e, const struct part *part,
                        expr_id wrong)
{
    struct sites sites;
    sites_init(&sites);
    sites_push(&sites, part->site.steps, part->site.depth);
    expr_id whole = sites_rewrite(pool, e, &sites, put_wrong, &wrong);
    sites_clear(&sites);
    return whole;
}

/* One kind of mistake, at the first of the parts, in random order, where it can be made.
 */
static expr_id spoil_by(struct maker *maker, expr_id e, const struct parts *parts,
                        size_t mistake)
{
    size_t *order = memory_array(NULL, parts->count, sizeof *order);
    expr_id spoiled = 0;
    for (size_t i = 0; i < parts->count; i++)
        order[i] = i;
    maker_shuffle(maker, order, parts->count);
    for (size_t i = 0; spoiled == 0 && i < parts->count; i++) {
        const struct part *part = &parts->items[order[i]];
        expr_id wrong = mistakes[mistake].make(maker, part->e);
        if (wrong)
            spoiled = replaced(maker->pool, e, part, wrong);
    }
    memory_free(order);
    return spoiled;
}

expr_id spoil(struct maker *maker, expr_id e, unsigned *repairs)
{
    size_t order[MISTAKES];
    struct parts parts;
    expr_id spoiled = 0;
    parts_find(&parts, maker->pool, e);
    for (size_t i = 0; i < MISTAKES; i++)
        order[i] = i;
    maker_shuffle(maker, order, MISTAKES);
    for (size_t i = 0; spoiled == 0 && i < MISTAKES; i++) {
        *repairs = mistakes[order[i]].repairs;
        if (*repairs & ~maker->made_mistakes)
            spoiled = spoil_by(maker, e, &parts, order[i]);
    }
    parts_clear(&parts);
    return spoiled;
}
