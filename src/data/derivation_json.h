/* A derivation as JSON; gradtex(1) documents the fields. */
#ifndef GRADTEX_DATA_DERIVATION_JSON_H
#define GRADTEX_DATA_DERIVATION_JSON_H

#include "data/json.h"
#include "derive/derivation.h"
#include "derive/general.h"
#include "tell/typeset.h"

/* One object. Names are canonical; formulas are LaTeX, written as the derivation's page
 * writes them. */
void derivation_json(struct json *json, struct derivation *derivation,
                     uint64_t max_terms);

/* The general equations of a network: one object. */
void general_json(struct json *json, struct general *general);

#endif
