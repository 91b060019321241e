/* The equations of backprop for a whole network as a document, and the list of its names.
 */
#ifndef GRADTEX_TELL_TELL_GENERAL_H
#define GRADTEX_TELL_TELL_GENERAL_H

#include "derive/general.h"
#include "doc/doc.h"

struct general_telling {
    struct figure *figure; /* NULL for none */
    bool has_instances;    /* beside a pattern stands an equation that it abbreviates */
    bool has_names;        /* the list of names at the end */
};

/* Appends to the document. */
void tell_general(struct doc *doc, struct general *general,
                  const struct general_telling *telling);
/* The names in the order of `let`: a table, in which long lists are shortened. */
void tell_names(struct doc *doc, struct network *network);
/* What the names of a range are called: `weights`. */
const char *tell_names_title(const struct network *network, node_id first);
/* Symbols given by name are ranges of one each: takes those of one kind that follow the
   i-th into `range` and answers how many. */
size_t tell_names_run(const struct network *network, size_t i, struct range *range);

#endif
