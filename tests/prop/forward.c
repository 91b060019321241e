#include "forward.h"

#include "eval/drawn.h"
#include "expr/walk.h"

#include <stdlib.h>

/* The number of an expression; exact as long as it is made of rationals by + - * / and
   what has kinks, because that decides where a kink is, and what a letter f is. */
struct cell {
    mpfr_t value, slope;
    mpq_t exact;
    bool is_exact;
    mpfr_t *partials; /* by each part */
    size_t count;
};

/* Cells by expression, made when they are needed. */
struct cells {
    struct cell **items;
    size_t count;
};

struct forward {
    const struct values *values;
    struct pool *pool;
    mpfr_prec_t bits;
    struct cells cells;
    struct expr_list *tapes; /* by node: what its definition is made of */
    mpfr_t scale;            /* the largest term of the last slopes */
    bool is_lost;            /* some value was, or that of a letter is not known */
};

static void cells_init(struct cells *cells, const struct pool *pool)
{
    cells->count = (size_t)pool_count(pool) + 1;
    cells->items = calloc(cells->count, sizeof(struct cell *));
}

static void cells_clear(struct cells *cells)
{
    for (size_t i = 0; i < cells->count; i++) {
        struct cell *cell = cells->items[i];
        if (cell == NULL)
            continue;
        for (size_t k = 0; k < cell->count; k++)
            mpfr_clear(cell->partials[k]);
        mpfr_clears(cell->value, cell->slope, (mpfr_ptr)NULL);
        mpq_clear(cell->exact);
        free(cell->partials);
        free(cell);
    }
    free(cells->items);
}

/* A cell with a partial derivative of 1 by each part. */
static struct cell *cell_of(struct forward *forward, struct cells *cells, expr_id e)
{
    struct cell **cell = &cells->items[e];
    if (*cell != NULL)
        return *cell;
    *cell = calloc(1, sizeof **cell);
    (*cell)->count = expr_count(forward->pool, e);
    (*cell)->partials = calloc((*cell)->count + 1, sizeof(mpfr_t));
    for (size_t i = 0; i < (*cell)->count; i++) {
        mpfr_init2((*cell)->partials[i], forward->bits);
        mpfr_set_ui((*cell)->partials[i], 1, MPFR_RNDN);
    }
    mpfr_inits2(forward->bits, (*cell)->value, (*cell)->slope, (mpfr_ptr)NULL);
    mpq_init((*cell)->exact);
    return *cell;
}

static const struct cell *part_of(const struct forward *forward,
                                  const struct cells *cells, expr_id e, size_t i)
{
    return cells->items[expr_part(forward->pool, e, i)];
}

static void set_exact(struct cell *x, mpq_srcptr value)
{
    mpq_set(x->exact, value);
    x->is_exact = true;
    mpfr_set_q(x->value, value, MPFR_RNDN);
}

/* x = x a, x/a or x + a. */
static void combine(struct cell *x, const struct cell *a, enum expr_kind kind)
{
    if (kind == EXPR_SUM)
        mpfr_add(x->value, x->value, a->value, MPFR_RNDN);
    else if (kind == EXPR_PRODUCT)
        mpfr_mul(x->value, x->value, a->value, MPFR_RNDN);
    else
        mpfr_div(x->value, x->value, a->value, MPFR_RNDN);
    x->is_exact &= a->is_exact && (kind != EXPR_QUOTIENT || mpq_sgn(a->exact) != 0);
    if (x->is_exact && kind == EXPR_SUM)
        mpq_add(x->exact, x->exact, a->exact);
    else if (x->is_exact && kind == EXPR_PRODUCT)
        mpq_mul(x->exact, x->exact, a->exact);
    else if (x->is_exact)
        mpq_div(x->exact, x->exact, a->exact);
}

static void copy_value(struct cell *x, const struct cell *a)
{
    mpfr_set(x->value, a->value, MPFR_RNDN);
    x->is_exact = a->is_exact;
    mpq_set(x->exact, a->exact);
}

/* The partial by one factor is the product of the others. */
static void set_product_partials(struct forward *forward, struct cells *cells, expr_id e)
{
    struct cell *x = cells->items[e];
    for (size_t i = 0; i < x->count; i++) {
        mpfr_set_ui(x->partials[i], 1, MPFR_RNDN);
        for (size_t k = 0; k < x->count; k++)
            if (k != i)
                mpfr_mul(x->partials[i], x->partials[i],
                         part_of(forward, cells, e, k)->value, MPFR_RNDN);
    }
}

/* 1/b and -(a/b)/b */
static void set_quotient_partials(struct cell *x, const struct cell *b)
{
    mpfr_ui_div(x->partials[0], 1, b->value, MPFR_RNDN);
    mpfr_div(x->partials[1], x->value, b->value, MPFR_RNDN);
    mpfr_neg(x->partials[1], x->partials[1], MPFR_RNDN);
}

/* The exponent is a whole number, on which nothing depends. */
static void set_power(struct cell *x, const struct cell *base,
                      const struct cell *exponent)
{
    long n = mpz_get_si(mpq_numref(exponent->exact));
    mpq_t one;
    mpq_init(one);
    mpq_set_ui(one, 1, 1);
    set_exact(x, one);
    mpq_clear(one);
    for (long i = 0; i < labs(n); i++)
        combine(x, base, n > 0 ? EXPR_PRODUCT : EXPR_QUOTIENT);
    if (n != 0)
        mpfr_pow_si(x->partials[0], base->value, n - 1, MPFR_RNDN);
    mpfr_mul_si(x->partials[0], x->partials[0], n, MPFR_RNDN);
    mpfr_set_ui(x->partials[1], 0, MPFR_RNDN);
}

/* Functions: their values and partials. */

/* Whether a number is above 0 (1), below (-1) or exactly 0. */
static int sign_of(const struct cell *z)
{
    return z->is_exact ? mpq_sgn(z->exact) : mpfr_sgn(z->value);
}

/* [sign > 0]; at 0 what the network says. */
static void set_step(const struct forward *forward, mpfr_ptr x, int sign)
{
    mpq_srcptr at_zero = network_step_at_zero(forward->values->network);
    if (sign != 0)
        mpfr_set_ui(x, sign > 0, MPFR_RNDN);
    else if (at_zero != NULL)
        mpfr_set_q(x, at_zero, MPFR_RNDN);
    else
        mpfr_set_nan(x);
}

/* A straight line above 0, another below; between the two slopes, as the step is, at 0.
 */
static void set_bent(const struct forward *forward, struct cell *x, const struct cell *z,
                     mpq_srcptr below)
{
    mpq_t slope;
    mpq_init(slope);
    set_step(forward, x->partials[1], sign_of(z));
    if (below != NULL)
        mpq_set(slope, below);
    copy_value(x, z);
    if (sign_of(z) < 0) {
        mpq_mul(x->exact, x->exact, slope);
        mpfr_mul_q(x->value, x->value, slope, MPFR_RNDN);
    }
    mpq_t rest;
    mpq_init(rest);
    mpq_set_ui(rest, 1, 1);
    mpq_sub(rest, rest, slope);
    mpfr_mul_q(x->partials[1], x->partials[1], rest, MPFR_RNDN);
    mpfr_add_q(x->partials[1], x->partials[1], slope, MPFR_RNDN);
    x->is_exact |= mpq_sgn(slope) == 0 && sign_of(z) < 0;
    mpq_clears(slope, rest, (mpq_ptr)NULL);
}

static void set_absolute(struct cell *x, const struct cell *z)
{
    copy_value(x, z);
    mpfr_abs(x->value, x->value, MPFR_RNDN);
    mpq_abs(x->exact, x->exact);
    mpfr_set_si(x->partials[1], sign_of(z), MPFR_RNDN);
}

static void set_maximum(const struct forward *forward, struct cell *x,
                        const struct cell *a, const struct cell *b)
{
    int sign = a->is_exact && b->is_exact ? mpq_cmp(a->exact, b->exact)
                                          : mpfr_cmp(a->value, b->value);
    copy_value(x, sign > 0 ? a : b);
    set_step(forward, x->partials[1], sign);
    set_step(forward, x->partials[2], -sign);
}

/* u = 1/(1 + e^{-z}), u' = 1/((1 + e^{-z})(1 + e^z)) */
static void set_sigmoid(struct cell *x, mpfr_srcptr z)
{
    mpfr_t rising;
    mpfr_init2(rising, mpfr_get_prec(x->value));
    mpfr_exp(rising, z, MPFR_RNDN);
    mpfr_add_ui(rising, rising, 1, MPFR_RNDN);
    mpfr_neg(x->value, z, MPFR_RNDN);
    mpfr_exp(x->value, x->value, MPFR_RNDN);
    mpfr_add_ui(x->value, x->value, 1, MPFR_RNDN);
    mpfr_ui_div(x->value, 1, x->value, MPFR_RNDN);
    mpfr_div(x->partials[1], x->value, rising, MPFR_RNDN);
    mpfr_clear(rising);
}

/* u' = 1/cosh^2 z */
static void set_tanh(struct cell *x, mpfr_srcptr z)
{
    mpfr_tanh(x->value, z, MPFR_RNDN);
    mpfr_sech(x->partials[1], z, MPFR_RNDN);
    mpfr_sqr(x->partials[1], x->partials[1], MPFR_RNDN);
}

/* u = ln(1 + e^z), u' = e^z/(1 + e^z) */
static void set_softplus(struct cell *x, mpfr_srcptr z)
{
    mpfr_exp(x->value, z, MPFR_RNDN);
    mpfr_add_ui(x->partials[1], x->value, 1, MPFR_RNDN);
    mpfr_div(x->partials[1], x->value, x->partials[1], MPFR_RNDN);
    mpfr_log1p(x->value, x->value, MPFR_RNDN);
}

static void set_root(struct cell *x, mpfr_srcptr z)
{
    mpfr_sqrt(x->value, z, MPFR_RNDN);
    mpfr_mul_2ui(x->partials[1], x->value, 1, MPFR_RNDN);
    mpfr_ui_div(x->partials[1], 1, x->partials[1], MPFR_RNDN);
}

/* A function of which nothing is known: numbers drawn at its argument. */
static void set_letter(struct forward *forward, struct cell *x, const struct cell *z,
                       const struct function *function)
{
    uint64_t seed = forward->values->drawing.seed;
    mpq_t drawn, at;
    if (!z->is_exact && !mpfr_number_p(z->value)) {
        forward->is_lost = true;
        return;
    }
    mpq_inits(drawn, at, NULL);
    if (z->is_exact)
        mpq_set(at, z->exact);
    else
        mpfr_get_q(at, z->value);
    drawn_value(drawn, seed, function->name, function->primes + 1, at);
    mpfr_set_q(x->partials[1], drawn, MPFR_RNDN);
    drawn_value(drawn, seed, function->name, function->primes, at);
    set_exact(x, drawn);
    mpq_clears(drawn, at, NULL);
}

static void evaluate(struct forward *forward, struct cells *cells, expr_id e);
static void add_slopes(struct forward *forward, struct cells *cells, expr_id e);

/* The formula, in cells of its own, with the argument for the variable. */
static void set_defined(struct forward *forward, struct cell *x, const struct cell *z,
                        const struct function *function)
{
    struct cells cells;
    struct expr_list nodes;
    cells_init(&cells, forward->pool);
    expr_list_init(&nodes);
    struct cell *variable = cell_of(forward, &cells, function->variable);
    copy_value(variable, z);
    mpfr_set_ui(variable->slope, 1, MPFR_RNDN);
    walk_nodes(forward->pool, function->body, &nodes);
    for (size_t i = 0; i < nodes.count; i++) {
        if (nodes.items[i] == function->variable)
            continue;
        evaluate(forward, &cells, nodes.items[i]);
        add_slopes(forward, &cells, nodes.items[i]);
    }
    copy_value(x, cells.items[function->body]);
    mpfr_set(x->partials[1], cells.items[function->body]->slope, MPFR_RNDN);
    expr_list_clear(&nodes);
    cells_clear(&cells);
}

static void set_smooth(struct cell *x, mpfr_srcptr z, enum function_id id)
{
    x->is_exact = false;
    switch (id) {
    case FUNCTION_SIGMOID:
        set_sigmoid(x, z);
        break;
    case FUNCTION_TANH:
        set_tanh(x, z);
        break;
    case FUNCTION_SOFTPLUS:
        set_softplus(x, z);
        break;
    case FUNCTION_EXP:
        mpfr_exp(x->value, z, MPFR_RNDN);
        mpfr_set(x->partials[1], x->value, MPFR_RNDN);
        break;
    case FUNCTION_LN:
        mpfr_log(x->value, z, MPFR_RNDN);
        mpfr_ui_div(x->partials[1], 1, z, MPFR_RNDN);
        break;
    case FUNCTION_SQRT:
        set_root(x, z);
        break;
    default:
        mpfr_set_nan(x->value);
    }
}

static void set_application(struct forward *forward, struct cells *cells, expr_id e)
{
    struct cell *x = cells->items[e];
    const struct cell *z = part_of(forward, cells, e, 1);
    const struct function *function = function_peek(forward->pool, e);
    switch (function->id) {
    case FUNCTION_ARBITRARY:
        set_letter(forward, x, z, function);
        break;
    case FUNCTION_DEFINED:
        set_defined(forward, x, z, function);
        break;
    case FUNCTION_RELU:
    case FUNCTION_LEAKY_RELU:
        set_bent(forward, x, z, function->parameter);
        break;
    case FUNCTION_ABS:
        set_absolute(x, z);
        break;
    case FUNCTION_MAX:
        set_maximum(forward, x, z, part_of(forward, cells, e, 2));
        break;
    default:
        set_smooth(x, z->value, function->id);
    }
}

/* The number of an expression whose parts have theirs. */
static void evaluate(struct forward *forward, struct cells *cells, expr_id e)
{
    enum expr_kind kind = expr_kind(forward->pool, e);
    if (kind == EXPR_SYMBOL)
        return;
    struct cell *x = cell_of(forward, cells, e);
    if (kind == EXPR_NUMBER)
        set_exact(x, expr_peek_number(forward->pool, e));
    else if (kind == EXPR_APPLY)
        set_application(forward, cells, e);
    else if (kind == EXPR_POWER)
        set_power(x, part_of(forward, cells, e, 0), part_of(forward, cells, e, 1));
    if (kind != EXPR_SUM && kind != EXPR_PRODUCT && kind != EXPR_QUOTIENT &&
        kind != EXPR_NEGATE)
        return;
    copy_value(x, part_of(forward, cells, e, 0));
    for (size_t i = 1; i < x->count; i++)
        combine(x, part_of(forward, cells, e, i), kind);
    if (kind == EXPR_NEGATE) {
        mpfr_neg(x->value, x->value, MPFR_RNDN);
        mpq_neg(x->exact, x->exact);
        mpfr_set_si(x->partials[0], -1, MPFR_RNDN);
    } else if (kind == EXPR_PRODUCT) {
        set_product_partials(forward, cells, e);
    } else if (kind == EXPR_QUOTIENT) {
        set_quotient_partials(x, part_of(forward, cells, e, 1));
    }
}

/* slope = sum over the parts of partial times slope; where nothing changes, it does not
   matter that a partial derivative has no value */
static void add_slopes(struct forward *forward, struct cells *cells, expr_id e)
{
    if (expr_kind(forward->pool, e) == EXPR_SYMBOL)
        return;
    struct cell *x = cells->items[e];
    mpfr_t term;
    mpfr_init2(term, forward->bits);
    mpfr_set_ui(x->slope, 0, MPFR_RNDN);
    for (size_t i = expr_kind(forward->pool, e) == EXPR_APPLY; i < x->count; i++) {
        const struct cell *part = part_of(forward, cells, e, i);
        if (mpfr_zero_p(part->slope))
            continue;
        mpfr_mul(term, x->partials[i], part->slope, MPFR_RNDN);
        mpfr_add(x->slope, x->slope, term, MPFR_RNDN);
        if (mpfr_cmpabs(term, forward->scale) > 0)
            mpfr_abs(forward->scale, term, MPFR_RNDN);
    }
    mpfr_clear(term);
}

static void define(struct forward *forward, node_id node)
{
    struct network *network = forward->values->network;
    expr_id symbol = network_symbol(network, node);
    struct cell *x = cell_of(forward, &forward->cells, symbol);
    if (!network_is_defined(network, node)) {
        set_exact(x, values_peek(forward->values, node));
        return;
    }
    const struct expr_list *tape = &forward->tapes[node];
    for (size_t i = 0; i < tape->count; i++)
        evaluate(forward, &forward->cells, tape->items[i]);
    copy_value(x, forward->cells.items[defs_get(network_defs(network), symbol)]);
}

/* Whether a number was too large or too small for MPFR, or rounded to 0 and divided by.
 */
static bool is_lost_since_cleared(void)
{
    return mpfr_overflow_p() || mpfr_underflow_p() || mpfr_divby0_p();
}

struct forward *forward_new(const struct values *values, mpfr_prec_t bits)
{
    struct forward *forward = calloc(1, sizeof *forward);
    struct network *network = values->network;
    forward->values = values;
    forward->pool = network_pool(network);
    forward->bits = bits;
    mpfr_init2(forward->scale, bits);
    forward->tapes = calloc((size_t)values->count, sizeof *forward->tapes);
    for (node_id node = 0; node < values->count; node++) {
        expr_id symbol = network_symbol(network, node);
        expr_list_init(&forward->tapes[node]);
        if (network_is_defined(network, node))
            walk_nodes(forward->pool, defs_get(network_defs(network), symbol),
                       &forward->tapes[node]);
    }
    cells_init(&forward->cells, forward->pool);
    mpfr_clear_flags();
    for (node_id node = 0; node < values->count; node++)
        define(forward, node);
    forward->is_lost |= is_lost_since_cleared();
    return forward;
}

void forward_free(struct forward *forward)
{
    for (node_id node = 0; node < forward->values->count; node++)
        expr_list_clear(&forward->tapes[node]);
    free(forward->tapes);
    mpfr_clear(forward->scale);
    cells_clear(&forward->cells);
    free(forward);
}

static void slope_node(struct forward *forward, node_id node, node_id by)
{
    struct network *network = forward->values->network;
    expr_id symbol = network_symbol(network, node);
    mpfr_ptr slope = forward->cells.items[symbol]->slope;
    mpfr_set_ui(slope, node == by, MPFR_RNDN);
    if (node == by || !network_is_defined(network, node))
        return;
    const struct expr_list *tape = &forward->tapes[node];
    for (size_t i = 0; i < tape->count; i++)
        add_slopes(forward, &forward->cells, tape->items[i]);
    expr_id right = defs_get(network_defs(network), symbol);
    mpfr_set(slope, forward->cells.items[right]->slope, MPFR_RNDN);
}

bool forward_slope(struct forward *forward, node_id goal, node_id by, mpfr_ptr slope)
{
    mpfr_clear_flags();
    mpfr_set_ui(forward->scale, 0, MPFR_RNDN);
    for (node_id node = 0; node <= goal; node++)
        slope_node(forward, node, by);
    expr_id symbol = network_symbol(forward->values->network, goal);
    mpfr_set(slope, forward->cells.items[symbol]->slope, MPFR_RNDN);
    return !forward->is_lost && !is_lost_since_cleared();
}

mpfr_srcptr forward_scale(const struct forward *forward)
{
    return forward->scale;
}
