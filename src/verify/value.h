/* The value of an expression in balls, with the network's values for symbols. */
#ifndef GRADTEX_VERIFY_VALUE_H
#define GRADTEX_VERIFY_VALUE_H

#include "verify/section.h"

#include <flint/flint.h>
#ifdef GTX_FLINT3
#include <flint/arb.h>
#else
#include <arb.h>
#endif

/* A number that stands for an interval around it. */
struct value_interval {
    expr_id number;
    double below, above;
};

enum { VALUE_BITS = 192 };

/* 0, or a symbol (or a function) that has no value. */
expr_id value_of(arb_t value, struct section *section, expr_id e,
                 const struct value_interval *intervals, size_t interval_count);

/* The derivative of `e` along all paths, without derivatives of symbols in it; 0 if a
   definition on the way holds one. */
expr_id value_slope(struct section *section, expr_id e, expr_id by);

#endif
