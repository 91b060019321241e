/* The verdict on each step of a section: by prove alone. */
#ifndef GRADTEX_VERIFY_JUDGE_H
#define GRADTEX_VERIFY_JUDGE_H

#include "verify/section.h"

/* With the section open and its steps elaborated. What is false is a root until blame
   says otherwise. */
void judge_steps(struct section *section);

/* PROVED if all instances of a step are, REFUTED with the first that is; the proof is
   that of the instance that decides. */
enum verdict judge_pairs(struct prover *prover, const struct judged *judged,
                         struct proof *proof, size_t *decided);
/* Whether all instances of a step are proved; those whose values at a random point differ
   are not tried. */
bool judge_holds(struct prover *prover, const struct judged *judged);
/* The same of one equation. */
bool judge_is_equal(struct prover *prover, expr_id left, expr_id right);
/* The first instance of which a side is defined nowhere, or their number. */
size_t judge_find_nowhere(struct section *section, const struct judged *judged);

#endif
