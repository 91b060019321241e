/* Figures as SVG. */
#ifndef GRADTEX_WRITE_HTML_FIGURE_H
#define GRADTEX_WRITE_HTML_FIGURE_H

#include "base/buf.h"
#include "doc/doc.h"

/* One `svg` element that says what it shows. Edges on paths have the class `p` with the
   number of each, which is added to `paths`, a bit each. `number` tells the figures of a
   page apart. The colours are those of html_style. */
void html_figure(const struct figure *figure, unsigned number, uint64_t *paths,
                 struct buf *out);

#endif
