/* What a LaTeX document needs for a language other than English. */
#ifndef GRADTEX_WRITE_LATEX_LANGUAGE_H
#define GRADTEX_WRITE_LATEX_LANGUAGE_H

#include "base/buf.h"
#include "base/language.h"

/* Its lines of the preamble, none for English. */
void latex_language_preamble(const struct language *language, struct buf *out);

#endif
