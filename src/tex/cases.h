/* Values and conditions: `\begin{cases} a & i = j \\ b & i \neq j \end{cases}`. */
#ifndef GRADTEX_TEX_CASES_H
#define GRADTEX_TEX_CASES_H

#include "tex/parse.h"

/* The sum of values, each times 1 where its condition holds and none before it does, and
   else 0, for a call with values and conditions in turn. NULL if they are not sure to
   tell all cases: then the last value needs to stand without one. */
struct parse_node *cases_make(struct arena *arena, const struct source *source,
                              const struct parse_node *call);

#endif
