/* What exponentials come down to: a basis of their arguments over the rationals, so that
   e^{a+b} = e^a e^b, e^{-a} = 1/e^a and (e^{a/2})^2 = e^a by construction. The
   exponentials of a basis are algebraically independent if the arguments are polynomials
   (Ax, "On Schanuel's conjectures", 1971). */
#ifndef GRADTEX_PROVE_EXPONENTS_H
#define GRADTEX_PROVE_EXPONENTS_H

#include "prove/points.h"

/* e^argument = base^root, base an unknown; or argument = ln(base), root 1. */
struct exponent {
    gate_id argument, base;
    uint32_t root;
    bool is_logarithm;
};

/* The roots that the members of a basis need, by their numbers: found in one run over a
   circuit, known in the next. */
struct exponent_roots {
    uint32_t *roots;
    size_t count;
    bool is_changed;
};

struct exponents {
    struct circuit *circuit;
    const struct points *points;
    struct exponent_roots *roots;
    size_t max_bytes;
    struct exponent *items;
    size_t count, capacity;
    /* The items' values in echelon form, row k having a 1 at pivots[k], and how the rows
       are made from the items. */
    mp_limb_t *rows, *made, *row, *coefficients;
    size_t *pivots;
};

/* The points have been worked out for each argument that is given. */
void exponents_init(struct exponents *exponents, struct circuit *circuit,
                    const struct points *points, struct exponent_roots *roots,
                    size_t max_bytes);
void exponents_clear(struct exponents *exponents);
/* The gate of e^argument, or 0: it is an unknown of its own. */
gate_id exponents_power(struct exponents *exponents, gate_id argument);
/* Makes an argument known as the logarithm of a gate. */
void exponents_enter(struct exponents *exponents, gate_id argument, gate_id base);
/* The item whose base is this gate, or NULL. */
const struct exponent *exponents_find(const struct exponents *exponents, gate_id base);

#endif
