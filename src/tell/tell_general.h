/* The equations of backprop for a whole network as a document, and the list of its names.
 */
#ifndef GRADTEX_TELL_TELL_GENERAL_H
#define GRADTEX_TELL_TELL_GENERAL_H

#include "derive/general.h"
#include "doc/doc.h"

/* Appends to the document. `figure` may be NULL. */
void tell_general(struct doc *doc, struct general *general, struct figure *figure);
/* The names in the order of `let`: a table, in which long lists are shortened. */
void tell_names(struct doc *doc, struct network *network);
/* What the names of a range are called: `weights`. */
const char *tell_names_title(const struct network *network, node_id first);
/* Symbols given by name are ranges of one each: takes those of one kind that follow the
   i-th into `range` and answers how many. */
size_t tell_names_run(const struct network *network, size_t i, struct range *range);

#endif
