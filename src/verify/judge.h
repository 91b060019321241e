/* The verdict on each step of a section: by prove alone. */
#ifndef GRADTEX_VERIFY_JUDGE_H
#define GRADTEX_VERIFY_JUDGE_H

#include "verify/section.h"

/* With the section open and its steps elaborated. What is false is a root until blame
   says otherwise. */
void judge_steps(struct section *section);

/* Proves all instances of a step with a prover: PROVED if all are, REFUTED with the first
   that is. The proof is the deciding one's. */
enum verdict judge_pairs(struct section *section, struct prover *prover,
                         const struct judged *judged, struct proof *proof,
                         size_t *decided);

#endif
