/* A derivation as a document: sentences, displays and the figure's place. */
#ifndef GRADTEX_TELL_TELL_DERIVATION_H
#define GRADTEX_TELL_TELL_DERIVATION_H

#include "derive/rule.h"
#include "doc/doc.h"

#include <stdint.h>

struct telling {
    enum rule_level detail;
    uint64_t max_terms;
    struct figure *figure; /* shown after the heading; NULL for none */
    bool has_parts;        /* each part has a heading, for slides */
    bool knows_functions;  /* what they are was told before */
    unsigned first_number; /* equations are numbered from here; at least 1 */
};

/* Appends to the document. */
void tell_derivation(struct doc *doc, struct derivation *derivation,
                     const struct telling *telling);

enum result_form {
    RESULT_NONE,
    RESULT_SUM,
    RESULT_FACTORED,
    RESULT_PATHS,
    RESULT_INDEX,
    RESULT_BACKPROP
};

/* The result alone. False if there is no index form (tell_no_index says why). */
bool tell_result(struct doc *doc, struct derivation *derivation, enum result_form form,
                 const struct telling *telling);
/* The sentence why there is no index form. */
const char *tell_no_index(enum no_index reason);

#endif
