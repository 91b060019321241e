#include "write/slide_heights.h"

enum { GAP = 6, REASON = 15, TABLE_LINE = 15, CHAIN_GAP = 4, LIMITS = 36 };

/* Rows by the brackets that would enclose them. */
static const unsigned heights[] = {15, 15, 28, 37, 44};

static bool has_limits(const struct formula *formula)
{
    struct formula_walk walk;
    struct formula_step step;
    bool found = false;
    formula_walk_init(&walk, formula);
    while (!found && formula_walk_next(&walk, &step))
        found = step.formula->kind == FORMULA_BIG && step.formula->count > 0;
    formula_walk_clear(&walk);
    return found;
}

static unsigned larger(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

static unsigned formula_height(const struct formula *formula)
{
    return formula ? larger(heights[formula->height], has_limits(formula) ? LIMITS : 0)
                   : 0;
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

unsigned slide_row_height(const struct latex_rows *rows, const struct row *row)
{
    const struct formula *left = row == rows->first ? rows->opening : row->left;
    return larger(formula_height(left), formula_height(row->right)) +
           reason_height(rows, row) + (row->left && row != rows->first ? CHAIN_GAP : 0);
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
