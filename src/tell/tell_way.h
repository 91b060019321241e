/* What lies on the way from the chosen symbol to the goal, and what beside it. */
#ifndef GRADTEX_TELL_TELL_WAY_H
#define GRADTEX_TELL_TELL_WAY_H

#include "derive/derivation.h"
#include "tell/sentence.h"

/* How many paths lead to an output, and through what. */
void tell_paths_to(struct sentence *sentence, struct block *block,
                   struct derivation *derivation, node_id output);
/* Which definitions do not matter. */
void tell_idle(struct sentence *sentence, struct block *block,
               struct derivation *derivation);

#endif
