/* The parts of prove/functions.h: one run over a circuit, and what is rewritten on it. */
#ifndef GRADTEX_PROVE_FUNCTION_PARTS_H
#define GRADTEX_PROVE_FUNCTION_PARTS_H

#include "prove/exponents.h"
#include "prove/points.h"
#include "prove/sign.h"

struct known {
    gate_id application, value; /* both of `to` */
};

/* root^2 = radicand; `unknown` is 0, or written as `value` so that this holds. */
struct root {
    gate_id radicand, root, unknown, value;
};

enum { SQUARE_REST = 4 };

/* A square root is taken of this unknown and some others, or numbers: it is root^2
 * without those. */
struct square {
    expr_id unknown;
    struct gate rest[SQUARE_REST];
    size_t rest_count;
};

/* Kept from run to run. */
struct knowledge {
    struct exponent_roots roots;
    struct square *squares;
    size_t square_count;
    bool squares_changed;
};

struct functions {
    const struct circuit *from;
    struct circuit to;
    gate_id *put;     /* by gate of `from`: its gate in `to` */
    gate_id *results; /* by gate of `to`: what stands for an application, or 0 */
    size_t result_count;
    struct known *known; /* applications that were met */
    size_t known_count, known_capacity;
    struct root *roots;
    size_t root_count;
    struct points points;
    struct signs signs;
    struct exponents exponents;
    struct knowledge *knowledge;
    size_t max_bytes;
    struct expr_list parts;
};

/* What stands for a function of these arguments: what stands for it of equal ones, else
   `known`, else, if that is 0, a new unknown. */
gate_id functions_value(struct functions *functions, expr_id function,
                        const gate_id *arguments, gate_id known);

/* Whether two gates of `to` are equal, proved. */
bool functions_are_equal(struct functions *functions, gate_id a, gate_id b);

/* ln of products, quotients and powers of what is above 0 is split, ln(e^a) = a. */
gate_id rewrite_logarithm(struct functions *functions, expr_id function,
                          gate_id argument);
/* Square roots, and gates that may hold them: (sqrt a)^2 = a. */
gate_id rewrite_root(struct functions *functions, expr_id function, gate_id argument);
gate_id rewrite_unknown(struct functions *functions, gate_id unknown);
gate_id rewrite_power(struct functions *functions, gate_id base, int64_t exponent);
/* Of the parts of a product: two equal roots become their radicand and 1. */
void rewrite_pairs(struct functions *functions, gate_id *parts, size_t count);
/* Steps and signs of what has a known sign. */
gate_id rewrite_step(struct functions *functions, expr_id function, gate_id argument);
/* The larger of two arguments, which it puts in order. */
gate_id rewrite_max(struct functions *functions, expr_id function, gate_id *arguments);

#endif
