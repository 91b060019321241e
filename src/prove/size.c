#include "prove/size.h"

#include <math.h>

const struct size SIZE_UNIT = {1, 0, 0};

struct size size_multiply(struct size a, struct size b)
{
    return (struct size){a.terms * b.terms, a.degree + b.degree, a.norm + b.norm};
}

struct size size_add(struct size a, struct size b)
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

struct size size_raise(struct size a, double n)
{
    double terms = a.terms <= 1 ? 1 : fmin(pow(a.terms, n), choose(a.terms - 1, n));

    return (struct size){terms, a.degree * n, a.norm * n};
}

struct size size_capped(struct size a, double unknowns)
{
    a.terms = fmin(a.terms, choose(unknowns, a.degree));
    return a;
}

/* FLINT packs exponents into fields of at least 8 bits; a coefficient is a word, or a GMP
   integer. */
double size_bytes(struct size a, double bits, double unknowns)
{
    double field = fmax(8, ceil(log2(a.degree + 2)) + 1);
    double coefficient = a.norm < 62 && bits < 62 ? 8 : 32 + (a.norm + bits) / 8;

    /* Monomials are not stored as polynomials. */
    if (a.terms <= 1)
        return coefficient;
    return a.terms * (8 * ceil(unknowns * field / 64) + coefficient);
}
