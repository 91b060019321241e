/* How high TeX sets a formula, depth included. */
#ifndef GRADTEX_WRITE_LATEX_HEIGHT_H
#define GRADTEX_WRITE_LATEX_HEIGHT_H

#include "doc/formula.h"

/* In points at 10 points, in a display; an estimate, rather too high. */
unsigned latex_height(const struct formula *formula);

#endif
