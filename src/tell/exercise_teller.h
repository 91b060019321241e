/* Exercises that are being told: for tell_exercise.c and tell_key.c alone. */
#ifndef GRADTEX_TELL_EXERCISE_TELLER_H
#define GRADTEX_TELL_EXERCISE_TELLER_H

#include "exercise/exercise.h"
#include "tell/bars.h"
#include "tell/sentence.h"

struct exercise_teller {
    struct doc *doc;
    struct network *network;
    struct typeset typeset;
    struct bars bars;
    struct sentence sentence;
    bool knows_numbers; /* the sheet has said what equal numbers of blanks mean */
};

void exercise_teller_init(struct exercise_teller *teller, struct doc *doc,
                          struct network *network);
/* The sentence with the arguments so far, in a paragraph of its own. */
void exercise_teller_say(struct exercise_teller *teller, const char *text);
/* dE/d(node) as the next argument. */
void exercise_teller_derivative(struct exercise_teller *teller, node_id node);
/* Names and numbers, several in a line. */
void exercise_teller_values(struct exercise_teller *teller,
                            const struct exercise_values *values);

enum { EXERCISE_DIGITS = 4 };

/* tell_key.c: the answer. */
void exercise_teller_answer(struct exercise_teller *teller,
                            const struct exercise *exercise);

#endif
