/* Tables in LaTeX, without a package. */
#ifndef GRADTEX_WRITE_LATEX_TABLE_H
#define GRADTEX_WRITE_LATEX_TABLE_H

#include "write/latex_inlines.h"

/* A table has a few columns. A long one goes on in others, side by side while they fit,
   so that a page can end between them; what is too wide for the line is broken in its
   column. */
void latex_table_write(struct latex *latex, const struct block *table);

#endif
