#include "write/latex_display.h"

static void open(struct latex *latex)
{
    if (latex->overlays)
        overlays_open(latex->overlay, latex->out);
}

static void close(struct latex *latex)
{
    if (latex->overlays)
        overlays_close(latex->overlay, latex->out);
}

static void reason(struct latex *latex, const struct row *row)
{
    latex->shaded = latex->shaded || latex->standalone;
    open(latex);
    buf_text(latex->out, latex->standalone ? "\\small\\color{black!60}" : "\\small{}");
    latex_inlines_write(latex, row->reason);
    close(latex);
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

static void left(struct latex *latex, const struct formula *formula)
{
    if (!formula)
        return;
    open(latex);
    latex_inlines_formula(latex, formula, false);
    close(latex);
}

static void right(struct latex *latex, const struct row *row)
{
    buf_text(latex->out, row->continues ? " &\\quad{}" : " &");
    open(latex);
    if (!row->continues)
        buf_format(latex->out, "%s ", row->relation);
    else if (row->in_product)
        buf_text(latex->out, "\\cdot ");
    latex_inlines_formula(latex, row->right, false);
    close(latex);
}

static void number_of(struct latex *latex, unsigned number)
{
    if (!latex->overlays || latex->overlay <= 1) {
        buf_format(latex->out, " \\tag{%u}", number);
        return;
    }
    buf_text(latex->out, " \\tag*{");
    open(latex);
    buf_format(latex->out, "(%u)", number);
    close(latex);
    buf_char(latex->out, '}');
}

/* A row that continues another appears with the first term in it. */
static void choose_overlay(struct latex *latex, const struct latex_rows *rows,
                           const struct row *row)
{
    if (!latex->overlays)
        return;
    if (!row->continues || row == rows->first)
        latex->overlay = overlays_row(latex->overlays, row, rows->end);
    unsigned path = row->continues ? overlays_path_at(row->right, 0) : OVERLAYS_PATHS;
    unsigned own = path < OVERLAYS_PATHS ? latex->overlays->paths[path] : 0;
    latex->overlay = own > latex->overlay ? own : latex->overlay;
}

static void row_in(struct latex *latex, const struct latex_rows *rows,
                   const struct row *row, unsigned number)
{
    choose_overlay(latex, rows, row);
    if (row->reason && !rows->beside)
        reason_above(latex, rows, row);
    left(latex, row == rows->first ? rows->opening : row->left);
    right(latex, row);
    if (row->reason && rows->beside) {
        buf_text(latex->out, " &&\\text{");
        reason(latex, row);
        buf_char(latex->out, '}');
    }
    if (number)
        number_of(latex, number);
    else if (rows->numbered)
        buf_text(latex->out, " \\notag");
}

/* A new chain stands a little apart. */
static void end_row(struct latex *latex, const struct latex_rows *rows,
                    const struct row *expression, const struct row *row)
{
    if (row->next != rows->end)
        buf_format(latex->out, "\\\\%s%s",
                   latex_rows_hold(rows, expression, row) ? "*" : "",
                   row->next->left ? "[4pt]" : "");
    buf_char(latex->out, '\n');
}

void latex_display_rows(struct latex *latex, const struct latex_rows *rows)
{
    unsigned pending = rows->number;
    buf_text(latex->out, rows->numbered ? "\\begin{align}\n" : "\\begin{align*}\n");
    const struct row *expression = rows->first;
    for (const struct row *row = rows->first; row != rows->end; row = row->next) {
        expression = row->continues ? expression : row;
        row_in(latex, rows, row, latex_rows_number(row, &pending));
        end_row(latex, rows, expression, row);
    }
    buf_text(latex->out, rows->numbered ? "\\end{align}\n" : "\\end{align*}\n");
}

void latex_display_grid(struct latex *latex, const struct row *first,
                        const struct row *end, unsigned columns)
{
    unsigned place = 0, count = 0;
    for (const struct row *row = first; row != end; row = row->next)
        count++;
    buf_text(latex->out, "\\begin{align*}\n");
    for (const struct row *row = first; row != end; row = row->next, place++) {
        bool ends = place % columns == columns - 1,
             holds = place < columns || place + columns + 1 >= count;
        left(latex, row->left);
        right(latex, row);
        buf_text(latex->out, row->next == end ? "\n"
                             : !ends          ? " &\n"
                             : holds          ? "\\\\*\n"
                                              : "\\\\\n");
    }
    buf_text(latex->out, "\\end{align*}\n");
}
