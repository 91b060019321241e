/* A computation without derivatives: what both sides of an equation come down to. It is
   evaluated modulo primes, in rationals, and in polynomials, by one loop over the gates
   each. */
#ifndef GRADTEX_PROVE_CIRCUIT_H
#define GRADTEX_PROVE_CIRCUIT_H

#include "expr/walk.h"

/* A gate of a circuit; 0 is none. A gate's parts have smaller ids, and no two gates are
   the same. */
typedef uint32_t gate_id;

enum { GATE_ZERO = 1, GATE_ONE = 2 };

enum gate_kind {
    GATE_NUMBER,  /* the value of `expression`, a number, or `integer` where that is 0 */
    GATE_UNKNOWN, /* number `first`, for `expression`; `integer` is 1 if for others, too;
                     for no expression it is n or -n, n > 1, the n-th one of a circuit,
                     which is above 0 if it is n */
    GATE_NAMED,   /* the symbol `expression`, of the value of part 0 */
    GATE_SUM,
    GATE_PRODUCT,
    GATE_NEGATE,
    GATE_POWER, /* part 0 to the power `integer`, which is neither 0 nor 1 */
    GATE_QUOTIENT,
    GATE_APPLY /* the function `expression` of the parts; prove/functions.h rids a circuit
                  of these */
};

struct gate {
    enum gate_kind kind;
    uint32_t first, count;
    expr_id expression;
    int64_t integer;
};

/* What must not be 0 for the sides to be defined. */
struct condition {
    expr_id expression;
    gate_id gate;
};

struct circuit {
    const struct pool *pool;
    struct gate *gates;
    size_t count, capacity;
    gate_id *parts;
    size_t part_count, part_capacity;
    gate_id *table; /* by hash; 0: a free slot */
    size_t table_size;
    struct expr_list unknowns; /* those that the difference and the conditions hang on; 0
                                  for no expression */
    struct expr_list hidden;   /* those that only arguments of functions may hang on */
    bool has_functions;        /* some unknowns stand for applications */
    uint32_t fresh_count;
    struct condition *conditions;
    size_t condition_count, condition_capacity;
    gate_id left, right, difference;
    gate_id
        *outputs; /* more gates that are wanted; of no circuit but one of many values */
    size_t output_count;
    /* The gates that the difference, the outputs and the conditions hang on, in order. */
    gate_id *order;
    size_t order_count;
};

void circuit_init(struct circuit *circuit, const struct pool *pool);
void circuit_clear(struct circuit *circuit);

/* These fold zeros and ones, which tangents are full of. */
gate_id circuit_number(struct circuit *circuit, expr_id number);
gate_id circuit_integer(struct circuit *circuit, int64_t value);
gate_id circuit_unknown(struct circuit *circuit, expr_id expression);
/* An unknown for several expressions that are taken as equal. */
gate_id circuit_granted(struct circuit *circuit, expr_id expression);
/* A new unknown for no expression, for a value that is above 0 or for any. */
gate_id circuit_fresh(struct circuit *circuit, bool is_positive);
gate_id circuit_named(struct circuit *circuit, expr_id symbol, gate_id value);
gate_id circuit_sum(struct circuit *circuit, const gate_id *parts, size_t count);
gate_id circuit_product(struct circuit *circuit, const gate_id *parts, size_t count);
gate_id circuit_negate(struct circuit *circuit, gate_id part);
gate_id circuit_power(struct circuit *circuit, gate_id base, int64_t exponent);
gate_id circuit_quotient(struct circuit *circuit, gate_id above, gate_id below);
gate_id circuit_apply(struct circuit *circuit, expr_id function, const gate_id *parts,
                      size_t count);
void circuit_require(struct circuit *circuit, expr_id expression, gate_id gate);

gate_id circuit_part(const struct circuit *circuit, gate_id gate, size_t i);
/* Whether a gate is a symbol, with its value or without. */
bool circuit_is_symbol(const struct circuit *circuit, gate_id gate);
/* To be called before circuit_finish; the outputs are copied. */
void circuit_want(struct circuit *circuit, const gate_id *outputs, size_t count);
/* Fixes the sides and works out `difference`, `order` and `unknowns`. */
void circuit_finish(struct circuit *circuit, gate_id left, gate_id right);
/* Drops the conditions that hang on an unknown. */
void circuit_forget(struct circuit *circuit, gate_id unknown);
/* Drops sides that are one gate: what is left are the conditions. */
void circuit_cancel(struct circuit *circuit);
/* Makes one gate both sides and the difference, and drops the conditions. */
void circuit_narrow(struct circuit *circuit, gate_id gate);

#endif
