/* The derivative of a gate, by its kind. */
#include "base/language.h"
#include "prove/application.h"
#include "prove/lower_parts.h"

static const char *const OF_A_LEMMA =
    NC_("diagnostic", "a derivative of a granted equality is needed");

/* d(symbol)/d(by) = sum over the users u of `by` of d(symbol)/du times the local
   du/d(by): where a lemma gives d(symbol)/du. Sets `is_used` if so. */
static gate_id adjoint_of(struct lowering *l, gate_id of, const struct seed *seed,
                          bool *is_used)
{
    expr_id symbol = l->circuit->gates[of].expression;
    gate_id outer, local, value;

    *is_used = false;
    if (!l->unfolding.use_lemmas || !grants_any_derivative(&l->grants, symbol))
        return 0;
    cone_explore(&l->cone, symbol);
    l->users.count = l->parts.count = 0;
    cone_users(&l->cone, seed->by, &l->users);
    for (size_t i = 0; i < l->users.count; i++)
        *is_used = *is_used || grants_derivative(&l->grants, symbol, l->users.items[i]);
    for (size_t i = 0; *is_used && i < l->users.count; i++) {
        expr_id user = l->users.items[i];
        value = lower_value(l, lower_definition_of(l, user));
        outer = lower_tangent(l, of, lower_seed(l, user, false));
        local = value ? lower_tangent(l, value, lower_seed(l, seed->by, true)) : 0;
        if (!lower_is_stopped(l))
            expr_list_push(&l->parts,
                           circuit_product(l->circuit, (gate_id[]){outer, local}, 2));
    }
    return lower_is_stopped(l) ? 0
                               : circuit_sum(l->circuit, l->parts.items, l->parts.count);
}

static gate_id tangent_of_symbol(struct lowering *l, gate_id of, uint32_t seed_index)
{
    struct seed seed = l->seeds[seed_index];
    expr_id symbol = l->circuit->gates[of].expression, definition;
    gate_id gate;
    bool is_used;

    if (symbol == seed.by)
        return GATE_ONE;
    gate = lower_granted_derivative(l, symbol, seed.by);
    if (gate)
        return gate;
    gate = adjoint_of(l, of, &seed, &is_used);
    if (is_used)
        return gate;
    definition = lower_definition_of(l, symbol);
    if (!definition ||
        (defs_get(l->defs, symbol) && !cone_hangs_on(&l->cone, symbol, seed.by)))
        return GATE_ZERO;
    gate = lower_value(l, definition);
    return lower_is_stopped(l) ? 0 : lower_tangent(l, gate, seed_index);
}

static gate_id tangent_of_unknown(struct lowering *l, gate_id of, uint32_t seed)
{
    return circuit_is_symbol(l->circuit, of) ? tangent_of_symbol(l, of, seed)
                                             : lower_fail(l, OF_A_LEMMA);
}

/* With other symbols held fixed, of the parts that the symbol touches. */
static gate_id tangent_of_wide_sum(struct lowering *l, gate_id of, uint32_t seed)
{
    struct touch_walk walk = touch_begin(&l->touch, l->circuit, of, l->seeds[seed].by);
    size_t place;

    l->parts.count = 0;
    while (touch_next(&l->touch, &walk, &place))
        expr_list_push(&l->parts,
                       lower_tangent(l, circuit_part(l->circuit, of, place), seed));
    return lower_is_stopped(l) ? 0
                               : circuit_sum(l->circuit, l->parts.items, l->parts.count);
}

static gate_id tangent_of_sum(struct lowering *l, gate_id of, uint32_t seed)
{
    enum { WIDE = 16 };
    uint32_t count = l->circuit->gates[of].count;

    if (count >= WIDE && l->seeds[seed].is_local)
        return tangent_of_wide_sum(l, of, seed);
    l->parts.count = 0;
    for (size_t i = 0; i < count; i++)
        expr_list_push(&l->parts,
                       lower_tangent(l, circuit_part(l->circuit, of, i), seed));
    return lower_is_stopped(l) ? 0 : circuit_sum(l->circuit, l->parts.items, count);
}

/* The product with the factor at `chosen` replaced by its tangent. */
static gate_id product_term(struct lowering *l, gate_id of, size_t chosen,
                            gate_id tangent)
{
    uint32_t count = l->circuit->gates[of].count;
    size_t first = l->parts.count;
    gate_id gate;

    for (size_t i = 0; i < count; i++)
        expr_list_push(&l->parts,
                       i == chosen ? tangent : circuit_part(l->circuit, of, i));
    gate = circuit_product(l->circuit, l->parts.items + first, count);
    l->parts.count = first;
    return gate;
}

static gate_id tangent_of_product(struct lowering *l, gate_id of, uint32_t seed)
{
    uint32_t count = l->circuit->gates[of].count;

    l->parts.count = 0;
    for (size_t i = 0; i < count; i++)
        expr_list_push(&l->parts,
                       lower_tangent(l, circuit_part(l->circuit, of, i), seed));
    if (lower_is_stopped(l))
        return 0;
    for (size_t i = 0; i < count; i++) {
        if (l->parts.items[i] == GATE_ZERO)
            continue;
        gate_id term = product_term(l, of, i, l->parts.items[i]); /* may move the list */
        l->parts.items[i] = term;
    }
    return circuit_sum(l->circuit, l->parts.items, count);
}

static gate_id tangent_of_power(struct lowering *l, gate_id of, uint32_t seed)
{
    struct circuit *circuit = l->circuit;
    int64_t n = circuit->gates[of].integer;
    gate_id base = circuit_part(circuit, of, 0), tangent = lower_tangent(l, base, seed),
            factors[3];

    if (lower_is_stopped(l) || tangent == GATE_ZERO)
        return tangent;
    factors[0] = circuit_integer(circuit, n);
    factors[1] = circuit_power(circuit, base, n - 1);
    factors[2] = tangent;
    return circuit_product(circuit, factors, 3);
}

/* (u' v - u v') / v^2, or u' / v. */
static gate_id tangent_of_quotient(struct lowering *l, gate_id of, uint32_t seed)
{
    struct circuit *circuit = l->circuit;
    gate_id u = circuit_part(circuit, of, 0), v = circuit_part(circuit, of, 1);
    gate_id du = lower_tangent(l, u, seed), dv = lower_tangent(l, v, seed), above;

    if (lower_is_stopped(l))
        return 0;
    if (dv == GATE_ZERO)
        return du == GATE_ZERO ? GATE_ZERO : circuit_quotient(circuit, du, v);
    above = circuit_negate(circuit, circuit_product(circuit, (gate_id[]){u, dv}, 2));
    du = circuit_product(circuit, (gate_id[]){du, v}, 2);
    above = circuit_sum(circuit, (gate_id[]){du, above}, 2);
    return circuit_quotient(circuit, above, circuit_power(circuit, v, 2));
}

gate_id lower_differentiate(struct lowering *l, gate_id of, uint32_t seed)
{
    gate_id gate;

    switch (l->circuit->gates[of].kind) {
    case GATE_NUMBER:
        return GATE_ZERO;
    case GATE_UNKNOWN:
        return tangent_of_unknown(l, of, seed);
    case GATE_NAMED:
        return tangent_of_symbol(l, of, seed);
    case GATE_SUM:
        return tangent_of_sum(l, of, seed);
    case GATE_PRODUCT:
        return tangent_of_product(l, of, seed);
    case GATE_POWER:
        return tangent_of_power(l, of, seed);
    case GATE_QUOTIENT:
        return tangent_of_quotient(l, of, seed);
    case GATE_APPLY:
        return application_tangent(l, of, seed);
    default:
        gate = lower_tangent(l, circuit_part(l->circuit, of, 0), seed);
        return lower_is_stopped(l) ? 0 : circuit_negate(l->circuit, gate);
    }
}
