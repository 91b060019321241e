#include "eval/difference.h"

#include "base/memory.h"
#include "eval/evaluate.h"
#include "eval/series.h"
#include "expr/walk.h"

/* w - h to w + h are as far apart as is good for both errors: what is left of the
   remainder, which is enclosed to about h, and what rounding costs. */
enum { REMAINDER = 3, STEP_SHARE = 4 };

struct difference {
    const struct values *values;
    struct network *network;
    struct pool *pool;
    node_id goal;
    struct expr_list
        tape; /* every node once: parts before wholes, definitions before symbols */
    uint32_t *places; /* by expression: place on the tape plus 1, or 0 */
    size_t place_count;
    arb_poly_struct *series; /* by place */
    struct series_style style;
    expr_id by; /* the symbol that varies, around: */
    arb_t middle;
    arb_t value; /* a coefficient of the goal */
};

static uint32_t *place_of(struct difference *difference, expr_id e)
{
    if (e >= difference->place_count) {
        size_t count = 2 * (size_t)pool_count(difference->pool) + 1;
        difference->places = memory_array(difference->places, count, sizeof(uint32_t));
        for (size_t i = difference->place_count; i < count; i++)
            difference->places[i] = 0;
        difference->place_count = count;
    }
    return &difference->places[e];
}

/* Derivatives too, as they are differentiated. */
static bool is_by_formula(const struct pool *pool, expr_id e)
{
    return evaluation_is_by_formula(pool, e, 0);
}

/* What a symbol, or an application of a function with a formula, stands for; or 0. */
static expr_id definition_of(const struct difference *difference, expr_id e)
{
    if (expr_kind(difference->pool, e) == EXPR_SYMBOL)
        return defs_get(network_defs(difference->network), e);
    return is_by_formula(difference->pool, e)
               ? function_without_primes(difference->pool, e)
               : 0;
}

static bool push_new(struct difference *difference, struct expr_list *stack, expr_id e)
{
    if (e == 0 || *place_of(difference, e) != 0)
        return false;
    expr_list_push(stack, e);
    return true;
}

static bool push_arguments(struct difference *difference, expr_id e,
                           struct expr_list *stack)
{
    const struct pool *pool = difference->pool;
    if (expr_kind(pool, e) == EXPR_SYMBOL || is_by_formula(pool, e))
        return push_new(difference, stack, definition_of(difference, e));
    size_t count = expr_kind(pool, e) == EXPR_POWER ? 1 : expr_count(pool, e);
    bool pushed = false;
    for (size_t i = count; i-- > 0;)
        pushed |= push_new(difference, stack, expr_part(pool, e, i));
    return pushed;
}

static void lay_tape(struct difference *difference)
{
    struct expr_list stack;
    expr_list_init(&stack);
    expr_list_push(&stack, network_symbol(difference->network, difference->goal));
    while (stack.count > 0) {
        expr_id top = stack.items[stack.count - 1];
        if (*place_of(difference, top) == 0) {
            if (push_arguments(difference, top, &stack))
                continue;
            expr_list_push(&difference->tape, top);
            *place_of(difference, top) = (uint32_t)difference->tape.count;
        }
        stack.count--;
    }
    expr_list_clear(&stack);
}

struct difference *difference_new(const struct values *values, node_id goal)
{
    struct difference *difference = memory_zeroed(1, sizeof *difference);
    difference->values = values;
    difference->network = values->network;
    difference->pool = network_pool(values->network);
    difference->goal = goal;
    difference->style.bits = values->arith.bits;
    expr_list_init(&difference->tape);
    lay_tape(difference);
    difference->series =
        memory_array(NULL, difference->tape.count, sizeof *difference->series);
    for (size_t i = 0; i < difference->tape.count; i++)
        arb_poly_init(&difference->series[i]);
    arb_init(difference->middle);
    arb_init(difference->value);
    return difference;
}

void difference_free(struct difference *difference)
{
    for (size_t i = 0; i < difference->tape.count; i++)
        arb_poly_clear(&difference->series[i]);
    arb_clear(difference->middle);
    arb_clear(difference->value);
    memory_free(difference->series);
    memory_free(difference->places);
    expr_list_clear(&difference->tape);
    memory_free(difference);
}

size_t difference_size(const struct difference *difference)
{
    return difference->tape.count;
}

static arb_poly_struct *series_of(const struct difference *difference, expr_id e)
{
    return &difference->series[difference->places[e] - 1];
}

static void set_rational(arb_poly_struct *x, mpq_srcptr value, slong bits)
{
    fmpq_t exact;
    arb_t ball;
    fmpq_init(exact);
    arb_init(ball);
    fmpq_set_mpq(exact, value);
    arb_set_fmpq(ball, exact, bits);
    arb_poly_set_arb(x, ball);
    arb_clear(ball);
    fmpq_clear(exact);
}

/* The symbol that varies is a series of its own, middle + the variable; a leaf is its
 * value. */
static void run_symbol(struct difference *difference, expr_id symbol, arb_poly_struct *x)
{
    if (symbol == difference->by) {
        arb_poly_set_arb(x, difference->middle);
        if (difference->style.length > 1)
            arb_poly_set_coeff_si(x, 1, 1);
        return;
    }
    expr_id definition = definition_of(difference, symbol);
    if (definition != 0) {
        arb_poly_set(x, series_of(difference, definition));
        return;
    }
    node_id node = network_node(difference->network, symbol);
    if (node < 0)
        series_unknown(x, difference->style);
    else
        set_rational(x, values_peek(difference->values, node), difference->style.bits);
}

static void run_fold(const struct difference *difference, expr_id e, arb_poly_struct *x)
{
    struct series_style style = difference->style;
    bool is_sum = expr_kind(difference->pool, e) == EXPR_SUM;
    arb_poly_set(x, series_of(difference, expr_part(difference->pool, e, 0)));
    for (size_t i = 1; i < expr_count(difference->pool, e); i++) {
        const arb_poly_struct *part =
            series_of(difference, expr_part(difference->pool, e, i));
        if (is_sum)
            arb_poly_add(x, x, part, style.bits);
        else
            arb_poly_mullow(x, x, part, style.length, style.bits);
    }
}

static void run_apply(struct difference *difference, expr_id e, arb_poly_struct *x)
{
    const struct pool *pool = difference->pool;
    if (is_by_formula(pool, e)) {
        expr_id formula = definition_of(difference, e);
        if (formula != 0)
            arb_poly_set(x, series_of(difference, formula));
        else
            series_unknown(x, difference->style);
        return;
    }
    const arb_poly_struct *a = series_of(difference, expr_part(pool, e, 1));
    const arb_poly_struct *b =
        expr_count(pool, e) > 2 ? series_of(difference, expr_part(pool, e, 2)) : a;
    series_apply(x, function_peek(pool, e), a, b, difference->style);
}

static void run_power(const struct difference *difference, expr_id e, arb_poly_struct *x)
{
    long exponent;
    if (evaluation_exponent(difference->pool, e, &exponent))
        series_power(x, series_of(difference, expr_part(difference->pool, e, 0)),
                     exponent, difference->style);
    else
        series_unknown(x, difference->style);
}

static void run_node(struct difference *difference, expr_id e)
{
    const struct pool *pool = difference->pool;
    struct series_style style = difference->style;
    arb_poly_struct *x = series_of(difference, e);
    switch (expr_kind(pool, e)) {
    case EXPR_NUMBER:
        set_rational(x, expr_peek_number(pool, e), style.bits);
        break;
    case EXPR_SYMBOL:
        run_symbol(difference, e, x);
        break;
    case EXPR_SUM:
    case EXPR_PRODUCT:
        run_fold(difference, e, x);
        break;
    case EXPR_NEGATE:
        arb_poly_neg(x, series_of(difference, expr_part(pool, e, 0)));
        break;
    case EXPR_QUOTIENT:
        arb_poly_div_series(x, series_of(difference, expr_part(pool, e, 0)),
                            series_of(difference, expr_part(pool, e, 1)), style.length,
                            style.bits);
        break;
    case EXPR_POWER:
        run_power(difference, e, x);
        break;
    case EXPR_APPLY:
        run_apply(difference, e, x);
        break;
    case EXPR_FUNCTION:
        break;
    case EXPR_DERIVATIVE:
    case EXPR_LOCAL:
        series_unknown(x, difference->style);
    }
}

/* The coefficient number `order` of the goal, around a point or a ball. */
static void run(struct difference *difference, const arb_t middle, slong order)
{
    arb_set(difference->middle, middle);
    difference->style.length = order + 1;
    for (size_t i = 0; i < difference->tape.count; i++)
        run_node(difference, difference->tape.items[i]);
    expr_id goal = network_symbol(difference->network, difference->goal);
    arb_poly_get_coeff_arb(difference->value, series_of(difference, goal), order);
}

/* What the symbol is, before it varies. */
static void find_middle(struct difference *difference, node_id node, arb_t middle)
{
    struct enclosure value;
    enclosure_init(&value);
    difference->values->arith.get_enclosure(&value,
                                            values_number(difference->values, node));
    if (value.is_exact) {
        fmpq_t exact;
        fmpq_init(exact);
        fmpq_set_mpq(exact, value.exact);
        arb_set_fmpq(middle, exact, difference->style.bits);
        fmpq_clear(exact);
    } else {
        arb_set_interval_mpfr(middle, value.lower, value.upper, difference->style.bits);
    }
    enclosure_clear(&value);
}

/* h = 2^-p. */
static void set_step(const struct difference *difference, arb_t step)
{
    arb_one(step);
    arb_mul_2exp_si(step, step, -(difference->style.bits / STEP_SHARE));
}

static void quotient_of(struct difference *difference, const arb_t middle, arb_t quotient)
{
    slong bits = difference->style.bits;
    arb_t step, point;
    arb_init(step);
    arb_init(point);
    set_step(difference, step);
    arb_add(point, middle, step, bits);
    run(difference, point, 0);
    arb_set(quotient, difference->value);
    arb_sub(point, middle, step, bits);
    run(difference, point, 0);
    arb_sub(quotient, quotient, difference->value, bits);
    arb_div(quotient, quotient, step, bits);
    arb_mul_2exp_si(quotient, quotient, -1);
    arb_clear(step);
    arb_clear(point);
}

/* h^2 E'''/6 over the ball of all points between. */
static void subtract_remainder(struct difference *difference, const arb_t middle,
                               arb_t quotient)
{
    slong bits = difference->style.bits;
    arb_t step, around;
    arb_init(step);
    arb_init(around);
    set_step(difference, step);
    arb_set(around, middle);
    arb_add_error(around, step);
    run(difference, around, REMAINDER);
    arb_mul(step, step, step, bits);
    arb_mul(step, step, difference->value, bits);
    arb_sub(quotient, quotient, step, bits);
    arb_clear(step);
    arb_clear(around);
}

void difference_quotient(struct difference *difference, node_id node,
                         struct enclosure *quotient)
{
    arb_t middle, value;
    arb_init(middle);
    arb_init(value);
    difference->by = network_symbol(difference->network, node);
    find_middle(difference, node, middle);
    quotient_of(difference, middle, value);
    subtract_remainder(difference, middle, value);
    ball_enclosure(quotient, value, difference->style.bits);
    arb_clear(middle);
    arb_clear(value);
}
