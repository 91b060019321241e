#include "prove/sign.h"

#include "base/memory.h"

/* Sets of these; one that is exact has its value. */
enum { BELOW = 1, ZERO = 2, ABOVE = 4, ANY = BELOW | ZERO | ABOVE, EXACT = 8 };

enum { MOST_BITS = 4096, MOST_EXPONENT = 64 };

typedef unsigned set;

void sign_init(struct signs *s, const struct circuit *circuit)
{
    *s = (struct signs){.circuit = circuit};
}

void sign_clear(struct signs *s)
{
    for (size_t i = 0; i < s->capacity; i++)
        fmpq_clear(s->values + i);
    memory_free(s->values);
    memory_free(s->possible);
}

static set of_sign(int sign)
{
    return sign > 0 ? ABOVE : sign < 0 ? BELOW : ZERO;
}

static set of_number(const struct signs *s, const struct gate *gate)
{
    return gate->expression
               ? of_sign(mpq_sgn(expr_peek_number(s->circuit->pool, gate->expression)))
               : of_sign((gate->integer > 0) - (gate->integer < 0));
}

static set negated(set a)
{
    return (a & ZERO) | (a & BELOW ? ABOVE : 0) | (a & ABOVE ? BELOW : 0);
}

/* Only opposite signs leave the sum open. */
static set added(set a, set b)
{
    set opposite = (a & ABOVE && b & BELOW) || (a & BELOW && b & ABOVE) ? ANY : 0;
    set one = (a & ZERO ? b : 0) | (b & ZERO ? a : 0);

    return opposite | one | (a & b);
}

static set multiplied(set a, set b)
{
    set zero = (a | b) & ZERO;
    set same = (a & ABOVE ? b : 0) | (a & BELOW ? negated(b) : 0);

    return zero | (same & (BELOW | ABOVE));
}

static set squared(set a)
{
    return (a & ZERO) | (a & (BELOW | ABOVE) ? ABOVE : 0);
}

static set part(const struct signs *s, const struct gate *gate, size_t i)
{
    return s->possible[s->circuit->parts[gate->first + i]] & ANY;
}

/* Equal factors stand side by side. */
static set of_product(const struct signs *s, const struct gate *gate)
{
    const gate_id *parts = s->circuit->parts + gate->first;
    set product = ABOVE;

    for (size_t i = 0; i < gate->count; i++) {
        bool is_pair = i + 1 < gate->count && parts[i] == parts[i + 1];
        set factor = is_pair ? squared(part(s, gate, i)) : part(s, gate, i);
        product = multiplied(product, factor);
        i += is_pair;
    }
    return product;
}

static set of_gate(const struct signs *s, const struct gate *gate)
{
    set sum = ZERO, base;

    switch (gate->kind) {
    case GATE_NUMBER:
        return of_number(s, gate);
    case GATE_UNKNOWN:
        return gate->expression == 0 && gate->integer > 0 ? ABOVE : ANY;
    case GATE_SUM:
        for (size_t i = 0; i < gate->count; i++)
            sum = added(sum, part(s, gate, i));
        return sum;
    case GATE_PRODUCT:
        return of_product(s, gate);
    case GATE_QUOTIENT:
        return multiplied(part(s, gate, 0), part(s, gate, 1) & (BELOW | ABOVE));
    case GATE_POWER:
        base = part(s, gate, 0) & (gate->integer < 0 ? BELOW | ABOVE : ANY);
        return gate->integer % 2 ? base : squared(base);
    case GATE_NEGATE:
        return negated(part(s, gate, 0));
    case GATE_NAMED:
        return part(s, gate, 0);
    default:
        return ANY;
    }
}

/* --- exactly --- */

static const fmpq *value_of(const struct signs *s, const struct gate *gate, size_t i)
{
    return s->values + s->circuit->parts[gate->first + i];
}

static void set_number(const struct signs *s, fmpq *value, const struct gate *gate)
{
    if (gate->expression)
        fmpq_set_mpq(value, expr_peek_number(s->circuit->pool, gate->expression));
    else
        fmpq_set_si(value, gate->integer, 1);
}

static bool set_power(fmpq *value, const fmpq *base, int64_t exponent)
{
    if (exponent > MOST_EXPONENT || exponent < -MOST_EXPONENT ||
        (exponent < 0 && fmpq_is_zero(base)))
        return false;
    fmpq_pow_si(value, base, (slong)exponent);
    return true;
}

static bool set_quotient(fmpq *value, const fmpq *above, const fmpq *below)
{
    if (fmpq_is_zero(below))
        return false;
    fmpq_div(value, above, below);
    return true;
}

static bool combine(const struct signs *s, fmpq *value, const struct gate *gate)
{
    fmpq_set(value, value_of(s, gate, 0));
    for (size_t i = 1; i < gate->count; i++)
        if (gate->kind == GATE_SUM)
            fmpq_add(value, value, value_of(s, gate, i));
        else
            fmpq_mul(value, value, value_of(s, gate, i));
    return true;
}

static bool has_exact_parts(const struct signs *s, const struct gate *gate)
{
    for (size_t i = 0; i < gate->count; i++)
        if (!(s->possible[s->circuit->parts[gate->first + i]] & EXACT))
            return false;
    return gate->count > 0;
}

/* False if a gate hangs on more than numbers, is undefined, or too long. */
static bool evaluate(const struct signs *s, fmpq *value, const struct gate *gate)
{
    if (gate->kind == GATE_NUMBER) {
        set_number(s, value, gate);
        return true;
    }
    if (gate->kind == GATE_UNKNOWN || !has_exact_parts(s, gate))
        return false;
    switch (gate->kind) {
    case GATE_SUM:
    case GATE_PRODUCT:
    case GATE_NAMED:
        return combine(s, value, gate);
    case GATE_NEGATE:
        fmpq_neg(value, value_of(s, gate, 0));
        return true;
    case GATE_POWER:
        return set_power(value, value_of(s, gate, 0), gate->integer);
    case GATE_QUOTIENT:
        return set_quotient(value, value_of(s, gate, 0), value_of(s, gate, 1));
    default:
        return false;
    }
}

static set exact_or_possible(const struct signs *s, size_t i)
{
    const struct gate *gate = &s->circuit->gates[i];
    fmpq *value = s->values + i;
    if (!evaluate(s, value, gate) || fmpq_height_bits(value) > MOST_BITS)
        return of_gate(s, gate);
    return of_sign(fmpq_sgn(value)) | EXACT;
}

static void make_room(struct signs *s)
{
    size_t before = s->capacity;
    s->capacity = s->circuit->count * 2;
    s->possible = memory_array(s->possible, s->capacity, sizeof *s->possible);
    s->values = memory_array(s->values, s->capacity, sizeof *s->values);
    for (size_t i = before; i < s->capacity; i++)
        fmpq_init(s->values + i);
}

static set possible(struct signs *s, gate_id gate)
{
    if (s->circuit->count > s->capacity)
        make_room(s);
    if (s->count == 0)
        s->possible[s->count++] = ANY;
    for (; s->count <= gate; s->count++)
        s->possible[s->count] = (unsigned char)exact_or_possible(s, s->count);
    return s->possible[gate] & ANY;
}

bool sign_is_positive(struct signs *s, gate_id gate)
{
    return possible(s, gate) == ABOVE;
}

bool sign_is_negative(struct signs *s, gate_id gate)
{
    return possible(s, gate) == BELOW;
}

bool sign_is_zero(struct signs *s, gate_id gate)
{
    return possible(s, gate) == ZERO;
}
