/* The spots of a formula where an edit may be made, and what would have to stand there:
   in sums, products, fractions and brackets the value follows from those around it. */
#ifndef GRADTEX_VERIFY_SPOTS_H
#define GRADTEX_VERIFY_SPOTS_H

#include "tex/elaborate.h"

#include <flint/flint.h>
#include <flint/nmod_vec.h>

enum { SPOT_NONE = -1 };

struct spot {
    const struct parse_node *node;
    long parent; /* SPOT_NONE: the root */
    size_t part; /* which one of the parent's */
    size_t first_part, part_count;
    size_t place;          /* the smallest place around it; its own number if it is one */
    expr_id expression;    /* of places */
    bool is_place;         /* it has a value that may be replaced by another one */
    bool is_bound;         /* below a sum with an index */
    bool is_needed;        /* `need` is known */
    mp_limb_t value, need; /* modulo a prime */
};

/* Parents stand before their parts, parts of one parent side by side. */
struct spots {
    struct arena arena;
    struct spot *items;
    size_t count, capacity;
};

/* With applications and names side by side made out. False if a place has no value or
   there are more than `most` spots; to be cleared in both cases. */
bool spots_init(struct spots *spots, const struct elaborate *context,
                const struct parse_node *tree, size_t most);
void spots_clear(struct spots *spots);
/* With the values of places set: what each would have to be for the whole to be `need`.
 */
void spots_need(struct spots *spots, mp_limb_t need, nmod_t mod);

#endif
