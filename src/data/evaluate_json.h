/* A forward pass, a backward pass and a step as JSON. */
#ifndef GRADTEX_DATA_EVALUATE_JSON_H
#define GRADTEX_DATA_EVALUATE_JSON_H

#include "data/json.h"
#include "eval/training.h"

void evaluate_json(struct json *json, const struct training *training);

#endif
