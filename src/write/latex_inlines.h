/* What stands in a line of LaTeX: words, formulas, references, code. */
#ifndef GRADTEX_WRITE_LATEX_INLINES_H
#define GRADTEX_WRITE_LATEX_INLINES_H

#include "base/buf.h"
#include "doc/doc.h"
#include "write/overlays.h"

#include <stdint.h>

struct latex {
    struct buf *out;
    bool standalone;
    bool has_heading; /* above all else: a title, or that of the page it is put into */
    uint32_t colours; /* of paths, used so far */
    bool shaded;      /* grey was used */
    bool in_answers, has_answers;
    bool has_struts;           /* formulas with fractions keep off the lines around them */
    struct overlays *overlays; /* of a slide; NULL on a page */
    unsigned overlay;          /* of what is being written */
};

void latex_inlines_write(struct latex *latex, const struct inline_node *nodes);
void latex_inlines_formula(struct latex *latex, const struct formula *formula,
                           bool in_text);

#endif
