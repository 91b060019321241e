#include "prove/sign.h"

#include "base/memory.h"

/* Sets of these. */
enum { BELOW = 1, ZERO = 2, ABOVE = 4, ANY = BELOW | ZERO | ABOVE };

typedef unsigned set;

void sign_init(struct signs *s, const struct circuit *circuit)
{
    *s = (struct signs){.circuit = circuit};
}

void sign_clear(struct signs *s)
{
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
    return s->possible[s->circuit->parts[gate->first + i]];
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

static set possible(struct signs *s, gate_id gate)
{
    if (s->circuit->count > s->capacity) {
        s->capacity = s->circuit->count * 2;
        s->possible = memory_array(s->possible, s->capacity, sizeof *s->possible);
    }
    if (s->count == 0)
        s->possible[s->count++] = ANY;
    for (; s->count <= gate; s->count++)
        s->possible[s->count] = (unsigned char)of_gate(s, &s->circuit->gates[s->count]);
    return s->possible[gate];
}

bool sign_is_positive(struct signs *s, gate_id gate)
{
    return possible(s, gate) == ABOVE;
}

bool sign_is_negative(struct signs *s, gate_id gate)
{
    return possible(s, gate) == BELOW;
}
