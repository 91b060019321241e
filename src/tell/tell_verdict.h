/* The report of verify for people: what is false, as compilers say it, and a summary. */
#ifndef GRADTEX_TELL_TELL_VERDICT_H
#define GRADTEX_TELL_TELL_VERDICT_H

#include "base/buf.h"
#include "verify/verdict.h"

struct verdict_telling {
    bool is_hint;  /* the place of a mistake, not what it is */
    bool explains; /* every step, and how it was read */
    bool has_color;
};

void tell_verdict(struct buf *out, const struct verification *verification,
                  const struct verdict_telling *telling);
/* Why a step is not decided or not read, in one line; an empty text if nothing is said.
 */
void tell_reason(struct buf *out, const struct verified_step *step);
/* What a repair does, in one line: `w_{31}^2 for w_{21}^2`. */
void tell_repair(struct buf *out, const struct repair *repair);

#endif
