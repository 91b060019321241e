/* Rows of formulas in LaTeX, aligned at their relations. */
#ifndef GRADTEX_WRITE_LATEX_DISPLAY_H
#define GRADTEX_WRITE_LATEX_DISPLAY_H

#include "write/latex_inlines.h"
#include "write/latex_rows.h"

/* One environment, reasons and numbers included. */
void latex_display_rows(struct latex *latex, const struct latex_rows *rows);
/* The rows from `first` up to `end` side by side, so many in a line; they have neither
   reasons nor numbers. */
void latex_display_grid(struct latex *latex, const struct row *first,
                        const struct row *end, unsigned columns);

#endif
