/* What the rows of a display need on a page, for the formats that set formulas as TeX
   does. Widths are in tenths of an em. */
#ifndef GRADTEX_WRITE_LATEX_ROWS_H
#define GRADTEX_WRITE_LATEX_ROWS_H

#include "doc/doc.h"

enum {
    LATEX_ROWS_MOST = 40, /* longer displays are split */
    LATEX_ROWS_LINE = 415 /* the text width */
};

/* The rows from `first` up to `end` that make one environment. */
struct latex_rows {
    const struct row *first, *end;
    const struct formula *opening; /* the left side of the first; NULL for none */
    unsigned number;               /* that the first has pending */
    unsigned left;                 /* the greatest width */
    bool numbered, reasoned;
    bool beside; /* the reasons fit beside the rows, else they stand above them */
};

/* The rows from `first` on that make one environment: at most LATEX_ROWS_MOST and those
   that continue the last. */
struct latex_rows latex_rows_take(const struct row *first);
/* Those from `first` up to `end`, somewhere in a display: if they do not open a chain,
   they say its left side again. Reasons stand where those of the whole display do. */
struct latex_rows latex_rows_part(const struct row *display, const struct row *first,
                                  const struct row *end);
/* Whether a reason above its row fits into the environment. */
bool latex_rows_reason_fits(const struct latex_rows *rows, const struct row *row);
/* The number that is printed at a row: a broken row has its number at the end. `*pending`
   is that of the rows before. */
unsigned latex_rows_number(const struct row *row, unsigned *pending);
/* Whether a row, of an expression that begins with another, stays on the page of the next
   one: a display leaves no short expression alone, and none is parted. */
bool latex_rows_hold(const struct latex_rows *rows, const struct row *expression,
                     const struct row *row);
/* In how many columns, of those wanted, the rows of a grid fit side by side; 1 if they do
 * not. */
unsigned latex_rows_columns(const struct row *rows, unsigned wanted);

#endif
