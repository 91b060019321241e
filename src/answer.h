/* The answer of `derive`, in the format asked for: a document, data, or one plain
 * expression. */
#ifndef GRADTEX_ANSWER_H
#define GRADTEX_ANSWER_H

#include "data/json.h"
#include "derive/derivation.h"
#include "derive/general.h"
#include "doc/doc.h"
#include "journey.h"

struct answer {
    struct journey *journey; /* borrowed */
    struct doc doc;
    struct buf text; /* of the formats that are no documents */
    struct json json;
    unsigned equation_count; /* numbers run on from one derivation to the next */
};

void answer_init(struct answer *answer, struct journey *journey);
void answer_clear(struct answer *answer);
/* Add one derivation, whole or its result alone; or the general equations. False with a
   diagnostic in the journey. */
bool answer_derivation(struct answer *answer, struct derivation *derivation);
bool answer_general(struct answer *answer, struct general *general);
/* Writes the answer to the journey's output. */
void answer_write(struct answer *answer);

#endif
