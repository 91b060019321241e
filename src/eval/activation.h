/* What layers apply to their sums, one by one: numerics of backprop's own, by the id of
   the function. */
#ifndef GRADTEX_EVAL_ACTIVATION_H
#define GRADTEX_EVAL_ACTIVATION_H

#include "net/network.h"

#include <gmp.h>
#ifdef GTX_FLINT3
#include <flint/arb.h>
#else
#include <arb.h>
#endif

/* Where the values of arbitrary functions come from: that of the function of this name
   with so many primes, at z. False if it has none. */
struct activation_draws {
    bool (*draw)(void *context, const char *name, unsigned primes, mpq_srcptr z,
                 mpq_ptr value);
    void *context;
};

struct activation {
    const struct function *function;      /* of the layer; borrowed, as are these: */
    mpq_srcptr step_at_zero;              /* the derivative of relu at 0, or NULL */
    const struct activation_draws *draws; /* or NULL */
};

/* Whether backprop knows the function, and whether its values at rationals are rational
   (then activation_exact, else activation_ball works it out). */
bool activation_is_known(const struct function *function);
bool activation_is_rational(const struct function *function);

/* The value and the derivative at z. False if the function or its derivative has no value
   there. */
bool activation_exact(const struct activation *activation, mpq_srcptr z, mpq_ptr value,
                      mpq_ptr slope);
/* Enclosures of both over a ball, for every known function but arbitrary ones; where the
   derivative has no value, it is NaN. Nothing overflows, however large z is. */
void activation_ball(const struct activation *activation, const arb_t z, arb_t value,
                     arb_t slope, slong bits);

/* values_i = e^{z_i} / sum_j e^{z_j} over `count` balls. */
void activation_softmax(arb_ptr values, arb_srcptr z, slong count, slong bits);
/* The product of the Jacobian of softmax with a vector, without making the Jacobian:
   product_i = s_i (g_i - sum_j s_j g_j), for values s. */
void activation_softmax_product(arb_ptr product, arb_srcptr values, arb_srcptr vector,
                                slong count, slong bits);

#endif
