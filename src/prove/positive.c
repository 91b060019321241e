#include "prove/positive.h"

#include "base/memory.h"

enum { ANY, NOT_NEGATIVE, POSITIVE };

void positive_init(struct positive *p, const struct circuit *circuit)
{
    *p = (struct positive){.circuit = circuit};
}

void positive_clear(struct positive *p)
{
    memory_free(p->signs);
}

static int sign_of_number(const struct positive *p, const struct gate *gate)
{
    int sign = gate->expression
                   ? mpq_sgn(expr_peek_number(p->circuit->pool, gate->expression))
                   : (gate->integer > 0) - (gate->integer < 0);

    return sign > 0 ? POSITIVE : sign == 0 ? NOT_NEGATIVE : ANY;
}

static int least(const struct positive *p, const struct gate *gate)
{
    int sign = POSITIVE;

    for (size_t i = 0; i < gate->count; i++) {
        int part = p->signs[p->circuit->parts[gate->first + i]];
        sign = part < sign ? part : sign;
    }
    return sign;
}

/* Where none is negative and one is above 0, so is the sum. */
static int sign_of_sum(const struct positive *p, const struct gate *gate)
{
    if (least(p, gate) == ANY)
        return ANY;
    for (size_t i = 0; i < gate->count; i++) {
        if (p->signs[p->circuit->parts[gate->first + i]] == POSITIVE)
            return POSITIVE;
    }
    return NOT_NEGATIVE;
}

static int sign_of_gate(const struct positive *p, const struct gate *gate)
{
    int base;

    switch (gate->kind) {
    case GATE_NUMBER:
        return sign_of_number(p, gate);
    case GATE_UNKNOWN:
        return gate->expression == 0 && gate->integer > 0 ? POSITIVE : ANY;
    case GATE_SUM:
        return sign_of_sum(p, gate);
    case GATE_POWER:
        base = p->signs[p->circuit->parts[gate->first]];
        return base == ANY && gate->integer % 2 == 0 ? NOT_NEGATIVE : base;
    case GATE_NEGATE:
        return ANY;
    default:
        return least(p, gate);
    }
}

bool positive_is(struct positive *p, gate_id gate)
{
    if (p->circuit->count > p->capacity) {
        p->capacity = p->circuit->count * 2;
        p->signs = memory_array(p->signs, p->capacity, sizeof *p->signs);
    }
    if (p->count == 0)
        p->signs[p->count++] = ANY;
    for (; p->count <= gate; p->count++)
        p->signs[p->count] =
            (unsigned char)sign_of_gate(p, &p->circuit->gates[p->count]);
    return p->signs[gate] == POSITIVE;
}
