/* What formulas are looked through for, made blank: alignment marks, tags, labels,
   colours, boxes, comments. */
#ifndef GRADTEX_VERIFY_MASK_H
#define GRADTEX_VERIFY_MASK_H

#include "verify/claims.h"

/* Masks one display of claims->text in place, all but its alignment marks, row ends and
   remarks, which tell its rows apart. The text keeps its length. Records references.
   False with a diagnostic if something there could hide or change what is read. */
bool mask_display(struct claims *claims, struct span display, bool has_comments,
                  struct diags *diags);
/* Makes a stretch blank; characters of several bytes become as many blanks. */
void mask_span(struct claims *claims, struct span span);

#endif
