#include "prove/estimate.h"

#include "base/memory.h"

#include <math.h>

/* A polynomial by its size: doubles saturate. `norm` is the logarithm to base 2 of the
   sum of the absolute values of the coefficients. */
struct size {
    double terms, degree, norm;
};

/* A fraction above / (2^scale below). `divisor` tells where `below` came from: equal
   divisors mean equal polynomials, and NO_DIVISOR is 1. */
struct fraction {
    struct size above, below;
    double scale;
    gate_id divisor;
};

static const gate_id NO_DIVISOR = 0, OWN_DIVISOR = UINT32_MAX;
static const struct size UNIT = {1, 0, 0};

static struct size multiply(struct size a, struct size b)
{
    return (struct size){a.terms * b.terms, a.degree + b.degree, a.norm + b.norm};
}

static struct size add(struct size a, struct size b)
{
    double high = fmax(a.norm, b.norm), low = fmin(a.norm, b.norm);

    return (struct size){a.terms + b.terms, fmax(a.degree, b.degree),
                         high + log2(1 + exp2(low - high))};
}

/* C(a + b, a), or (e (a + b) / m)^m for m = min(a, b), which is no less. */
static double choose(double a, double b)
{
    double m = fmin(a, b), result = 1;

    if (m > 30)
        return exp2(m * log2(M_E * (a + b) / m));
    for (double i = 1; i <= m; i++)
        result *= (a + b - m + i) / i;
    return ceil(result);
}

static struct size raise(struct size a, double n)
{
    double terms = a.terms <= 1 ? 1 : fmin(pow(a.terms, n), choose(a.terms - 1, n));

    return (struct size){terms, a.degree * n, a.norm * n};
}

/* No polynomial has more terms than there are monomials of its degree. */
static struct fraction capped(struct fraction f, double unknowns)
{
    f.above.terms = fmin(f.above.terms, choose(unknowns, f.above.degree));
    f.below.terms = fmin(f.below.terms, choose(unknowns, f.below.degree));
    return f;
}

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
        sum.above = add(a.above, b.above);
        return sum;
    }
    sum.above = add(multiply(a.above, b.below), multiply(b.above, a.below));
    sum.below = multiply(a.below, b.below);
    sum.divisor = common_divisor(a, b);
    return sum;
}

static struct fraction multiply_fractions(struct fraction a, struct fraction b)
{
    return (struct fraction){multiply(a.above, b.above), multiply(a.below, b.below),
                             a.scale + b.scale, common_divisor(a, b)};
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
    const struct fraction one = {UNIT, UNIT, 0, NO_DIVISOR};
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
        f.above = raise(sizes[parts[0]].above, n);
        f.below = raise(sizes[parts[0]].below, n);
        f.scale = sizes[parts[0]].scale * n;
        f.divisor = sizes[parts[0]].divisor ? OWN_DIVISOR : NO_DIVISOR;
        return gate->integer < 0 ? divide_fractions(one, f, OWN_DIVISOR) : f;
    case GATE_QUOTIENT:
        return divide_fractions(sizes[parts[0]], sizes[parts[1]], parts[1]);
    default:
        return sizes[parts[0]];
    }
}

/* FLINT packs exponents into fields of at least 8 bits; a coefficient is a word, or a GMP
   integer. */
static double bytes_of(struct size size, double scale, double unknowns)
{
    double bits = fmax(8, ceil(log2(size.degree + 2)) + 1);
    double coefficient = size.norm < 62 && scale < 62 ? 8 : 32 + (size.norm + scale) / 8;

    /* Monomials are not stored as polynomials. */
    if (size.terms <= 1)
        return coefficient;
    return size.terms * (8 * ceil(unknowns * bits / 64) + coefficient);
}

struct estimate estimate_circuit(const struct circuit *circuit)
{
    struct fraction *sizes = memory_array(NULL, circuit->count, sizeof *sizes);
    double unknowns = (double)circuit->unknowns.count;
    struct estimate estimate = {0};

    for (size_t i = 0; i < circuit->order_count; i++) {
        gate_id id = circuit->order[i];
        struct fraction f = sizes[id] = capped(of_gate(circuit, id, sizes), unknowns);
        estimate.bytes += bytes_of(f.above, f.scale, unknowns);
        if (f.divisor != NO_DIVISOR)
            estimate.bytes += bytes_of(f.below, 0, unknowns);
        estimate.degree = fmax(estimate.degree, fmax(f.above.degree, f.below.degree));
    }
    estimate.norm = sizes[circuit->difference].above.norm;
    memory_free(sizes);
    return estimate;
}
