/* One letter for two families: a document that defines `\delta_k` and `\delta_j` apart,
   or uses `w_{ji}` in one layer and `w_{kj}` in the next, tells them apart by their index
   letters. */
#ifndef GRADTEX_VERIFY_SPLIT_H
#define GRADTEX_VERIFY_SPLIT_H

#include "verify/families.h"

/* Gives the names of such families a superscript that tells them apart, `j*` for
   `\delta_j`; names whose letters do not say which family they are of stay as they are.
   The heads that were split become symbols of `heads`. The survey tells of the trees as
   they were before. */
void split_families(const struct families *families, struct reading *reading,
                    const struct survey *survey, struct pool *heads);

/* A name with a subscript, as one of the family that these index letters tell. */
struct parse_node *split_with_letters(struct reading *reading,
                                      const struct parse_node *name, const char *letters);

/* For those who read of such names: `w_{11}^{ji*}` without its star. */
void split_unmark(char *text);
bool split_is_marked(const char *text);

#endif
