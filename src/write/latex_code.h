/* Text as it is, in LaTeX. */
#ifndef GRADTEX_WRITE_LATEX_CODE_H
#define GRADTEX_WRITE_LATEX_CODE_H

#include "write/latex_inlines.h"

void latex_code_write(struct latex *latex, const char *text);

#endif
