/* How much of a slide things take, in points at 10 points: estimates, rather too high. */
#ifndef GRADTEX_WRITE_SLIDE_HEIGHTS_H
#define GRADTEX_WRITE_SLIDE_HEIGHTS_H

#include "write/latex_rows.h"

enum {
    SLIDE_ROOM = 199,       /* below the title */
    SLIDE_TABLE_LINES = 10, /* of a piece of a table */
    SLIDE_DISPLAY = 12,     /* around a display */
    SLIDE_LINE = 12
};

/* Of a paragraph that leads to a display or stands by itself. */
unsigned slide_paragraph_height(const struct inline_node *inlines, bool leads);
/* Of a row with its reason, in a display of these rows. */
unsigned slide_row_height(const struct latex_rows *rows, const struct row *row);
unsigned slide_table_height(unsigned lines);
unsigned slide_code_height(const char *text);

#endif
