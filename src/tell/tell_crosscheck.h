/* A crosscheck as a document: the values if they were drawn, a table, and one sentence.
 */
#ifndef GRADTEX_TELL_TELL_CROSSCHECK_H
#define GRADTEX_TELL_TELL_CROSSCHECK_H

#include "doc/doc.h"
#include "eval/crosscheck.h"

/* Appends to the document. Long fractions are cut and their digits counted. */
void tell_crosscheck(struct doc *doc, const struct crosscheck *crosscheck);

#endif
