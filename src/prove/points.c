#include "prove/points.h"

#include "base/memory.h"

#include <flint/ulong_extras.h>

void points_init(struct points *p, const struct circuit *circuit, struct chance *chance,
                 size_t width)
{
    *p = (struct points){.circuit = circuit, .chance = chance, .width = width};
    nmod_init(&p->mod, chance_kept_prime(chance));
}

void points_clear(struct points *p)
{
    memory_free(p->values);
    memory_free(p->is_defined);
}

static mp_limb_t reduce_integer(const struct points *p, int64_t integer)
{
    mp_limb_t size = integer < 0 ? -(mp_limb_t)integer : (mp_limb_t)integer;

    size %= p->mod.n;
    return integer < 0 ? nmod_neg(size, p->mod) : size;
}

/* False if the prime divides the denominator. */
static bool set_number(const struct points *p, const struct gate *gate, mp_limb_t *values)
{
    mp_limb_t value = 0, below = 1;

    if (gate->expression) {
        mpq_srcptr q = expr_peek_number(p->circuit->pool, gate->expression);
        below = mpz_fdiv_ui(mpq_denref(q), p->mod.n);
        value = mpz_fdiv_ui(mpq_numref(q), p->mod.n);
    } else {
        value = reduce_integer(p, gate->integer);
    }
    if (below == 0)
        return false;
    value = nmod_mul(value, nmod_inv(below, p->mod), p->mod);
    for (size_t t = 0; t < p->width; t++)
        values[t] = value;
    return true;
}

static const mp_limb_t *part_values(const struct points *p, const struct gate *gate,
                                    size_t i)
{
    return p->values + p->width * p->circuit->parts[gate->first + i];
}

static void combine(const struct points *p, const struct gate *gate, mp_limb_t *values)
{
    for (size_t i = 0; i < gate->count; i++) {
        const mp_limb_t *part = part_values(p, gate, i);
        for (size_t t = 0; t < p->width; t++)
            values[t] = i == 0                   ? part[t]
                        : gate->kind == GATE_SUM ? nmod_add(values[t], part[t], p->mod)
                                                 : nmod_mul(values[t], part[t], p->mod);
    }
}

/* values := part `i` to the power n, times values; false if that divides by 0. */
static bool multiply_power(const struct points *p, const struct gate *gate, size_t i,
                           int64_t n, mp_limb_t *values)
{
    const mp_limb_t *part = part_values(p, gate, i);
    ulong size = n < 0 ? -(ulong)n : (ulong)n;

    for (size_t t = 0; t < p->width; t++) {
        if (n < 0 && part[t] == 0)
            return false;
        values[t] = nmod_mul(
            values[t],
            nmod_pow_ui(n < 0 ? nmod_inv(part[t], p->mod) : part[t], size, p->mod),
            p->mod);
    }
    return true;
}

static bool work_out(const struct points *p, const struct gate *gate, mp_limb_t *values)
{
    for (size_t t = 0; t < p->width; t++)
        values[t] = gate->kind == GATE_UNKNOWN ? chance_below(p->chance, p->mod.n) : 1;
    switch (gate->kind) {
    case GATE_NUMBER:
        return set_number(p, gate, values);
    case GATE_UNKNOWN:
        return true;
    case GATE_SUM:
    case GATE_PRODUCT:
        combine(p, gate, values);
        return true;
    case GATE_POWER:
        return multiply_power(p, gate, 0, gate->integer, values);
    case GATE_QUOTIENT:
        return multiply_power(p, gate, 0, 1, values) &&
               multiply_power(p, gate, 1, -1, values);
    default:
        combine(p, gate, values);
        for (size_t t = 0; gate->kind == GATE_NEGATE && t < p->width; t++)
            values[t] = nmod_neg(values[t], p->mod);
        return gate->kind != GATE_APPLY;
    }
}

static void make_room(struct points *p)
{
    if (p->circuit->count <= p->capacity)
        return;
    p->capacity = p->circuit->count + p->circuit->count / 2;
    p->values = memory_array(p->values, p->capacity * p->width, sizeof *p->values);
    p->is_defined = memory_array(p->is_defined, p->capacity, sizeof *p->is_defined);
}

static bool has_defined_parts(const struct points *p, const struct gate *gate)
{
    bool is_leaf = gate->kind == GATE_NUMBER || gate->kind == GATE_UNKNOWN;

    for (size_t i = 0; !is_leaf && i < gate->count; i++) {
        if (!p->is_defined[p->circuit->parts[gate->first + i]])
            return false;
    }
    return true;
}

void points_extend(struct points *p)
{
    make_room(p);
    if (p->count == 0)
        p->is_defined[p->count++] = false;
    for (; p->count < p->circuit->count; p->count++) {
        const struct gate *gate = &p->circuit->gates[p->count];
        p->is_defined[p->count] = has_defined_parts(p, gate) &&
                                  work_out(p, gate, p->values + p->width * p->count);
    }
}

const mp_limb_t *points_of(const struct points *p, gate_id gate)
{
    return p->is_defined[gate] ? p->values + p->width * gate : NULL;
}
