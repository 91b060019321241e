/* Kinks: where relu or max bends, its slope is a matter of convention, and proves nothing
   wrong. */
#ifndef GRADTEX_VERIFY_KINKS_H
#define GRADTEX_VERIFY_KINKS_H

#include "verify/section.h"

/* Of a refuted step without a declared convention: the verdict where no kink counts, with
   the proof of that. A step that is true elsewhere is undecided. */
void kinks_try(struct section *section, struct judged *judged);

#endif
