/* Networks as TikZ pictures. */
#ifndef GRADTEX_WRITE_LATEX_FIGURE_H
#define GRADTEX_WRITE_LATEX_FIGURE_H

#include "base/buf.h"
#include "doc/doc.h"

#include <stdint.h>

/* Fitted to the width of a page. Answers the colours of paths that it used, a bit each.
 */
uint32_t latex_figure_write(const struct figure *figure, struct buf *out);
/* The definitions of some colours of paths, a bit each. */
void latex_figure_colours(uint32_t colours, struct buf *out);

#endif
