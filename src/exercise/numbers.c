#include "base/memory.h"
#include "eval/sweep.h"
#include "eval/values.h"
#include "exercise/maker.h"
#include "expr/function.h"
#include "expr/walk.h"

enum {
    MOST_LEAVES = 16,
    MOST_DEFINED = 20,
    MOST_TRIES = 24,
    MILD_TRIES = 400,
    MOST_ARGUMENT = 4,
    BITS = 128,
    MOST_HEIGHT = 100
};

/* --- what can be computed by hand --- */

static bool is_letter(const struct pool *pool, expr_id e)
{
    return expr_kind(pool, e) == EXPR_APPLY &&
           function_peek(pool, e)->id == FUNCTION_ARBITRARY;
}

/* Of all definitions. */
static void list_nodes(struct maker *maker, struct expr_list *nodes)
{
    for (node_id node = 0; node <= maker->error; node++)
        if (network_is_defined(maker->network, node))
            walk_nodes(maker->pool,
                       defs_get(network_defs(maker->network),
                                network_symbol(maker->network, node)),
                       nodes);
}

/* What is flat, or huge, far from 0. */
static bool saturates(const struct pool *pool, expr_id e)
{
    if (expr_kind(pool, e) != EXPR_APPLY)
        return false;
    enum function_id id = function_peek(pool, e)->id;
    return id == FUNCTION_SIGMOID || id == FUNCTION_TANH || id == FUNCTION_EXP;
}

static bool has_any(struct maker *maker, bool (*is)(const struct pool *pool, expr_id e))
{
    struct expr_list nodes;
    bool found = false;
    expr_list_init(&nodes);
    list_nodes(maker, &nodes);
    for (size_t i = 0; i < nodes.count; i++)
        found = found || is(maker->pool, nodes.items[i]);
    expr_list_clear(&nodes);
    return found;
}

static bool is_small(struct maker *maker)
{
    int64_t leaves = 0, count = network_count(maker->network);
    if (count > MOST_LEAVES + MOST_DEFINED)
        return false;
    for (node_id node = 0; node < count; node++)
        leaves += !network_is_defined(maker->network, node);
    return leaves <= MOST_LEAVES && count - leaves <= MOST_DEFINED &&
           !has_any(maker, is_letter);
}

/* --- values --- */

static void draw_leaf(struct maker *maker, node_id node, mpq_ptr value)
{
    static const long numerators[] = {-2, -1, 1, 1, 2, 3};
    enum node_kind kind = network_kind(maker->network, node);
    bool is_parameter =
        kind == NODE_PARAMETER || kind == NODE_WEIGHT || kind == NODE_BIAS;
    long numerator = numerators[maker_below(maker, 6)];
    unsigned long denominator = is_parameter && maker_below(maker, 4) == 0 ? 2 : 1;
    if (kind == NODE_TARGET)
        numerator = (long)maker_below(maker, 2);
    mpq_set_si(value, numerator, denominator);
    mpq_canonicalize(value);
}

/* One target of a sample is 1, the others 0. */
static void draw_class(struct maker *maker, struct values *values)
{
    int64_t samples = network_sample_count(maker->network), count = 0;
    while (network_target(maker->network, count) >= 0)
        count++;
    samples = samples > 0 ? samples : 1;
    int64_t classes = count / samples;
    for (int64_t i = 0; classes > 0 && i < samples; i++) {
        int64_t one = (int64_t)maker_below(maker, (size_t)classes);
        for (int64_t k = 0; k < classes; k++)
            mpq_set_si(values->items + network_target(maker->network, i * classes + k),
                       k == one, 1);
    }
}

static void draw_leaves(struct maker *maker, struct values *values)
{
    for (node_id node = 0; node < values->count; node++) {
        mpq_srcptr given = network_value(maker->network, node);
        bool is_given =
            given != NULL && (network_is_fixed(maker->network, node) ||
                              network_kind(maker->network, node) == NODE_CONSTANT);
        if (network_is_defined(maker->network, node))
            continue;
        if (is_given)
            mpq_set(values->items + node, given);
        else
            draw_leaf(maker, node, values->items + node);
    }
    if (network_error_kind(maker->network) == ERROR_CROSS_ENTROPY)
        draw_class(maker, values);
}

/* Whether what the network grants is true of these values. */
static bool are_granted(struct maker *maker, struct values *values)
{
    struct diags diags;
    struct enclosure difference;
    bool ok = true;
    diags_init(&diags);
    enclosure_init(&difference);
    for (size_t i = 0; ok && i < network_assumption_count(maker->network); i++) {
        expr_id left, right;
        network_assumption(maker->network, i, &left, &right);
        const void *number = values_evaluate(
            values, expr_subtract(maker->pool, left, right), maker->error, &diags);
        if (number != NULL)
            values->arith.get_enclosure(&difference, number);
        ok = number != NULL && difference.is_exact && enclosure_has_zero(&difference);
    }
    enclosure_clear(&difference);
    diags_clear(&diags);
    return ok;
}

/* What is 0 at the bend of a function; 0 if it has none. */
static expr_id bend_of(struct pool *pool, expr_id e)
{
    if (expr_kind(pool, e) != EXPR_APPLY)
        return 0;
    switch (function_peek(pool, e)->id) {
    case FUNCTION_RELU:
    case FUNCTION_LEAKY_RELU:
    case FUNCTION_ABS:
    case FUNCTION_STEP:
    case FUNCTION_SIGN:
        return expr_part(pool, e, 1);
    case FUNCTION_MAX:
        return expr_subtract(pool, expr_part(pool, e, 1), expr_part(pool, e, 2));
    default:
        return 0;
    }
}

static bool find_value(struct maker *maker, struct values *values, expr_id e,
                       struct enclosure *value)
{
    struct diags diags;
    diags_init(&diags);
    const void *number = values_evaluate(values, e, maker->error, &diags);
    if (number != NULL)
        values->arith.get_enclosure(value, number);
    diags_clear(&diags);
    return number != NULL;
}

static bool is_zero(struct maker *maker, struct values *values, expr_id e)
{
    struct enclosure value;
    enclosure_init(&value);
    bool has_zero = !find_value(maker, values, e, &value) || enclosure_has_zero(&value);
    enclosure_clear(&value);
    return has_zero;
}

/* At a bend the error has no derivative: that is no question for a beginner. */
static bool are_off_bends(struct maker *maker, struct values *values)
{
    struct expr_list nodes;
    bool ok = true;
    expr_list_init(&nodes);
    list_nodes(maker, &nodes);
    for (size_t i = 0; i < nodes.count && ok; i++) {
        expr_id bend = bend_of(maker->pool, nodes.items[i]);
        ok = !bend || !is_zero(maker, values, bend);
    }
    expr_list_clear(&nodes);
    return ok;
}

static bool is_near_zero(struct maker *maker, struct values *values, expr_id e)
{
    struct enclosure value;
    mpfr_t magnitude;
    enclosure_init(&value);
    mpfr_init2(magnitude, BITS);
    bool ok = find_value(maker, values, e, &value);
    if (ok) {
        enclosure_magnitude(magnitude, &value);
        ok = mpfr_cmp_ui(magnitude, MOST_ARGUMENT) <= 0;
    }
    mpfr_clear(magnitude);
    enclosure_clear(&value);
    return ok;
}

/* Where a sigmoid is 0.999999 nothing is left to be computed. */
static bool are_mild(struct maker *maker, struct values *values)
{
    struct expr_list nodes;
    bool ok = true;
    expr_list_init(&nodes);
    list_nodes(maker, &nodes);
    for (size_t i = 0; i < nodes.count && ok; i++)
        ok = !saturates(maker->pool, nodes.items[i]) ||
             is_near_zero(maker, values, expr_part(maker->pool, nodes.items[i], 1));
    expr_list_clear(&nodes);
    return ok;
}

/* Numerators and denominators that fit a small piece of paper. */
static bool are_handy(const struct values *values)
{
    for (node_id node = 0; node < values->count; node++) {
        if (!values_is_exact(values, node))
            continue;
        mpq_srcptr value = values_peek(values, node);
        if (mpz_cmpabs_ui(mpq_numref(value), MOST_HEIGHT) > 0 ||
            mpz_cmp_ui(mpq_denref(value), MOST_HEIGHT) > 0)
            return false;
    }
    return true;
}

/* --- the derivative, by two ways --- */

static mpq_srcptr leaf_value(void *context, expr_id symbol)
{
    const struct values *values = context;
    node_id node = network_node(values->network, symbol);
    return node < 0 ? NULL : values_peek(values, node);
}

static bool sweep_back(struct maker *maker, struct values *values, node_id node,
                       struct enclosure *gradient)
{
    struct arith arith = arith_enclosing(&arith_flint, BITS);
    struct sweep_input input = {.defs = network_defs(maker->network),
                                .arith = &arith,
                                .leaf = leaf_value,
                                .context = values,
                                .budget = maker->request->budget};
    enum arith_fault fault;
    struct sweep *sweep =
        sweep_new(&input, network_symbol(maker->network, maker->error), &fault);
    if (sweep == NULL)
        return false;
    sweep_gradient(sweep, network_symbol(maker->network, node), gradient);
    sweep_free(sweep);
    return true;
}

/* The path sum, if the sweep agrees; one that is 0 would be no question. */
static bool find_gradient(struct maker *maker, struct values *values, node_id node,
                          struct enclosure *gradient)
{
    struct derivation *derivation = maker_derivation(maker, node);
    expr_id result = derivation ? maker_result(derivation) : 0;
    struct enclosure swept;
    enclosure_init(&swept);
    bool ok = result && find_value(maker, values, result, gradient) &&
              sweep_back(maker, values, node, &swept);
    if (ok && !enclosures_meet(gradient, &swept))
        ok = diag(maker->diags, DIAG_INTERNAL, "two ways to the gradient disagree", NULL);
    enclosure_clear(&swept);
    return ok && !enclosure_has_zero(gradient);
}

/* --- the exercise --- */

static void add_value(struct exercise_values *list, const struct values *values,
                      node_id node)
{
    list->items = memory_array(list->items, list->count + 1, sizeof *list->items);
    struct exercise_value *item = &list->items[list->count++];
    item->node = node;
    enclosure_init(&item->value);
    values->arith.get_enclosure(&item->value, values_number(values, node));
}

static void take_values(struct maker *maker, const struct values *values,
                        struct exercise *exercise)
{
    for (node_id node = 0; node <= maker->error; node++) {
        bool is_defined = network_is_defined(maker->network, node);
        if (is_defined || !network_is_fixed(maker->network, node))
            add_value(is_defined ? &exercise->found : &exercise->given, values, node);
    }
}

static bool draw(struct maker *maker, struct values *values)
{
    struct diags diags;
    diags_init(&diags);
    draw_leaves(maker, values);
    bool ok = values_forward(values, &diags) && are_granted(maker, values) &&
              are_handy(values) && are_off_bends(maker, values);
    diags_clear(&diags);
    return ok;
}

bool make_numbers(struct maker *maker, node_id node, struct exercise *exercise)
{
    struct values values;
    bool ok = false;
    if (!is_small(maker))
        return false;
    int mild_tries = has_any(maker, saturates) ? MILD_TRIES : 0;
    values_init(&values, maker->network, maker->request->budget);
    values_set_bits(&values, BITS);
    for (int i = 0; !ok && i < mild_tries + MOST_TRIES; i++)
        ok = draw(maker, &values) && (i >= mild_tries || are_mild(maker, &values)) &&
             find_gradient(maker, &values, node, &exercise->gradient);
    if (ok)
        take_values(maker, &values, exercise);
    values_clear(&values);
    return ok;
}
