/* Networks as TikZ pictures. */
#ifndef GRADTEX_WRITE_LATEX_FIGURE_H
#define GRADTEX_WRITE_LATEX_FIGURE_H

#include "base/buf.h"
#include "doc/doc.h"
#include "write/overlays.h"

#include <stdint.h>

/* Fitted to the width of a page. Answers the colours of paths that it used, a bit each.
 */
uint32_t latex_figure_write(const struct figure *figure, struct buf *out);
/* The same on a slide, at most so many points high; with overlays, the edges of a path
   are lit while its term is there. */
uint32_t latex_figure_write_slide(const struct figure *figure, unsigned height,
                                  const struct overlays *overlays, struct buf *out);
/* The height that a figure has on a slide if there is room, in points. */
unsigned latex_figure_height(const struct figure *figure);
/* The definitions of some colours of paths, a bit each. */
void latex_figure_colours(uint32_t colours, struct buf *out);

#endif
