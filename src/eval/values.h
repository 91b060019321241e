/* A number for every node of a network: given by `let` and `fix`, or drawn at random;
   what is defined is computed from them, in order. */
#ifndef GRADTEX_EVAL_VALUES_H
#define GRADTEX_EVAL_VALUES_H

#include "base/budget.h"
#include "base/diag.h"
#include "eval/evaluate.h"
#include "net/network.h"

#include <gmp.h>
#include <stdbool.h>
#include <stdint.h>

struct values {
    struct network *network; /* borrowed */
    struct budget budget;
    mpq_ptr items; /* by node; of what is defined, where that is exact */
    int64_t count;
    struct drawing drawing; /* of functions that are arbitrary; off at first */
    struct arith arith;
    void *numbers;                /* by node, after values_forward */
    struct evaluation evaluation; /* of expressions at these values */
};

/* All 0, with enclosures of 64 bits; stays where it is until values_clear. */
void values_init(struct values *values, struct network *network,
                 const struct budget *budget);
void values_clear(struct values *values);
/* The precision of enclosures; values_forward must follow. */
void values_set_bits(struct values *values, long bits);
void values_set_drawing(struct values *values, struct drawing drawing);
/* Of a leaf, or of a node that is exact. */
mpq_srcptr values_peek(const struct values *values, node_id node);
/* After values_forward: a number of `arith`. */
const void *values_number(const struct values *values, node_id node);
bool values_is_exact(const struct values *values, node_id node);

/* Whether `let` gives a value to some leaf. Fixed leaves alone do not count. */
bool values_are_given(struct network *network);
/* Takes the values of the spec. False with a diagnostic that names the leaves without
 * one. */
bool values_take_given(struct values *values, struct diags *diags);
/* Draws small rationals for all leaves that are not fixed, from `*state`, which moves on:
   numerators from -9 to 9 without 0, denominators from 1 to 4. */
void values_draw(struct values *values, uint64_t *state);

/* Computes what is defined. False with a diagnostic if a definition divides by zero, has
   an exponent that is no whole number, or grows beyond the budget. */
bool values_forward(struct values *values, struct diags *diags);

/* The same in parts: the leaves take their rationals; some become other numbers; and the
 * rest is computed. */
void values_set_leaves(struct values *values);
void values_set_leaf(struct values *values, node_id leaf, const struct enclosure *value);
bool values_forward_from_leaves(struct values *values, struct diags *diags);

/* After values_forward: the value of an expression over the network's symbols, such as
   the label of an edge to `node`, a number of `arith`. Borrowed until the next call; NULL
   with a diagnostic that names the node. */
const void *values_evaluate(struct values *values, expr_id e, node_id node,
                            struct diags *diags);

/* Says that the definition of a node, or a derivative of it, has no value. */
void values_report(const struct values *values, node_id node, enum arith_fault fault,
                   struct diags *diags);

/* The leaves as `let` lines that a spec can take, fixed ones left out. */
void values_write_let(const struct values *values, struct buf *out);

#endif
