/* Why a step holds, in words. */
#ifndef GRADTEX_TELL_REASON_H
#define GRADTEX_TELL_REASON_H

#include "derive/derivation.h"
#include "tell/sentence.h"

/* The reason of the i-th step of a chain; equations count from `first_number`. */
struct inline_node *reason_of_step(struct sentence *sentence,
                                   const struct derivation *derivation,
                                   const struct chain *chain, size_t i,
                                   unsigned first_number);

#endif
