/* Verdicts as JUnit XML, for build servers: a test case for each step. */
#ifndef GRADTEX_DATA_JUNIT_H
#define GRADTEX_DATA_JUNIT_H

#include "base/buf.h"
#include "verify/verdict.h"

/* False and carried steps are failures; what is not decided or not read is skipped; a
   document that is not judged is one error. */
void junit(struct buf *out, const struct verification *verification);

#endif
