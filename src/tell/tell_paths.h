/* The paths of a derivation as a table: along which edges, what each contributes, and
   what they add up to. */
#ifndef GRADTEX_TELL_TELL_PATHS_H
#define GRADTEX_TELL_TELL_PATHS_H

#include "derive/derivation.h"
#include "doc/doc.h"
#include "eval/training.h"

/* Appends to the document. With `training`, which may be NULL, the values are beside. Of
   many paths the first and the last are shown. False with a diagnostic if a product has
   no value. */
bool tell_paths(struct doc *doc, struct derivation *derivation, struct training *training,
                struct diags *diags);

#endif
