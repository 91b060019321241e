/* A verification as SARIF 2.1.0 (OASIS): what is not true, one result a step. */
#ifndef GRADTEX_DATA_SARIF_H
#define GRADTEX_DATA_SARIF_H

#include "data/json.h"
#include "verify/verdict.h"

void sarif(struct json *json, const struct verification *verification, bool is_hint);

#endif
