/* A forward pass, a backward pass and a step of gradient descent as tables. */
#ifndef GRADTEX_TELL_TELL_EVALUATE_H
#define GRADTEX_TELL_TELL_EVALUATE_H

#include "doc/doc.h"
#include "eval/training.h"

struct evaluate_telling {
    size_t digits;    /* of decimals at most, all certain */
    bool has_figure;  /* the picture of the network, with its values */
    size_t most_rows; /* of a table; much longer ones lose rows in the middle; 0: none
                         does */
    bool is_sheet;    /* for those who learn: no command is named */
};

/* Appends to the document. */
void tell_evaluate(struct doc *doc, const struct training *training,
                   const struct evaluate_telling *telling);

/* What a sheet or a page calls it. */
const char *tell_evaluate_title(void);

#endif
