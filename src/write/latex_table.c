#include "write/latex_table.h"

#include "base/memory.h"
#include "write/latex_rows.h"

/* Widths in tenths of an em. */
enum {
    LINE = LATEX_ROWS_LINE - 15, /* widths of words are estimates */
    COLUMN_GAP = 11,
    PIECE_GAP = 30,   /* between two pieces side by side */
    WHOLE_LINES = 18, /* of a table that is not cut */
    PIECE_LINES = 12  /* at most; short, so that a page ends near its foot */
};

/* How a table is cut: into columns that fit into the line, and into pieces of some rows.
 */
struct layout {
    const struct block *table;
    unsigned *widths; /* by column */
    bool *broken;     /* by column: its cells may have several lines */
    unsigned *lines;  /* by row, without the heading */
    unsigned total, piece_lines;
    size_t rows, piece_rows,
        beside; /* without the heading; of a piece; pieces side by side */
};

static size_t cells_of(const struct layout *layout, size_t rows)
{
    return rows * layout->table->columns;
}

static void measure(struct layout *layout)
{
    const struct block *table = layout->table;
    for (size_t i = 0; i < table->cell_count; i++) {
        unsigned width = doc_width(table->cells[i]),
                 *widest = &layout->widths[i % table->columns];
        *widest = width > *widest ? width : *widest;
    }
    layout->total = (table->columns - 1) * COLUMN_GAP;
    for (unsigned i = 0; i < table->columns; i++)
        layout->total += layout->widths[i];
}

/* The width that each wide column can have: narrow ones, which need less, are taken out
 * until none is left. */
static unsigned share_of_wide(const struct layout *layout)
{
    unsigned columns = layout->table->columns, share = 0, before;
    do {
        unsigned room = LINE - (columns - 1) * COLUMN_GAP, wide = 0;
        before = share;
        for (unsigned i = 0; i < columns; i++) {
            if (layout->widths[i] <= share)
                room -= layout->widths[i];
            else
                wide++;
        }
        share = wide > 0 ? room / wide : share;
    } while (share > before);
    return share;
}

static void break_columns(struct layout *layout)
{
    unsigned share = share_of_wide(layout);
    for (unsigned i = 0; i < layout->table->columns; i++) {
        unsigned width = layout->widths[i];
        if (width <= share)
            continue;
        layout->broken[i] = true;
        layout->total -= width - share;
        layout->widths[i] = share;
    }
}

static size_t divide_up(size_t a, size_t b)
{
    return (a + b - 1) / b;
}

static void measure_rows(struct layout *layout)
{
    const struct block *table = layout->table;
    for (size_t i = table->columns; i < table->cell_count; i++) {
        unsigned column = i % table->columns,
                 *lines = &layout->lines[i / table->columns - 1];
        unsigned own = layout->broken[column]
                           ? doc_width(table->cells[i]) / layout->widths[column] + 1
                           : 1;
        *lines = own > *lines ? own : *lines;
    }
}

/* The most lines that a piece of so many rows has. */
static unsigned lines_of_pieces(const struct layout *layout, size_t piece_rows)
{
    unsigned most = 0, lines = 0;
    for (size_t i = 0; i < layout->rows; i++) {
        lines = i % piece_rows == 0 ? layout->lines[i] : lines + layout->lines[i];
        most = lines > most ? lines : most;
    }
    return most;
}

/* Pieces are alike in their number of rows. */
static void cut_rows(struct layout *layout, unsigned whole_lines, unsigned most_lines)
{
    layout->beside =
        layout->total < LINE ? (LINE + PIECE_GAP) / (layout->total + PIECE_GAP) : 1;
    layout->piece_rows = layout->rows > 0 ? layout->rows : 1;
    layout->piece_lines = lines_of_pieces(layout, layout->piece_rows);
    if (layout->piece_lines <= whole_lines)
        return;
    size_t pieces = divide_up(layout->piece_lines, most_lines);
    while (layout->piece_lines > most_lines && layout->piece_rows > 1) {
        layout->piece_rows = divide_up(layout->rows, pieces);
        layout->piece_lines = lines_of_pieces(layout, layout->piece_rows);
        if (layout->piece_rows > 1)
            pieces = divide_up(layout->rows, layout->piece_rows - 1);
    }
}

size_t latex_table_rows(const struct block *table)
{
    return table->cell_count / table->columns - 1;
}

static struct layout layout_of(const struct block *table, unsigned whole_lines,
                               unsigned most_lines)
{
    struct layout layout = {.table = table};
    layout.widths = memory_zeroed(table->columns, sizeof *layout.widths);
    layout.broken = memory_zeroed(table->columns, sizeof *layout.broken);
    layout.rows = latex_table_rows(table);
    layout.lines = memory_zeroed(layout.rows, sizeof *layout.lines);
    measure(&layout);
    if (layout.total > LINE)
        break_columns(&layout);
    measure_rows(&layout);
    cut_rows(&layout, whole_lines, most_lines);
    return layout;
}

static void put_columns(struct latex *latex, const struct layout *layout)
{
    for (unsigned i = 0; i < layout->table->columns; i++) {
        if (layout->broken[i])
            buf_format(latex->out, "p{%u.%uem}", layout->widths[i] / 10,
                       layout->widths[i] % 10);
        else
            buf_char(latex->out, 'l');
    }
}

static bool has_broken(const struct layout *layout)
{
    for (unsigned i = 0; i < layout->table->columns; i++)
        if (layout->broken[i])
            return true;
    return false;
}

/* The cells from `first` up to `end`. */
static void put_cells(struct latex *latex, const struct layout *layout, size_t first,
                      size_t end)
{
    unsigned columns = layout->table->columns;
    const char *row_end = has_broken(layout) ? "\\tabularnewline\n" : "\\\\\n";
    for (size_t i = first; i < end; i++) {
        buf_text(latex->out, layout->broken[i % columns] ? "\\raggedright{}" : "");
        latex_inlines_write(latex, layout->table->cells[i]);
        buf_text(latex->out, (i + 1) % columns == 0 ? row_end : " & ");
    }
}

/* The heading, and the rows of the piece that begins with row `first`. */
static void put_piece(struct latex *latex, const struct layout *layout, size_t first)
{
    size_t end = first + layout->piece_rows;
    end = end < layout->rows ? end : layout->rows;
    buf_format(latex->out, "\\begin{tabular}%s{@{}",
               layout->piece_rows < layout->rows ? "[t]" : "");
    put_columns(latex, layout);
    buf_text(latex->out, "@{}}\n");
    put_cells(latex, layout, 0, cells_of(layout, 1));
    buf_text(latex->out, "\\hline\n");
    put_cells(latex, layout, cells_of(layout, first + 1), cells_of(layout, end + 1));
    buf_text(latex->out, "\\end{tabular}");
}

static void layout_clear(struct layout *layout)
{
    memory_free(layout->lines);
    memory_free(layout->widths);
    memory_free(layout->broken);
}

/* As many pieces as fit side by side; answers the row after them. */
static size_t put_pieces(struct latex *latex, const struct layout *layout, size_t first)
{
    buf_text(latex->out, "\\begin{center}\\renewcommand{\\arraystretch}{1.25}\n");
    for (size_t i = 0; i < layout->beside && (i == 0 || first < layout->rows); i++) {
        buf_text(latex->out, i > 0 ? "\\hspace{3em}%\n" : "");
        put_piece(latex, layout, first);
        first += layout->piece_rows;
    }
    buf_text(latex->out, "\n\\end{center}\n");
    return first;
}

void latex_table_write(struct latex *latex, const struct block *table)
{
    struct layout layout = layout_of(table, WHOLE_LINES, PIECE_LINES);
    size_t first = 0;
    latex->has_struts = true;
    do
        first = put_pieces(latex, &layout, first);
    while (first < layout.rows);
    latex->has_struts = false;
    layout_clear(&layout);
}

void latex_table_write_pieces(struct latex *latex, const struct block *table,
                              size_t first, unsigned most_lines)
{
    struct layout layout = layout_of(table, most_lines, most_lines);
    put_pieces(latex, &layout, first);
    layout_clear(&layout);
}

struct latex_table_pieces latex_table_measure(const struct block *table, size_t first,
                                              unsigned most_lines)
{
    struct layout layout = layout_of(table, most_lines, most_lines);
    size_t end = first + layout.beside * layout.piece_rows;
    struct latex_table_pieces pieces = {.end = end < layout.rows ? end : layout.rows,
                                        .lines = layout.piece_lines + 1};
    layout_clear(&layout);
    return pieces;
}
