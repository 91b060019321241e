/* Text as it is, in LaTeX. */
#ifndef GRADTEX_WRITE_LATEX_CODE_H
#define GRADTEX_WRITE_LATEX_CODE_H

#include "write/latex_inlines.h"

/* Escaped, with places where a line may be broken. */
void latex_code_put(struct buf *out, const char *text);
void latex_code_write(struct latex *latex, const char *text);

#endif
