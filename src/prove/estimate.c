#include "prove/estimate.h"

#include "base/memory.h"
#include "prove/factored.h"
#include "prove/size.h"

#include <math.h>

/* A fraction above / (2^scale below). `divisor` tells where `below` came from: equal
   divisors mean equal polynomials, and NO_DIVISOR is 1. */
struct fraction {
    struct size above, below;
    double scale;
    gate_id divisor;
};

static const gate_id NO_DIVISOR = 0, OWN_DIVISOR = UINT32_MAX;

/* The divisor of a product of denominators. */
static gate_id common_divisor(struct fraction a, struct fraction b)
{
    if (a.divisor == NO_DIVISOR)
        return b.divisor;
    return b.divisor == NO_DIVISOR ? a.divisor : OWN_DIVISOR;
}

static struct fraction add_fractions(struct fraction a, struct fraction b)
{
    struct fraction sum = {
        .below = a.below, .scale = a.scale + b.scale, .divisor = a.divisor};

    a.above.norm += b.scale;
    b.above.norm += a.scale;
    if (a.divisor == b.divisor && a.divisor != OWN_DIVISOR) {
        sum.above = size_add(a.above, b.above);
        return sum;
    }
    sum.above =
        size_add(size_multiply(a.above, b.below), size_multiply(b.above, a.below));
    sum.below = size_multiply(a.below, b.below);
    sum.divisor = common_divisor(a, b);
    return sum;
}

static struct fraction multiply_fractions(struct fraction a, struct fraction b)
{
    return (struct fraction){size_multiply(a.above, b.above),
                             size_multiply(a.below, b.below), a.scale + b.scale,
                             common_divisor(a, b)};
}

static struct fraction divide_fractions(struct fraction a, struct fraction b,
                                        gate_id below)
{
    struct fraction inverse = {b.below, b.above, 0,
                               b.divisor == NO_DIVISOR ? below : OWN_DIVISOR};

    inverse.above.norm += b.scale;
    return multiply_fractions(a, inverse);
}

static double number_norm(const struct circuit *circuit, const struct gate *gate,
                          bool below)
{
    mpq_srcptr q;

    if (gate->expression == 0)
        return below ? 0 : log2(fabs((double)gate->integer) + 1);
    q = expr_peek_number(circuit->pool, gate->expression);
    return (double)mpz_sizeinbase(below ? mpq_denref(q) : mpq_numref(q), 2);
}

static struct fraction of_gate(const struct circuit *circuit, gate_id id,
                               const struct fraction *sizes)
{
    const struct gate *gate = &circuit->gates[id];
    const gate_id *parts = circuit->parts + gate->first;
    const struct fraction one = {SIZE_UNIT, SIZE_UNIT, 0, NO_DIVISOR};
    struct fraction f = one;
    double n = fabs((double)gate->integer);

    switch (gate->kind) {
    case GATE_NUMBER:
        f.above.norm = number_norm(circuit, gate, false);
        f.scale = number_norm(circuit, gate, true);
        return f;
    case GATE_UNKNOWN:
        f.above.degree = 1;
        return f;
    case GATE_SUM:
    case GATE_PRODUCT:
        f = sizes[parts[0]];
        for (size_t i = 1; i < gate->count; i++)
            f = gate->kind == GATE_SUM ? add_fractions(f, sizes[parts[i]])
                                       : multiply_fractions(f, sizes[parts[i]]);
        return f;
    case GATE_POWER:
        f.above = size_raise(sizes[parts[0]].above, n);
        f.below = size_raise(sizes[parts[0]].below, n);
        f.scale = sizes[parts[0]].scale * n;
        f.divisor = sizes[parts[0]].divisor ? OWN_DIVISOR : NO_DIVISOR;
        return gate->integer < 0 ? divide_fractions(one, f, OWN_DIVISOR) : f;
    case GATE_QUOTIENT:
        return divide_fractions(sizes[parts[0]], sizes[parts[1]], parts[1]);
    default:
        return sizes[parts[0]];
    }
}

struct estimate estimate_circuit(const struct circuit *circuit)
{
    struct fraction *sizes = memory_array(NULL, circuit->count, sizeof *sizes);
    struct estimate estimate = {.bytes = factored_bytes(circuit)};

    for (size_t i = 0; i < circuit->order_count; i++) {
        gate_id id = circuit->order[i];
        struct fraction f = sizes[id] = of_gate(circuit, id, sizes);
        estimate.degree = fmax(estimate.degree, fmax(f.above.degree, f.below.degree));
    }
    estimate.norm = sizes[circuit->difference].above.norm;
    memory_free(sizes);
    return estimate;
}
