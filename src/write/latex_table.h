/* Tables in LaTeX, without a package. */
#ifndef GRADTEX_WRITE_LATEX_TABLE_H
#define GRADTEX_WRITE_LATEX_TABLE_H

#include "write/latex_inlines.h"

#include <stddef.h>

/* A table has a few columns. A long one goes on in others, side by side while they fit,
   so that a page can end between them; what is too wide for the line is broken in its
   column. */
void latex_table_write(struct latex *latex, const struct block *table);

/* Pieces side by side, of at most so many lines with their headings. */
struct latex_table_pieces {
    size_t end;     /* the row after the last, not counting the heading */
    unsigned lines; /* of the highest */
};

/* Those that begin with row `first`; and writes them. */
struct latex_table_pieces latex_table_measure(const struct block *table, size_t first,
                                              unsigned most_lines);
void latex_table_write_pieces(struct latex *latex, const struct block *table,
                              size_t first, unsigned most_lines);
size_t latex_table_rows(const struct block *table);

#endif
