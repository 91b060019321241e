#include "eval/sweep.h"

#include "base/memory.h"
#include "eval/evaluate.h"
#include "expr/walk.h"

struct sweep {
    const struct arith *arith;
    struct pool *pool;
    struct drawing drawing;
    size_t max_bits;
    struct expr_list
        tape; /* every node once: parts before wholes, definitions before symbols */
    expr_id *definitions; /* by place on the tape: what a symbol, or the application of a
                             function that has a formula, stands for; or 0 */
    uint32_t *places;     /* by expression: place on the tape plus 1, or 0 */
    size_t place_count;
    void *values, *adjoints; /* by place */
    void *scratch;           /* two numbers */
};

static uint32_t *place_of(struct sweep *sweep, expr_id e)
{
    if (e >= sweep->place_count) {
        size_t count = (size_t)pool_count(sweep->pool) + 1;
        count += count / 2;
        sweep->places = memory_array(sweep->places, count, sizeof(uint32_t));
        for (size_t i = sweep->place_count; i < count; i++)
            sweep->places[i] = 0;
        sweep->place_count = count;
    }
    return &sweep->places[e];
}

/* Of what a node is made, for the sweep: not the exponent of a power. */
static size_t argument_count(const struct pool *pool, expr_id e)
{
    return expr_kind(pool, e) == EXPR_POWER ? 1 : expr_count(pool, e);
}

static bool push_new(struct sweep *sweep, struct expr_list *stack, expr_id e)
{
    if (*place_of(sweep, e) != 0)
        return false;
    expr_list_push(stack, e);
    return true;
}

/* Derivatives too, as they are differentiated. */
static bool is_by_formula(const struct pool *pool, expr_id e)
{
    return evaluation_is_by_formula(pool, e, 0);
}

static expr_id definition_of(const struct sweep *sweep, struct defs *defs, expr_id e)
{
    if (expr_kind(sweep->pool, e) == EXPR_SYMBOL)
        return defs_get(defs, e);
    return is_by_formula(sweep->pool, e) ? function_without_primes(sweep->pool, e) : 0;
}

static bool push_arguments(struct sweep *sweep, struct defs *defs, expr_id e,
                           struct expr_list *stack)
{
    if (expr_kind(sweep->pool, e) == EXPR_SYMBOL || is_by_formula(sweep->pool, e)) {
        expr_id definition = definition_of(sweep, defs, e);
        return definition != 0 && push_new(sweep, stack, definition);
    }
    bool pushed = false;
    for (size_t i = argument_count(sweep->pool, e); i-- > 0;)
        pushed |= push_new(sweep, stack, expr_part(sweep->pool, e, i));
    return pushed;
}

static void lay_tape(struct sweep *sweep, struct defs *defs, expr_id goal)
{
    struct expr_list stack;
    expr_list_init(&stack);
    expr_list_push(&stack, goal);
    while (stack.count > 0) {
        expr_id top = stack.items[stack.count - 1];
        if (*place_of(sweep, top) == 0) {
            if (push_arguments(sweep, defs, top, &stack))
                continue;
            expr_list_push(&sweep->tape, top);
            *place_of(sweep, top) = (uint32_t)sweep->tape.count;
        }
        stack.count--;
    }
    expr_list_clear(&stack);
}

static void find_definitions(struct sweep *sweep, struct defs *defs)
{
    sweep->definitions = memory_zeroed(sweep->tape.count, sizeof(expr_id));
    for (size_t i = 0; i < sweep->tape.count; i++)
        sweep->definitions[i] = definition_of(sweep, defs, sweep->tape.items[i]);
}

static void *value_of(const struct sweep *sweep, expr_id e)
{
    return arith_at(sweep->arith, sweep->values, sweep->places[e] - 1);
}

static void *adjoint_of(const struct sweep *sweep, expr_id e)
{
    return arith_at(sweep->arith, sweep->adjoints, sweep->places[e] - 1);
}

static void *scratch(const struct sweep *sweep, size_t i)
{
    return arith_at(sweep->arith, sweep->scratch, i);
}

static enum arith_fault check_length(const struct sweep *sweep, const void *x)
{
    return sweep->arith->bits_of(x) > sweep->max_bits ? ARITH_TOO_LONG : ARITH_OK;
}

static enum arith_fault forward_symbol(const struct sweep *sweep,
                                       const struct sweep_input *input, size_t place)
{
    void *x = arith_at(sweep->arith, sweep->values, place);
    if (sweep->definitions[place] != 0) {
        sweep->arith->set(x, value_of(sweep, sweep->definitions[place]));
        return ARITH_OK;
    }
    mpq_srcptr value = input->leaf(input->context, sweep->tape.items[place]);
    if (value == NULL)
        return ARITH_NO_VALUE;
    sweep->arith->set_rational(x, value);
    return ARITH_OK;
}

static enum arith_fault forward_sum(const struct sweep *sweep, expr_id e)
{
    void *x = value_of(sweep, e);
    enum arith_fault fault = ARITH_OK;
    for (size_t i = 0; fault == ARITH_OK && i < expr_count(sweep->pool, e); i++) {
        sweep->arith->add(x, x, value_of(sweep, expr_part(sweep->pool, e, i)));
        fault = check_length(sweep, x);
    }
    return fault;
}

static enum arith_fault forward_product(const struct sweep *sweep, expr_id e)
{
    void *x = value_of(sweep, e);
    arith_set_integer(sweep->arith, x, 1);
    enum arith_fault fault = ARITH_OK;
    for (size_t i = 0; fault == ARITH_OK && i < expr_count(sweep->pool, e); i++) {
        sweep->arith->multiply(x, x, value_of(sweep, expr_part(sweep->pool, e, i)));
        fault = check_length(sweep, x);
    }
    return fault;
}

static enum arith_fault forward_power(const struct sweep *sweep, expr_id e)
{
    long exponent;
    if (!evaluation_exponent(sweep->pool, e, &exponent))
        return ARITH_EXPONENT;
    return arith_power(sweep->arith, value_of(sweep, e),
                       value_of(sweep, expr_part(sweep->pool, e, 0)), exponent,
                       sweep->max_bits);
}

static enum arith_fault forward_quotient(const struct sweep *sweep, expr_id e)
{
    void *x = value_of(sweep, e);
    if (!sweep->arith->invert(x, value_of(sweep, expr_part(sweep->pool, e, 1))))
        return ARITH_ZERO_DIVISOR;
    sweep->arith->multiply(x, value_of(sweep, expr_part(sweep->pool, e, 0)), x);
    return check_length(sweep, x);
}

/* An application; or, with one more prime, its derivative by one of the arguments. */
static enum arith_fault apply(const struct sweep *sweep, expr_id e, unsigned more,
                              size_t argument, void *x)
{
    const struct function *function = function_peek(sweep->pool, e);
    unsigned primes = function->primes + more;
    const void *arguments[2] = {NULL, NULL};
    struct arith_call call;
    for (size_t i = 1; i < expr_count(sweep->pool, e); i++)
        arguments[i - 1] = value_of(sweep, expr_part(sweep->pool, e, i));
    if (function->id == FUNCTION_ARBITRARY)
        return evaluation_letter(sweep->arith, sweep->drawing, function, primes, x,
                                 arguments[0]);
    if (!evaluation_call(&call, sweep->pool, e, primes))
        return ARITH_NO_VALUE;
    call.argument = argument;
    enum arith_fault fault = sweep->arith->apply(x, &call, arguments);
    return fault == ARITH_OK ? check_length(sweep, x) : fault;
}

static enum arith_fault forward_apply(const struct sweep *sweep, size_t place)
{
    expr_id e = sweep->tape.items[place];
    if (!is_by_formula(sweep->pool, e))
        return apply(sweep, e, 0, 0, value_of(sweep, e));
    if (sweep->definitions[place] == 0)
        return ARITH_NO_VALUE;
    sweep->arith->set(value_of(sweep, e), value_of(sweep, sweep->definitions[place]));
    return ARITH_OK;
}

static enum arith_fault forward_node(const struct sweep *sweep,
                                     const struct sweep_input *input, size_t place)
{
    expr_id e = sweep->tape.items[place];
    switch (expr_kind(sweep->pool, e)) {
    case EXPR_NUMBER:
        sweep->arith->set_rational(value_of(sweep, e), expr_peek_number(sweep->pool, e));
        return ARITH_OK;
    case EXPR_SYMBOL:
        return forward_symbol(sweep, input, place);
    case EXPR_SUM:
        return forward_sum(sweep, e);
    case EXPR_PRODUCT:
        return forward_product(sweep, e);
    case EXPR_NEGATE:
        sweep->arith->negate(value_of(sweep, e),
                             value_of(sweep, expr_part(sweep->pool, e, 0)));
        return ARITH_OK;
    case EXPR_POWER:
        return forward_power(sweep, e);
    case EXPR_QUOTIENT:
        return forward_quotient(sweep, e);
    case EXPR_FUNCTION:
        return ARITH_OK;
    case EXPR_APPLY:
        return forward_apply(sweep, place);
    case EXPR_DERIVATIVE:
    case EXPR_LOCAL:
        break;
    }
    return ARITH_NO_VALUE;
}

static void add_to(const struct sweep *sweep, expr_id e, const void *x)
{
    void *adjoint = adjoint_of(sweep, e);
    sweep->arith->add(adjoint, adjoint, x);
}

/* d(product)/d(factor) is what stands before it times what stands after it. */
static void backward_product(const struct sweep *sweep, expr_id e)
{
    const struct arith *arith = sweep->arith;
    size_t count = expr_count(sweep->pool, e);
    void *after = arith_new_array(arith, count);
    arith_set_integer(arith, arith_at(arith, after, count - 1), 1);
    for (size_t i = count - 1; i > 0; i--)
        arith->multiply(arith_at(arith, after, i - 1), arith_at(arith, after, i),
                        value_of(sweep, expr_part(sweep->pool, e, i)));
    void *before = scratch(sweep, 0), *term = scratch(sweep, 1);
    arith->set(before, adjoint_of(sweep, e));
    for (size_t i = 0; i < count; i++) {
        expr_id factor = expr_part(sweep->pool, e, i);
        arith->multiply(term, before, arith_at(arith, after, i));
        add_to(sweep, factor, term);
        arith->multiply(before, before, value_of(sweep, factor));
    }
    arith_free_array(arith, after, count);
}

/* d(u/v) = du / v - (u/v) dv / v. */
static void backward_quotient(const struct sweep *sweep, expr_id e)
{
    const struct arith *arith = sweep->arith;
    void *term = scratch(sweep, 0);
    arith->invert(term, value_of(sweep, expr_part(sweep->pool, e, 1)));
    arith->multiply(term, term, adjoint_of(sweep, e));
    add_to(sweep, expr_part(sweep->pool, e, 0), term);
    arith->multiply(term, term, value_of(sweep, e));
    arith->negate(term, term);
    add_to(sweep, expr_part(sweep->pool, e, 1), term);
}

/* d(b^n) = n b^(n-1) db. */
static enum arith_fault backward_power(const struct sweep *sweep, expr_id e)
{
    const struct arith *arith = sweep->arith;
    long exponent;
    evaluation_exponent(sweep->pool, e, &exponent);
    if (exponent == 0)
        return ARITH_OK;
    expr_id base = expr_part(sweep->pool, e, 0);
    void *power = scratch(sweep, 0), *factor = scratch(sweep, 1);
    enum arith_fault fault =
        arith_power(arith, power, value_of(sweep, base), exponent - 1, sweep->max_bits);
    arith_set_integer(arith, factor, exponent);
    arith->multiply(power, power, factor);
    arith->multiply(power, power, adjoint_of(sweep, e));
    add_to(sweep, base, power);
    return fault;
}

/* Of a node that is not used (its adjoint is 0) no derivative is asked for. */
static bool is_unused(const struct sweep *sweep, expr_id e)
{
    mpq_t value;
    mpq_init(value);
    bool is_exact = sweep->arith->is_exact(adjoint_of(sweep, e));
    if (is_exact)
        sweep->arith->get_rational(value, adjoint_of(sweep, e));
    bool is_zero = is_exact && mpq_sgn(value) == 0;
    mpq_clear(value);
    return is_zero;
}

static enum arith_fault backward_apply(const struct sweep *sweep, size_t place)
{
    expr_id e = sweep->tape.items[place];
    void *slope = scratch(sweep, 0);
    enum arith_fault fault = ARITH_OK;
    if (sweep->definitions[place] != 0) {
        add_to(sweep, sweep->definitions[place], adjoint_of(sweep, e));
        return ARITH_OK;
    }
    if (is_unused(sweep, e))
        return ARITH_OK;
    for (size_t i = 1; fault == ARITH_OK && i < expr_count(sweep->pool, e); i++) {
        fault = apply(sweep, e, 1, i - 1, slope);
        sweep->arith->multiply(slope, slope, adjoint_of(sweep, e));
        add_to(sweep, expr_part(sweep->pool, e, i), slope);
    }
    return fault;
}

static enum arith_fault backward_node(const struct sweep *sweep, size_t place)
{
    expr_id e = sweep->tape.items[place];
    const void *adjoint = adjoint_of(sweep, e);
    switch (expr_kind(sweep->pool, e)) {
    case EXPR_SYMBOL:
        if (sweep->definitions[place] != 0)
            add_to(sweep, sweep->definitions[place], adjoint);
        break;
    case EXPR_SUM:
        for (size_t i = 0; i < expr_count(sweep->pool, e); i++)
            add_to(sweep, expr_part(sweep->pool, e, i), adjoint);
        break;
    case EXPR_NEGATE:
        sweep->arith->negate(scratch(sweep, 0), adjoint);
        add_to(sweep, expr_part(sweep->pool, e, 0), scratch(sweep, 0));
        break;
    case EXPR_PRODUCT:
        backward_product(sweep, e);
        break;
    case EXPR_QUOTIENT:
        backward_quotient(sweep, e);
        break;
    case EXPR_POWER:
        return backward_power(sweep, e);
    case EXPR_APPLY:
        return backward_apply(sweep, place);
    default:
        break;
    }
    return ARITH_OK;
}

static enum arith_fault run(const struct sweep *sweep, const struct sweep_input *input,
                            expr_id goal)
{
    enum arith_fault fault = ARITH_OK;
    for (size_t i = 0; fault == ARITH_OK && i < sweep->tape.count; i++)
        fault = forward_node(sweep, input, i);
    if (fault != ARITH_OK)
        return fault;
    arith_set_integer(sweep->arith, adjoint_of(sweep, goal), 1);
    for (size_t i = sweep->tape.count; fault == ARITH_OK && i-- > 0;) {
        fault = check_length(sweep, arith_at(sweep->arith, sweep->adjoints, i));
        if (fault == ARITH_OK)
            fault = backward_node(sweep, i);
    }
    return fault;
}

struct sweep *sweep_new(const struct sweep_input *input, expr_id goal,
                        enum arith_fault *fault)
{
    struct sweep *sweep = memory_zeroed(1, sizeof *sweep);
    sweep->arith = input->arith;
    sweep->pool = input->defs->pool;
    sweep->drawing = input->drawing;
    sweep->max_bits = arith_max_bytes(input->budget) * 8;
    expr_list_init(&sweep->tape);
    lay_tape(sweep, input->defs, goal);
    find_definitions(sweep, input->defs);
    sweep->values = arith_new_array(sweep->arith, sweep->tape.count);
    sweep->adjoints = arith_new_array(sweep->arith, sweep->tape.count);
    sweep->scratch = arith_new_array(sweep->arith, 2);
    *fault = run(sweep, input, goal);
    if (*fault == ARITH_OK)
        return sweep;
    sweep_free(sweep);
    return NULL;
}

void sweep_free(struct sweep *sweep)
{
    if (sweep == NULL)
        return;
    arith_free_array(sweep->arith, sweep->scratch, 2);
    arith_free_array(sweep->arith, sweep->adjoints, sweep->tape.count);
    arith_free_array(sweep->arith, sweep->values, sweep->tape.count);
    memory_free(sweep->places);
    memory_free(sweep->definitions);
    expr_list_clear(&sweep->tape);
    memory_free(sweep);
}

void sweep_gradient(const struct sweep *sweep, expr_id symbol, struct enclosure *gradient)
{
    if (symbol < sweep->place_count && sweep->places[symbol] != 0) {
        sweep->arith->get_enclosure(gradient, adjoint_of(sweep, symbol));
        return;
    }
    gradient->is_exact = true;
    mpq_set_ui(gradient->exact, 0, 1);
}
