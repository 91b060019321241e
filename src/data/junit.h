/* A verification in the XML of JUnit: a test suite a document, a test case a step. */
#ifndef GRADTEX_DATA_JUNIT_H
#define GRADTEX_DATA_JUNIT_H

#include "base/buf.h"
#include "verify/verdict.h"

void junit(struct buf *out, const struct verification *verification, bool is_hint);

#endif
