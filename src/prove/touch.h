/* Which parts of a sum a symbol stands in: so that the derivatives of a wide sum by each
   of its symbols cost what the symbols touch. */
#ifndef GRADTEX_PROVE_TOUCH_H
#define GRADTEX_PROVE_TOUCH_H

#include "prove/circuit.h"

struct touch_list;
struct touch_entry;

/* For the sums of one circuit. */
struct touch {
    struct touch_list *lists; /* a hash table by sum and symbol */
    size_t list_count, list_size;
    struct touch_entry *entries; /* from 1; 0 ends a list */
    size_t entry_count, entry_capacity;
    uint32_t *marks; /* by gate: the number of the walk that met it */
    size_t mark_count;
    uint32_t walk;
    gate_id *stack;
    size_t stack_count, stack_capacity;
};

void touch_init(struct touch *touch);
void touch_clear(struct touch *touch);
/* Forgets all sums: their circuit is gone. */
void touch_reset(struct touch *touch);

/* A walk over the parts of a sum that hold a symbol, or an unknown that may hang on it.
 */
struct touch_walk {
    uint32_t symbol, unknown; /* the next entries of two lists */
};

struct touch_walk touch_begin(struct touch *touch, const struct circuit *circuit,
                              gate_id sum, expr_id symbol);
/* False at the end; places ascend. */
bool touch_next(const struct touch *touch, struct touch_walk *walk, size_t *place);

#endif
