/* The style of pages: light and dark, on screens of all widths and on paper. */
#ifndef GRADTEX_WRITE_HTML_STYLE_H
#define GRADTEX_WRITE_HTML_STYLE_H

#include "base/buf.h"

#include <stdint.h>

/* The content of a `style` element. `paths`: a bit for each number of a path that has
   terms or edges; pointing at one of them, or focusing it, shows all that has its number
   and dims the others. */
void html_style(uint64_t paths, struct buf *out);
/* The part of it that a figure needs. */
void html_style_figure(struct buf *out);

#endif
