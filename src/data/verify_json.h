/* A verification as JSON; gradtex(1) documents the fields. */
#ifndef GRADTEX_DATA_VERIFY_JSON_H
#define GRADTEX_DATA_VERIFY_JSON_H

#include "data/json.h"
#include "verify/verdict.h"

/* One object. With `is_hint` it says where mistakes are, not what they are. */
void verify_json(struct json *json, const struct verification *verification,
                 bool is_hint);
/* What stands in a span of a document, blanks as one. */
void verify_text(struct buf *out, const struct source *source, struct span span);

#endif
