/* What `verify` found of a false step: counterexample, dropped path, repairs. */
#ifndef GRADTEX_TELL_TELL_FINDING_H
#define GRADTEX_TELL_TELL_FINDING_H

#include "tell/typeset.h"
#include "verify/verdict.h"

/* Appends a paragraph for each. With `has_code` repairs are shown as they are typed in the
   document, else as they are seen. */
void tell_finding(struct doc *doc, const struct typeset *typeset,
                  const struct verified_step *step, bool has_code);

#endif
