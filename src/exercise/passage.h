/* A piece of a derivation that can be shown by itself: for this room alone. */
#ifndef GRADTEX_EXERCISE_PASSAGE_H
#define GRADTEX_EXERCISE_PASSAGE_H

#include "exercise/maker.h"

struct passage_step {
    const struct step *step; /* of the derivation */
    bool is_shown;
};

struct passage {
    struct derivation *derivation; /* borrowed */
    expr_id left;
    struct passage_step *steps;
    size_t count, shown;
};

/* Any passage of the derivation that shows at least so many lines; false if there is
   none. To be cleared in both cases. */
bool passage_choose(struct passage *passage, struct maker *maker,
                    struct derivation *derivation, size_t lines);
void passage_clear(struct passage *passage);
/* The step of the i-th shown line (from 0). */
size_t passage_shown(const struct passage *passage, size_t i);
/* The rule of a step applied to another expression; 0 if it does not apply or changes
   nothing. */
expr_id passage_carry(const struct passage *passage, size_t step, expr_id before);

void lines_push(struct exercise_lines *lines, expr_id side);
/* Whether two right sides are written the same. */
bool lines_look_alike(struct maker *maker, expr_id left, expr_id a, expr_id b);

#endif
