/* Numbers that were worked out, as JSON. */
#ifndef GRADTEX_DATA_NUMBER_JSON_H
#define GRADTEX_DATA_NUMBER_JSON_H

#include "data/json.h"
#include "eval/enclosure.h"

/* An exact number is a text: "-3/7". An enclosure is an object of texts: `decimal` with
   all digits that are certain, `radius`, `lower` and `upper`, each rounded outward; null
   where there is none. */
void number_json(struct json *json, const struct enclosure *number);

#endif
