/* `x_1 + \cdots + x_n`, filled. */
#ifndef GRADTEX_TEX_DOTS_H
#define GRADTEX_TEX_DOTS_H

#include "tex/elaborate.h"

/* A sum or product with what its dots stand for in their place, as a sum over an index;
   itself if it has none. NULL after a diagnostic if there is more than one way to go
   on. */
const struct parse_node *dots_fill(const struct elaborate *context, struct arena *arena,
                                   const struct parse_node *node);

#endif
