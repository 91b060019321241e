/* A crosscheck as a document: the values if they were drawn, tables, and one sentence. */
#ifndef GRADTEX_TELL_TELL_CROSSCHECK_H
#define GRADTEX_TELL_TELL_CROSSCHECK_H

#include "doc/doc.h"
#include "eval/crosscheck.h"

struct crosscheck_telling {
    size_t digits;   /* of decimals, at most */
    bool is_summary; /* one line a layer, instead of one a derivative */
    bool has_radius; /* beside decimals; the difference bounds both radii in any case */
};

/* Appends to the document. Long fractions are cut and their digits counted. */
void tell_crosscheck(struct doc *doc, const struct crosscheck *crosscheck,
                     const struct crosscheck_telling *telling);

/* What a page calls it. */
const char *tell_crosscheck_title(void);

#endif
