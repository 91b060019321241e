/* What `verify` found of a false step: counterexample, dropped path, repairs. */
#ifndef GRADTEX_TELL_TELL_FINDING_H
#define GRADTEX_TELL_TELL_FINDING_H

#include "tell/typeset.h"
#include "verify/verdict.h"

/* Appends a paragraph for each. */
void tell_finding(struct doc *doc, const struct typeset *typeset,
                  const struct verified_step *step);

#endif
