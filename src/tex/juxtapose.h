/* Letters that are no name together: products of names. */
#ifndef GRADTEX_TEX_JUXTAPOSE_H
#define GRADTEX_TEX_JUXTAPOSE_H

#include "tex/elaborate.h"

/* The product that `h_jx` or `xw_1` stands for if every part of it exists, else NULL. */
const struct parse_node *juxtapose(const struct elaborate *context, struct arena *arena,
                                   const struct parse_node *name);
/* Whether a name exists, or is a letter with a value. */
bool juxtapose_is_known(const struct elaborate *context, const struct parse_node *name);

#endif
