/* `\begin{array}` in a display: rows of equations, or a matrix, or the cases of a value.
 */
#ifndef GRADTEX_VERIFY_ARRAYS_H
#define GRADTEX_VERIFY_ARRAYS_H

#include "base/source.h"

/* How far a display was looked at, so that many arrays take no square of their number. */
struct arrays {
    const char *text; /* borrowed; may become blank where it has been passed */
    uint32_t end;
    uint32_t first; /* up to here only brackets open */
    uint32_t next_end, next_equal;
    uint32_t end_seen; /* an array's end of which `is_last` is known */
    bool is_last;
};

void arrays_init(struct arrays *arrays, const char *text, struct span display);
/* Whether the array that begins with `\begin` at `begin` and whose name ends at `end`
   holds equations and is all that its display holds, but for brackets. */
bool arrays_is_of_rows(struct arrays *arrays, uint32_t begin, uint32_t end);

#endif
