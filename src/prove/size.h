/* Bounds on polynomials. */
#ifndef GRADTEX_PROVE_SIZE_H
#define GRADTEX_PROVE_SIZE_H

/* Doubles saturate. `norm` is the logarithm to base 2 of the sum of the absolute values
   of the coefficients. */
struct size {
    double terms, degree, norm;
};

/* Of 1. */
extern const struct size SIZE_UNIT;

struct size size_multiply(struct size a, struct size b);
struct size size_add(struct size a, struct size b);
struct size size_raise(struct size a, double n);
/* No polynomial has more terms than there are monomials of its degree. */
struct size size_capped(struct size a, double unknowns);
/* What FLINT takes for it, times an integer of so many bits. */
double size_bytes(struct size a, double bits, double unknowns);

#endif
