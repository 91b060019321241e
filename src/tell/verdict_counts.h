/* How many steps of each document are true, false, not read. */
#ifndef GRADTEX_TELL_VERDICT_COUNTS_H
#define GRADTEX_TELL_VERDICT_COUNTS_H

#include "base/buf.h"
#include "base/language.h"
#include "verify/verdict.h"

/* A line for each document, `post.md: 49 steps: 44 true or definitions, 1 false`, and of
   several documents one for all. */
void verdict_counts(struct buf *out, const struct verification *verification,
                    const struct language *language);

#endif
