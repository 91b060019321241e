/* What a document or network defines by dividing by 0: it has no values, and nothing that
   hangs on it has any, not even where a derivative finds no path and would be 0. */
#ifndef GRADTEX_VERIFY_NOWHERE_H
#define GRADTEX_VERIFY_NOWHERE_H

#include "expr/walk.h"

struct section;

/* What was looked at, with the definitions of one section. */
struct nowhere {
    bool *is_seen; /* by expression */
    size_t size;
    struct expr_list zeros; /* divisors that are 0 for all values */
};

void nowhere_clear(struct nowhere *nowhere);

/* Whether an expression, or a definition that it hangs on, divides by what is proved to
   be 0. All questions of a section together take time linear in its definitions, as long
   as the answer is no. */
bool nowhere_holds(struct section *section, expr_id e);

#endif
