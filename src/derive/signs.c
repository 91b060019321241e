#include "derive/signs.h"

#include "expr/walk.h"

/* a - b, in this order. */
static bool is_difference(const struct pool *pool, expr_id e)
{
    return expr_kind(pool, e) == EXPR_SUM && expr_count(pool, e) == 2 &&
           expr_kind(pool, expr_part(pool, e, 0)) != EXPR_NEGATE &&
           expr_kind(pool, expr_part(pool, e, 1)) == EXPR_NEGATE;
}

static bool is_from_zero(const struct pool *pool, expr_id e)
{
    return is_difference(pool, e) && expr_is_integer(pool, expr_part(pool, e, 0), 0);
}

static expr_id turned_round(struct pool *pool, expr_id difference)
{
    expr_id a = expr_part(pool, difference, 0), b = expr_part(pool, difference, 1);
    return expr_subtract(pool, expr_part(pool, b, 0), a);
}

expr_id signs_turned(struct pool *pool, expr_id product)
{
    struct expr_list factors;
    bool turned = false, taken = false;
    if (expr_kind(pool, product) != EXPR_PRODUCT)
        return 0;
    expr_list_init(&factors);
    for (size_t i = 0; i < expr_count(pool, product); i++) {
        expr_id factor = expr_part(pool, product, i);
        if (!taken && is_from_zero(pool, factor)) {
            factor = expr_part(pool, expr_part(pool, factor, 1), 0);
            taken = true;
        } else if (!turned && is_difference(pool, factor)) {
            factor = turned_round(pool, factor);
            turned = true;
        }
        expr_list_push(&factors, factor);
    }
    expr_id e = turned && taken ? expr_product(pool, factors.items, factors.count) : 0;
    expr_list_clear(&factors);
    return e;
}

bool signs_can_turn(struct pool *pool, expr_id e)
{
    if (expr_kind(pool, e) != EXPR_SUM)
        return signs_turned(pool, e) != 0;
    for (size_t i = 0; i < expr_count(pool, e); i++)
        if (signs_turned(pool, expr_part(pool, e, i)))
            return true;
    return false;
}
