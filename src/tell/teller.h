/* A derivation that is being told: for tell_derivation.c and tell_signals.c alone. */
#ifndef GRADTEX_TELL_TELLER_H
#define GRADTEX_TELL_TELLER_H

#include "tell/bars.h"
#include "tell/sentence.h"
#include "tell/tell_derivation.h"

struct teller {
    struct doc *doc;
    struct derivation *derivation;
    const struct telling *telling;
    struct typeset typeset;
    struct bars bars;
    struct sentence sentence;
};

struct block *teller_paragraph(struct teller *teller);
/* The heading of a part, where parts have one; {1} is the node. */
void teller_part(struct teller *teller, const char *title, node_id node);
/* The steps of a chain, one row each. */
void teller_show_chain(struct teller *teller, const struct chain *chain);

/* tell_signals.c: the names of the error signals, where they come from, and what is left
   of them where the targets add up to 1. */
void tell_signals(struct teller *teller);

#endif
