/* Verdicts as JSON; gradtex(1) documents the fields. */
#ifndef GRADTEX_DATA_VERIFY_JSON_H
#define GRADTEX_DATA_VERIFY_JSON_H

#include "data/json.h"
#include "verify/verdict.h"

/* One object: `steps` and `summary`. */
void verify_json(struct json *json, const struct verification *verification);

#endif
