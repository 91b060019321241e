#include "write/latex_display.h"

static void reason(struct latex *latex, const struct row *row)
{
    latex->shaded = latex->shaded || latex->standalone;
    buf_text(latex->out, latex->standalone ? "\\small\\color{black!60}" : "\\small{}");
    latex_inlines_write(latex, row->reason);
}

/* Why a row holds, in a line of its own before it. */
static void reason_above(struct latex *latex, const struct latex_rows *rows,
                         const struct row *row)
{
    bool short_enough = latex_rows_reason_fits(rows, row);
    buf_text(latex->out, short_enough ? " &\\quad\\text{" : "\\intertext{");
    reason(latex, row);
    buf_char(latex->out, '}');
    if (short_enough)
        buf_text(latex->out, rows->numbered ? " \\notag\\\\*\n" : "\\\\*\n");
    else
        buf_char(latex->out, '\n');
}

static void row_body(struct latex *latex, const struct row *row)
{
    if (row->left)
        latex_inlines_formula(latex, row->left, false);
    if (row->continues)
        buf_text(latex->out, row->in_product ? " &\\quad{}\\cdot " : " &\\quad{}");
    else
        buf_format(latex->out, " &%s ", row->relation);
    latex_inlines_formula(latex, row->right, false);
}

static void row_in(struct latex *latex, const struct latex_rows *rows,
                   const struct row *row, unsigned number)
{
    if (row->reason && !rows->beside)
        reason_above(latex, rows, row);
    row_body(latex, row);
    if (row->reason && rows->beside) {
        buf_text(latex->out, " &&\\text{");
        reason(latex, row);
        buf_char(latex->out, '}');
    }
    if (number)
        buf_format(latex->out, " \\tag{%u}", number);
    else if (rows->numbered)
        buf_text(latex->out, " \\notag");
    /* A new chain stands a little apart. */
    bool chain = row->next && row->next->left;
    buf_text(latex->out, row->next == rows->end ? "\n"
                         : chain                ? "\\\\[4pt]\n"
                                                : "\\\\\n");
}

void latex_display_rows(struct latex *latex, const struct latex_rows *rows)
{
    unsigned pending = 0;
    buf_text(latex->out, rows->numbered ? "\\begin{align}\n" : "\\begin{align*}\n");
    for (const struct row *row = rows->first; row != rows->end; row = row->next)
        row_in(latex, rows, row, latex_rows_number(row, &pending));
    buf_text(latex->out, rows->numbered ? "\\end{align}\n" : "\\end{align*}\n");
}

void latex_display_grid(struct latex *latex, const struct row *first,
                        const struct row *end, unsigned columns)
{
    unsigned place = 0;
    buf_text(latex->out, "\\begin{align*}\n");
    for (const struct row *row = first; row != end; row = row->next, place++) {
        bool ends = place % columns == columns - 1;
        row_body(latex, row);
        buf_text(latex->out, row->next == end ? "\n" : ends ? "\\\\\n" : " &\n");
    }
    buf_text(latex->out, "\\end{align*}\n");
}
