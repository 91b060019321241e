/* The inside of the elaborator. Two stacks take the place of recursion. */
#ifndef GRADTEX_TEX_MACHINE_H
#define GRADTEX_TEX_MACHINE_H

#include "tex/elaborate.h"

/* What the letter of a sum runs through: from `at` to `last` without `skipped`; of a set,
   its places. */
struct run {
    const char *letter;
    long at, last;
    bool skips;
    long skipped;
    const long *set; /* NULL: the numbers themselves */
};

/* A node whose parts are being elaborated; their values lie on the stack from `values`
   on. */
struct frame {
    const struct parse_node *node;
    size_t next;
    size_t values;
    struct run run;  /* of a sum's letter, whose binding is the last one */
    uint64_t copies; /* of what is around a sum */
    bool is_general; /* a power whose exponent is a formula */
};

struct machine {
    const struct elaborate *context;
    struct pool *pool;
    struct frame *frames;
    size_t frame_count, frame_capacity;
    expr_id *values;
    size_t value_count, value_capacity;
    uint64_t copies; /* of the body of the innermost sum */
    struct arena arena;
};

struct place machine_place(const struct machine *m, const struct parse_node *node);
/* Always false. */
bool machine_fail(const struct machine *m, enum diag_code code,
                  const struct parse_node *node, const char *text);
/* Takes a value, and false where there is none. */
bool machine_push(struct machine *m, expr_id value);
/* Begins a node, without a look at what it is. */
struct frame *machine_open(struct machine *m, const struct parse_node *node);

/* --- elaborate_name.c --- */

bool machine_read_name(struct machine *m, const struct parse_node *name);
bool machine_read_delta(struct machine *m, const struct parse_node *delta);

/* --- elaborate_big.c --- */

bool machine_open_big(struct machine *m, const struct parse_node *big);
/* The next value of the letter; false when it has run through. */
bool machine_next_value(struct machine *m, struct frame *f);

/* --- elaborate_power.c --- */

/* Raises the value on top of the stack to a whole power. */
bool machine_raise(struct machine *m, const struct parse_node *exponent);
bool machine_open_power(struct machine *m, const struct parse_node *power);
/* The name without its superscript, raised. */
bool machine_open_name_power(struct machine *m, const struct parse_node *name);
/* exp(b ln a) */
expr_id machine_general_power(struct machine *m, expr_id base, expr_id exponent);
/* Whether this superscript means a transpose. */
bool machine_is_transpose(const struct machine *m, const struct parse_node *exponent);

/* --- elaborate_condition.c --- */

/* 1 if the relation holds, else 0. */
bool machine_open_condition(struct machine *m, const struct parse_node *condition);
/* Of `a > b`, whose sides have been elaborated. */
expr_id machine_step(struct machine *m, const struct parse_node *relation,
                     const expr_id *sides);

#endif
