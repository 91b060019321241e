#include "write/slide_heights.h"

#include "write/latex_height.h"

enum { GAP = 6, REASON = 15, TABLE_LINE = 15, CHAIN_GAP = 4, ROW = 15, ROW_GAP = 4 };

static unsigned larger(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

/* Widths of words are estimates: a tenth is kept free. */
static unsigned lines(const struct inline_node *inlines)
{
    return doc_width(inlines) / (LATEX_ROWS_LINE * 9 / 10) + 1;
}

unsigned slide_paragraph_height(const struct inline_node *inlines, bool leads)
{
    return lines(inlines) * SLIDE_LINE + (leads ? 0 : GAP);
}

static unsigned reason_height(const struct latex_rows *rows, const struct row *row)
{
    if (!row->reason || rows->beside)
        return 0;
    return latex_rows_reason_fits(rows, row)
               ? REASON
               : lines(row->reason) * SLIDE_LINE + 2 * SLIDE_DISPLAY;
}

/* Lines that would touch are set apart. */
static unsigned row_height(const struct formula *formula)
{
    return larger(ROW, latex_height(formula) + ROW_GAP);
}

unsigned slide_row_height(const struct latex_rows *rows, const struct row *row)
{
    const struct formula *left = row == rows->first ? rows->opening : row->left;
    unsigned height = row_height(row->right);
    return larger(left ? row_height(left) : 0, height) + reason_height(rows, row) +
           (row->left && row != rows->first ? CHAIN_GAP : 0);
}

unsigned slide_table_height(unsigned lines)
{
    return lines * TABLE_LINE + GAP;
}

unsigned slide_code_height(const char *text)
{
    unsigned height = SLIDE_LINE + GAP;
    for (; *text; text++)
        height += *text == '\n' ? SLIDE_LINE : 0;
    return height;
}
