#include "prove/enclose.h"

#include "base/memory.h"
#include "expr/function.h"

void enclose_init(struct enclose *e, const struct circuit *circuit)
{
    *e = (struct enclose){.circuit = circuit};
    e->values = memory_array(NULL, circuit->count, sizeof *e->values);
    for (size_t i = 0; i < circuit->order_count; i++)
        arb_init(e->values + circuit->order[i]);
}

void enclose_clear(struct enclose *e)
{
    for (size_t i = 0; i < e->circuit->order_count; i++)
        arb_clear(e->values + e->circuit->order[i]);
    memory_free(e->values);
    memory_free(e->given);
}

static void set_rational(arb_ptr value, mpq_srcptr q, slong bits)
{
    fmpq_t copy;

    fmpq_init(copy);
    fmpq_set_mpq(copy, q);
    arb_set_fmpq(value, copy, bits);
    fmpq_clear(copy);
}

static bool power(arb_ptr value, arb_srcptr base, int64_t n, slong bits)
{
    fmpz_t exponent;

    if (n < 0 && arb_contains_zero(base))
        return false;
    fmpz_init_set_si(exponent, n);
    arb_pow_fmpz(value, base, exponent, bits);
    fmpz_clear(exponent);
    return true;
}

/* The sign of x, where it is certain; of 0 the step is what was agreed on. */
static bool step(const struct enclose *e, arb_ptr value, arb_srcptr x, bool is_sign,
                 slong bits)
{
    mpq_srcptr at_zero = function_step_at_zero(e->circuit->pool);

    if (arb_is_zero(x) && !is_sign && !at_zero)
        return false;
    if (arb_is_zero(x) && !is_sign)
        set_rational(value, at_zero, bits);
    else if (arb_is_zero(x))
        arb_zero(value);
    else if (arb_contains_zero(x))
        return false;
    else
        arb_set_si(value, arb_is_positive(x) ? 1 : is_sign ? -1 : 0);
    return true;
}

/* 1, -1, 2, … or so: a number for the n-th value. */
static long value_for(const struct enclose *e, uint64_t n)
{
    uint64_t hash = (e->choice * 64 + n + 1) * UINT64_C(0x9e3779b97f4a7c15);
    long value = 1 + (long)((hash >> 40) % 9);

    return (hash >> 60) % 2 ? value : -value;
}

/* Equal arguments have equal values, different ones any. */
static bool arbitrary(struct enclose *e, gate_id id)
{
    const struct circuit *circuit = e->circuit;
    arb_srcptr x = e->values + circuit_part(circuit, id, 0);
    long value = value_for(e, e->given_count);

    for (size_t i = 0; i < e->given_count; i++) {
        gate_id other = e->given[i].application;
        arb_srcptr y = e->values + circuit_part(circuit, other, 0);
        if (circuit->gates[other].expression != circuit->gates[id].expression)
            continue;
        if (arb_is_exact(x) && arb_equal(x, y))
            value = e->given[i].value;
        else if (arb_overlaps(x, y))
            return false;
    }
    e->given = memory_array(e->given, e->given_count + 1, sizeof *e->given);
    e->given[e->given_count++] = (struct enclose_value){id, value};
    arb_set_si(e->values + id, value);
    return true;
}

static bool apply(struct enclose *e, gate_id id, slong bits)
{
    const struct gate *gate = &e->circuit->gates[id];
    arb_ptr value = e->values + id;
    arb_srcptr x = e->values + circuit_part(e->circuit, id, 0);

    switch (function_peek(e->circuit->pool, gate->expression)->id) {
    case FUNCTION_EXP:
        arb_exp(value, x, bits);
        return true;
    case FUNCTION_LN:
        arb_log(value, x, bits);
        return arb_is_positive(x);
    case FUNCTION_SQRT:
        arb_sqrt(value, x, bits);
        return arb_is_nonnegative(x);
    case FUNCTION_STEP:
        return step(e, value, x, false, bits);
    case FUNCTION_SIGN:
        return step(e, value, x, true, bits);
    case FUNCTION_MAX:
        arb_max(value, x, e->values + circuit_part(e->circuit, id, 1), bits);
        return true;
    default:
        return arbitrary(e, id);
    }
}

static void combine(struct enclose *e, gate_id id, slong bits)
{
    const struct gate *gate = &e->circuit->gates[id];
    arb_ptr value = e->values + id;

    arb_set(value, e->values + circuit_part(e->circuit, id, 0));
    for (size_t i = 1; i < gate->count; i++) {
        arb_srcptr part = e->values + circuit_part(e->circuit, id, i);
        if (gate->kind == GATE_SUM)
            arb_add(value, value, part, bits);
        else
            arb_mul(value, value, part, bits);
    }
}

static bool work_out(struct enclose *e, gate_id id, const mpq_t *point, slong bits)
{
    const struct gate *gate = &e->circuit->gates[id];
    const gate_id *parts = e->circuit->parts + gate->first;
    arb_ptr value = e->values + id;

    switch (gate->kind) {
    case GATE_NUMBER:
        if (gate->expression)
            set_rational(value, expr_peek_number(e->circuit->pool, gate->expression),
                         bits);
        else
            arb_set_si(value, gate->integer);
        return true;
    case GATE_UNKNOWN:
        set_rational(value, point[gate->first], bits);
        return true;
    case GATE_NEGATE:
        arb_neg(value, e->values + parts[0]);
        return true;
    case GATE_POWER:
        return power(value, e->values + parts[0], gate->integer, bits);
    case GATE_QUOTIENT:
        arb_div(value, e->values + parts[0], e->values + parts[1], bits);
        return !arb_contains_zero(e->values + parts[1]);
    case GATE_APPLY:
        return apply(e, id, bits);
    default:
        combine(e, id, bits);
        return true;
    }
}

bool enclose_point(struct enclose *e, const mpq_t *point, slong bits)
{
    const struct circuit *circuit = e->circuit;

    e->given_count = 0;
    for (size_t i = 0; i < circuit->order_count; i++) {
        if (!work_out(e, circuit->order[i], point, bits))
            return false;
    }
    for (size_t i = 0; i < circuit->condition_count; i++) {
        if (arb_contains_zero(e->values + circuit->conditions[i].gate))
            return false;
    }
    return arb_is_finite(e->values + circuit->left) &&
           arb_is_finite(e->values + circuit->right);
}
