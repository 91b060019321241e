/* The values that an index letter runs through in a sum without limits. */
#ifndef GRADTEX_TEX_RANGE_H
#define GRADTEX_TEX_RANGE_H

#include "tex/elaborate.h"

/* All names of `body` that carry the letter must exist for the same values. False after a
 * diagnostic. */
bool range_of_letter(const struct elaborate *context, const struct parse_node *letter,
                     const struct parse_node *body, struct binding range[2]);
/* Whether a name in the body of a sum has the letter in its scripts. */
bool range_is_carried(const struct elaborate *context, const char *letter,
                      const struct parse_node *body);

#endif
