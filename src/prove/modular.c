#include "prove/modular.h"

#include "base/memory.h"

#include <flint/ulong_extras.h>

static bool is_constant(const struct modular *m, gate_id gate)
{
    return m->circuit->gates[gate].kind == GATE_NUMBER;
}

static bool set_number(struct modular *m, gate_id id)
{
    const struct gate *gate = &m->circuit->gates[id];
    mp_limb_t below;
    mpq_srcptr q;

    if (gate->expression == 0) {
        mp_limb_t size =
            gate->integer < 0 ? -(mp_limb_t)gate->integer : (mp_limb_t)gate->integer;
        size %= m->mod.n;
        m->values[id] = gate->integer < 0 ? nmod_neg(size, m->mod) : size;
        return true;
    }
    q = expr_peek_number(m->circuit->pool, gate->expression);
    m->values[id] = mpz_fdiv_ui(mpq_numref(q), m->mod.n);
    if (mpz_cmp_ui(mpq_denref(q), 1) == 0)
        return true;
    below = mpz_fdiv_ui(mpq_denref(q), m->mod.n);
    if (below == 0)
        return false;
    m->values[id] = nmod_mul(m->values[id], nmod_inv(below, m->mod), m->mod);
    return true;
}

void modular_init(struct modular *m, const struct circuit *circuit, mp_limb_t prime)
{
    m->circuit = circuit;
    nmod_init(&m->mod, prime);
    m->values = memory_array(NULL, circuit->count, sizeof *m->values);
    m->has_numbers = true;
    m->zero = 0;
    for (size_t i = 0; i < circuit->order_count; i++) {
        if (is_constant(m, circuit->order[i]))
            m->has_numbers = set_number(m, circuit->order[i]) && m->has_numbers;
    }
}

void modular_clear(struct modular *m)
{
    memory_free(m->values);
}

static mp_limb_t sum(const struct modular *m, const gate_id *parts, size_t count)
{
    mp_limb_t result = m->values[parts[0]];

    for (size_t i = 1; i < count; i++)
        result = nmod_add(result, m->values[parts[i]], m->mod);
    return result;
}

static mp_limb_t product(const struct modular *m, const gate_id *parts, size_t count)
{
    mp_limb_t result = m->values[parts[0]];

    for (size_t i = 1; i < count; i++)
        result = nmod_mul(result, m->values[parts[i]], m->mod);
    return result;
}

static mp_limb_t power(const struct modular *m, mp_limb_t base, int64_t n)
{
    if (n < 0)
        base = nmod_inv(base, m->mod);
    return nmod_pow_ui(base, n < 0 ? -(ulong)n : (ulong)n, m->mod);
}

/* Whether a gate's value is not 0. */
static bool check(struct modular *m, gate_id id)
{
    m->zero = m->values[id] == 0 ? id : 0;
    return m->zero == 0;
}

bool modular_evaluate_gate(struct modular *m, gate_id id, const mp_limb_t *point)
{
    const struct gate *gate = &m->circuit->gates[id];
    const gate_id *parts = m->circuit->parts + gate->first;
    mp_limb_t *value = &m->values[id];

    switch (gate->kind) {
    case GATE_NUMBER:
        return true;
    case GATE_UNKNOWN:
        *value = point[gate->first];
        return true;
    case GATE_NAMED:
        *value = m->values[parts[0]];
        return true;
    case GATE_SUM:
        *value = sum(m, parts, gate->count);
        return true;
    case GATE_PRODUCT:
        *value = product(m, parts, gate->count);
        return true;
    case GATE_NEGATE:
        *value = nmod_neg(m->values[parts[0]], m->mod);
        return true;
    case GATE_POWER:
        if (gate->integer < 0 && !check(m, parts[0]))
            return false;
        *value = power(m, m->values[parts[0]], gate->integer);
        return true;
    default:
        if (!check(m, parts[1]))
            return false;
        *value =
            nmod_mul(m->values[parts[0]], nmod_inv(m->values[parts[1]], m->mod), m->mod);
        return true;
    }
}

bool modular_evaluate(struct modular *m, const mp_limb_t *point)
{
    const struct circuit *circuit = m->circuit;

    m->zero = 0;
    if (!m->has_numbers)
        return false;
    for (size_t i = 0; i < circuit->order_count; i++) {
        if (!modular_evaluate_gate(m, circuit->order[i], point))
            return false;
    }
    for (size_t i = 0; i < circuit->condition_count; i++) {
        if (!check(m, circuit->conditions[i].gate))
            return false;
    }
    return true;
}
