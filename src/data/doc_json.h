/* A document as data: its blocks in order, formulas as LaTeX. */
#ifndef GRADTEX_DATA_DOC_JSON_H
#define GRADTEX_DATA_DOC_JSON_H

#include "data/json.h"
#include "doc/doc.h"

/* One object. Answers are left out where the document keeps them back. */
void doc_json(struct json *json, const struct doc *doc);

#endif
