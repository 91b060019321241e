/* When a local derivative is written with a bar: other paths lead to the same symbol. */
#ifndef GRADTEX_TELL_BARS_H
#define GRADTEX_TELL_BARS_H

#include "tell/sentence.h"

/* The context of typeset.needs_bar and typeset.held. */
struct bars {
    struct network *network;
    struct arena *arena;
};

bool bars_needed(void *context, expr_id local);
void bars_held(void *context, expr_id local, struct formula *row);
/* Says what a bar means, after the first block of the document that has one. */
void bars_tell(struct sentence *sentence, const struct block *block);

#endif
