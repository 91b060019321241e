/* Texts in columns, for a terminal: grids and tables. */
#ifndef GRADTEX_WRITE_TEXT_CELLS_H
#define GRADTEX_WRITE_TEXT_CELLS_H

#include "base/buf.h"

struct text_cells {
    struct buf *items; /* row by row */
    size_t count;
    unsigned columns;
    size_t *widths; /* of the columns, once they are settled */
};

void text_cells_init(struct text_cells *cells, size_t count, unsigned columns);
void text_cells_clear(struct text_cells *cells);
/* Makes each column as wide as its widest cell. Answers the width of all with the gaps
   between them. */
size_t text_cells_settle(struct text_cells *cells);
/* Narrows the widest columns until all take `width`, or are narrow; answers what they
   take. Cells that are wider have several lines. */
size_t text_cells_narrow(struct text_cells *cells, size_t width);
/* Writes the cells from `first` up to `end`, which begin and end rows. */
void text_cells_put(const struct text_cells *cells, size_t first, size_t end,
                    size_t indent, struct buf *out);

#endif
