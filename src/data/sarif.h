/* Verdicts as SARIF 2.1.0, for code scanning: a result for each step that is not true. */
#ifndef GRADTEX_DATA_SARIF_H
#define GRADTEX_DATA_SARIF_H

#include "data/json.h"
#include "verify/verdict.h"

void sarif(struct json *json, const struct verification *verification);

#endif
