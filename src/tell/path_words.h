/* What sums over sets of paths are written with: where the paths begin, and what stands
 * on their edges. */
#ifndef GRADTEX_TELL_PATH_WORDS_H
#define GRADTEX_TELL_PATH_WORDS_H

#include "derive/derivation.h"
#include "tell/pattern.h"
#include "tell/typeset.h"

/* The unit that the only edge of a parameter leads to, the label of that edge (`factor`)
   going in front; else the chosen symbol itself, and 0. An edge to the goal is a path of
   its own. */
node_id path_words_start(struct derivation *derivation, expr_id *factor);
/* The letter of all weights on the way, where the product of a path is one of weights:
   `w` of `w_{11}`, … False if something else stands on the way. */
bool path_words_letter(struct derivation *derivation, struct buf *letter);
/* An edge of a path, `u \to v`, and its label, `\partial v/\partial u`. */
struct formula *path_words_edge(const struct typeset *typeset,
                                const struct path_letters *letters);
struct formula *path_words_label(const struct typeset *typeset,
                                 const struct path_letters *letters);

#endif
