/* Names as MathML. */
#ifndef GRADTEX_WRITE_HTML_NAME_H
#define GRADTEX_WRITE_HTML_NAME_H

#include "base/buf.h"

/* Canonical names, apart by blanks: `\Delta w_{1}`. */
void html_names(struct buf *out, const char *text);
/* The parts of a name without the element around them, which may take more of them. */
void html_open_name(struct buf *out, const char *canonical);
/* Upright, with its primes: `tanh'`. */
void html_word(struct buf *out, const char *word);

#endif
