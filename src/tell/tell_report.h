/* The report of `verify` as a document: of each derivation how many steps have which
   verdict, and what is to be said of those that are not true. */
#ifndef GRADTEX_TELL_TELL_REPORT_H
#define GRADTEX_TELL_TELL_REPORT_H

#include "doc/doc.h"
#include "verify/verdict.h"

/* With `explains`, every step, and how it was read. Reasons are diagnostics, in English;
   what stands in the derivations is shown as it was typed. */
void tell_report(struct doc *doc, const struct verification *verification, bool explains);
/* What a page calls it. */
const char *tell_report_title(void);

#endif
