#include "verify/value.h"

#include "base/memory.h"
#include "expr/diff.h"
#include "expr/function.h"
#include "expr/walk.h"

#include <string.h>

/* All that an expression hangs on, in order, and what is known of it. */
struct values {
    struct section *section;
    struct pool *pool;
    const struct value_interval *intervals;
    size_t interval_count;
    arb_ptr balls; /* by expression id */
    bool *is_known;
    size_t count;
    expr_id missing;
};

static void make_room(struct values *v)
{
    size_t count = (size_t)pool_count(v->pool) + 1;
    if (count <= v->count)
        return;
    v->balls = memory_array(v->balls, count, sizeof *v->balls);
    v->is_known = memory_array(v->is_known, count, sizeof *v->is_known);
    for (size_t i = v->count; i < count; i++) {
        arb_init(v->balls + i);
        v->is_known[i] = false;
    }
    v->count = count;
}

static void values_clear(struct values *v)
{
    for (size_t i = 0; i < v->count; i++)
        arb_clear(v->balls + i);
    memory_free(v->balls);
    memory_free(v->is_known);
}

/* --- derivatives --- */

struct tangents {
    struct section *section;
    expr_id by;
    expr_id *made; /* by symbol; 0: not on the way */
    size_t count;
};

static expr_id inner(void *context, expr_id symbol)
{
    struct tangents *tangents = context;
    struct pool *pool = tangents->section->scope->pool;
    expr_id made = symbol < tangents->count ? tangents->made[symbol] : 0;
    if (symbol == tangents->by)
        return expr_integer(pool, 1);
    return made ? made : expr_integer(pool, 0);
}

expr_id value_slope(struct section *section, expr_id e, expr_id by)
{
    struct pool *pool = section->scope->pool;
    struct tangents tangents = {.section = section, .by = by};
    struct expr_list symbols;
    bool is_known = true;
    expr_list_init(&symbols);
    walk_symbols_deep(&section->defs, e, &symbols); /* which may make some */
    tangents.count = (size_t)pool_count(pool) + 1;
    tangents.made = memory_zeroed(tangents.count, sizeof *tangents.made);
    for (size_t i = 0; i < symbols.count; i++) {
        expr_id definition = section_definition(section, symbols.items[i]);
        expr_id slope = definition && symbols.items[i] != by
                            ? diff(pool, definition, by, inner, &tangents)
                            : expr_integer(pool, 0);
        is_known &= slope != 0;
        tangents.made[symbols.items[i]] = slope ? fold(pool, slope) : 0;
    }
    expr_id whole = is_known ? diff(pool, e, by, inner, &tangents) : 0;
    expr_list_clear(&symbols);
    memory_free(tangents.made);
    return whole ? fold(pool, whole) : 0;
}

/* The derivative of a symbol by one that its definition uses, all else held. */
static expr_id local(struct section *section, expr_id of, expr_id by)
{
    if (of == by || !section_definition(section, of))
        return expr_integer(section->scope->pool, of == by);
    return diff_label(&section->defs, of, by);
}

/* --- one node --- */

static arb_ptr ball(const struct values *v, expr_id e)
{
    return v->balls + e;
}

static void set_exactly(arb_ptr value, mpq_srcptr number)
{
    fmpq_t exact;
    fmpq_init(exact);
    fmpq_set_mpq(exact, number);
    arb_set_fmpq(value, exact, VALUE_BITS);
    fmpq_clear(exact);
}

static void widen(arb_ptr value, const struct value_interval *interval)
{
    arb_t error;
    arb_init(error);
    arb_set_d(error, (interval->above - interval->below) / 2);
    arb_add(value, value, error, VALUE_BITS);
    arb_set_d(error, (interval->above + interval->below) / 2);
    arb_add_error(value, error);
    arb_clear(error);
}

static void set_number(struct values *v, expr_id e)
{
    set_exactly(ball(v, e), expr_peek_number(v->pool, e));
    for (size_t i = 0; i < v->interval_count; i++)
        if (v->intervals[i].number == e)
            widen(ball(v, e), &v->intervals[i]);
}

static void missing(struct values *v, expr_id e)
{
    if (!v->missing)
        v->missing = e;
}

static void set_symbol(struct values *v, expr_id e)
{
    struct network *network = v->section->scope->network;
    expr_id definition = section_definition(v->section, e);
    node_id node = network ? network_node(network, e) : -1;
    mpq_srcptr value = node >= 0 ? network_value(network, node) : NULL;
    if (definition && v->is_known[definition]) {
        arb_set(ball(v, e), ball(v, definition));
    } else if (value) {
        set_exactly(ball(v, e), value);
    } else {
        missing(v, e);
    }
}

static void set_sigmoid(arb_ptr value, arb_srcptr z)
{
    arb_neg(value, z);
    arb_exp(value, value, VALUE_BITS);
    arb_add_ui(value, value, 1, VALUE_BITS);
    arb_inv(value, value, VALUE_BITS);
}

static void set_softplus(arb_ptr value, arb_srcptr z)
{
    arb_exp(value, z, VALUE_BITS);
    arb_log1p(value, value, VALUE_BITS);
}

static void set_larger(arb_ptr value, arb_srcptr a, arb_srcptr b)
{
    arb_max(value, a, b, VALUE_BITS);
}

static void set_leaky(arb_ptr value, arb_srcptr z, mpq_srcptr slope)
{
    arb_t below, zero;
    arb_init(below);
    arb_init(zero);
    arb_min(below, z, zero, VALUE_BITS);
    arb_max(value, z, zero, VALUE_BITS);
    set_exactly(zero, slope);
    arb_addmul(value, below, zero, VALUE_BITS);
    arb_clear(zero);
    arb_clear(below);
}

/* False where it is not seen on which side of 0 the argument is. */
static bool set_step(const struct values *v, arb_ptr value, arb_srcptr z)
{
    mpq_srcptr at_zero = function_step_at_zero(v->pool);
    if (!arb_is_zero(z)) {
        arb_set_ui(value, arb_is_positive(z));
        return !arb_contains_zero(z);
    }
    if (at_zero)
        set_exactly(value, at_zero);
    return at_zero != NULL;
}

static void set_application(struct values *v, expr_id e)
{
    arb_srcptr z = ball(v, expr_part(v->pool, e, 1));
    arb_ptr value = ball(v, e);
    arb_t zero;
    arb_init(zero);
    switch (function_peek(v->pool, e)->id) {
    case FUNCTION_SIGMOID:
        set_sigmoid(value, z);
        break;
    case FUNCTION_TANH:
        arb_tanh(value, z, VALUE_BITS);
        break;
    case FUNCTION_RELU:
        set_larger(value, z, zero);
        break;
    case FUNCTION_LEAKY_RELU:
        set_leaky(value, z, function_peek(v->pool, e)->parameter);
        break;
    case FUNCTION_STEP:
        if (!set_step(v, value, z))
            missing(v, expr_part(v->pool, e, 0));
        break;
    case FUNCTION_SOFTPLUS:
        set_softplus(value, z);
        break;
    case FUNCTION_EXP:
        arb_exp(value, z, VALUE_BITS);
        break;
    case FUNCTION_LN:
        arb_log(value, z, VALUE_BITS);
        break;
    case FUNCTION_SQRT:
        arb_sqrt(value, z, VALUE_BITS);
        break;
    case FUNCTION_ABS:
        arb_abs(value, z);
        break;
    case FUNCTION_MAX:
        set_larger(value, z, ball(v, expr_part(v->pool, e, 2)));
        break;
    default:
        missing(v, expr_part(v->pool, e, 0));
    }
    arb_clear(zero);
}

static void set_power(struct values *v, expr_id e)
{
    fmpz_t exponent;
    expr_id number = expr_part(v->pool, e, 1);
    fmpz_init(exponent);
    if (expr_kind(v->pool, number) == EXPR_NUMBER &&
        mpz_cmp_ui(mpq_denref(expr_peek_number(v->pool, number)), 1) == 0) {
        fmpz_set_mpz(exponent, mpq_numref(expr_peek_number(v->pool, number)));
        arb_pow_fmpz(ball(v, e), ball(v, expr_part(v->pool, e, 0)), exponent, VALUE_BITS);
    } else {
        arb_pow(ball(v, e), ball(v, expr_part(v->pool, e, 0)), ball(v, number),
                VALUE_BITS);
    }
    fmpz_clear(exponent);
}

static void set_parts(struct values *v, expr_id e)
{
    bool is_sum = expr_kind(v->pool, e) == EXPR_SUM;
    arb_ptr value = ball(v, e);
    arb_set_ui(value, is_sum ? 0 : 1);
    for (size_t i = 0; i < expr_count(v->pool, e); i++) {
        arb_srcptr part = ball(v, expr_part(v->pool, e, i));
        if (is_sum)
            arb_add(value, value, part, VALUE_BITS);
        else
            arb_mul(value, value, part, VALUE_BITS);
    }
}

static void set_node(struct values *v, expr_id e)
{
    switch (expr_kind(v->pool, e)) {
    case EXPR_NUMBER:
        set_number(v, e);
        break;
    case EXPR_SYMBOL:
        set_symbol(v, e);
        break;
    case EXPR_SUM:
    case EXPR_PRODUCT:
        set_parts(v, e);
        break;
    case EXPR_NEGATE:
        arb_neg(ball(v, e), ball(v, expr_part(v->pool, e, 0)));
        break;
    case EXPR_POWER:
        set_power(v, e);
        break;
    case EXPR_QUOTIENT:
        arb_div(ball(v, e), ball(v, expr_part(v->pool, e, 0)),
                ball(v, expr_part(v->pool, e, 1)), VALUE_BITS);
        break;
    case EXPR_APPLY:
        set_application(v, e);
        break;
    default:
        missing(v, expr_part(v->pool, e, 1)); /* a derivative that was not worked out */
    }
    v->is_known[e] = true;
}

/* --- the whole --- */

/* What an expression is replaced by before it has a value: a derivative by what it is, a
   primed or declared function by its formula, a symbol by what is granted for it; 0:
   nothing. */
static expr_id replacement(struct values *v, expr_id e)
{
    enum expr_kind kind = expr_kind(v->pool, e);
    if (kind == EXPR_DERIVATIVE)
        return value_slope(v->section, expr_part(v->pool, e, 0),
                           expr_part(v->pool, e, 1));
    if (kind == EXPR_LOCAL)
        return local(v->section, expr_part(v->pool, e, 0), expr_part(v->pool, e, 1));
    if (kind == EXPR_SYMBOL && !section_definition(v->section, e))
        return prove_assumed(v->section->prover, e);
    if (kind != EXPR_APPLY)
        return 0;
    const struct function *function = function_peek(v->pool, e);
    if (function->id == FUNCTION_DEFINED && function->body)
        return function_unfold(v->pool, e);
    return function->primes > 0 ? function_without_primes(v->pool, e) : 0;
}

static void push(struct expr_list *stack, const struct values *v, expr_id e)
{
    if (e >= v->count || !v->is_known[e])
        expr_list_push(stack, e);
}

/* Pushes what has to be known before `e`; false if all is. */
static bool push_needs(struct values *v, struct expr_list *stack, expr_id e,
                       expr_id replaced)
{
    size_t before = stack->count;
    enum expr_kind kind = expr_kind(v->pool, e);
    if (replaced)
        push(stack, v, replaced);
    else if (kind == EXPR_SYMBOL && section_definition(v->section, e))
        push(stack, v, section_definition(v->section, e));
    else if (kind != EXPR_DERIVATIVE && kind != EXPR_LOCAL)
        for (size_t i = kind == EXPR_APPLY ? 1 : 0; i < expr_count(v->pool, e); i++)
            push(stack, v, expr_part(v->pool, e, i));
    return stack->count > before;
}

expr_id value_of(arb_t value, struct section *section, expr_id e,
                 const struct value_interval *intervals, size_t interval_count)
{
    struct values v = {.section = section,
                       .pool = section->scope->pool,
                       .intervals = intervals,
                       .interval_count = interval_count};
    struct expr_list stack;
    expr_list_init(&stack);
    expr_list_push(&stack, e);
    while (stack.count > 0 && !v.missing) {
        expr_id top = stack.items[stack.count - 1];
        expr_id replaced = replacement(&v, top);
        make_room(&v);
        if (v.is_known[top]) {
            stack.count--;
            continue;
        }
        if (push_needs(&v, &stack, top, replaced))
            continue;
        stack.count--;
        if (replaced)
            arb_set(ball(&v, top), ball(&v, replaced));
        else
            set_node(&v, top);
        v.is_known[top] = true;
    }
    if (!v.missing)
        arb_set(value, ball(&v, e));
    expr_list_clear(&stack);
    values_clear(&v);
    return v.missing;
}
