/* Exercises as a document: questions, and a key for those who teach. */
#ifndef GRADTEX_TELL_TELL_EXERCISE_H
#define GRADTEX_TELL_TELL_EXERCISE_H

#include "doc/doc.h"
#include "exercise/exercise.h"

enum exercise_part {
    EXERCISES_QUESTIONS = 1,
    EXERCISES_ANSWERS = 2,
    EXERCISES_BOTH = EXERCISES_QUESTIONS | EXERCISES_ANSWERS
};

/* Appends to the document. Everything of the key is an answer (see doc.h). */
void tell_exercises(struct doc *doc, const struct exercises *exercises,
                    enum exercise_part parts);
/* The lines of a derivation as a question shows them, without blanks. */
void tell_exercise_lines(struct doc *doc, struct network *network,
                         const struct exercise_lines *lines);

#endif
