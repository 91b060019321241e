/* A crosscheck as JSON; gradtex(1) documents the fields. */
#ifndef GRADTEX_DATA_CROSSCHECK_JSON_H
#define GRADTEX_DATA_CROSSCHECK_JSON_H

#include "data/json.h"
#include "eval/crosscheck.h"

/* One object. Names are canonical; numbers are exact and never cut. */
void crosscheck_json(struct json *json, const struct crosscheck *crosscheck);

#endif
