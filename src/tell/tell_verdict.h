/* The report of `verify` for people: what is false, as compilers print it, and counts. */
#ifndef GRADTEX_TELL_TELL_VERDICT_H
#define GRADTEX_TELL_TELL_VERDICT_H

#include "base/buf.h"
#include "base/language.h"
#include "verify/verdict.h"

#include <stdbool.h>

struct verdict_telling {
    bool explains;   /* every step, and how it was read */
    bool has_colors; /* escape sequences of a terminal */
    const struct language *language;
};

void tell_verdict(struct buf *out, const struct verification *verification,
                  const struct verdict_telling *telling);

#endif
