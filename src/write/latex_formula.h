/* Formulas and words in LaTeX. */
#ifndef GRADTEX_WRITE_LATEX_FORMULA_H
#define GRADTEX_WRITE_LATEX_FORMULA_H

#include "base/buf.h"
#include "doc/formula.h"
#include "write/overlays.h"

#include <stdint.h>

enum { LATEX_COLOURS = 6 };

/* Path k has colour k modulo LATEX_COLOURS; `colours` collects those that were used, a
   bit each. */
struct latex_formula {
    bool coloured, in_text; /* in a line of text a lone fraction gets a slash */
    uint32_t colours;
    const struct overlays *overlays; /* of the terms of paths; NULL: all are there */
    unsigned overlay;                /* of the whole formula */
};

void latex_formula_write(struct latex_formula *latex, const struct formula *formula,
                         struct buf *out);
/* Text as it is: nothing in it acts, whatever it holds. Letters that TeX's fonts lack are
   written as their code point. */
void latex_formula_escape(struct buf *out, const char *text);

#endif
