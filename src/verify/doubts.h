/* What a document leaves open: a refutation does not hold against it. */
#ifndef GRADTEX_VERIFY_DOUBTS_H
#define GRADTEX_VERIFY_DOUBTS_H

#include "verify/section.h"

/* What was refuted becomes undecided or unread, with a diagnostic, if it may be true in
   what the document does not say. */
void doubts_of_refutation(struct section *section, struct judged *judged);
/* The same, and what introduces a name becomes its naming. */
void doubts_check(struct section *section, struct judged *judged);
/* What was proved only because a derivative without a path is 0 becomes unread. */
void doubts_of_zeros(struct section *section, struct judged *judged);

#endif
