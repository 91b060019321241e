#include "write/text_cells.h"

#include "base/memory.h"
#include "write/text_formula.h"
#include "write/text_lines.h"

#include <string.h>

enum { GAP = 4, NARROW = 20, HANG = 2 };

void text_cells_init(struct text_cells *cells, size_t count, unsigned columns)
{
    *cells = (struct text_cells){.items = memory_array(NULL, count, sizeof *cells->items),
                                 .count = count,
                                 .columns = columns,
                                 .widths = memory_zeroed(columns, sizeof *cells->widths)};
    for (size_t i = 0; i < count; i++)
        buf_init(&cells->items[i]);
}

void text_cells_clear(struct text_cells *cells)
{
    for (size_t i = 0; i < cells->count; i++)
        buf_clear(&cells->items[i]);
    memory_free(cells->items);
    memory_free(cells->widths);
}

static size_t total(const struct text_cells *cells)
{
    size_t sum = (size_t)(cells->columns - 1) * GAP;
    for (size_t column = 0; column < cells->columns; column++)
        sum += cells->widths[column];
    return sum;
}

size_t text_cells_settle(struct text_cells *cells)
{
    for (size_t column = 0; column < cells->columns; column++)
        cells->widths[column] =
            column < cells->count
                ? text_lines_widest(cells->items + column, cells->count - column,
                                    cells->columns)
                : 0;
    return total(cells);
}

static size_t *widest(const struct text_cells *cells)
{
    size_t *found = &cells->widths[0];
    for (size_t column = 1; column < cells->columns; column++)
        if (cells->widths[column] > *found)
            found = &cells->widths[column];
    return found;
}

size_t text_cells_narrow(struct text_cells *cells, size_t width)
{
    while (total(cells) > width && *widest(cells) > NARROW)
        --*widest(cells);
    return total(cells);
}

static void pad(struct buf *out, size_t count)
{
    while (count-- > 0)
        buf_char(out, ' ');
}

/* The first line of what is left of a cell, which goes on after it. */
static void put_line(struct buf *out, const char **rest, size_t hang, size_t width)
{
    size_t length = strcspn(*rest, "\n");
    size_t columns = hang + text_formula_columns(*rest, length);
    pad(out, hang);
    buf_bytes(out, *rest, length);
    *rest += length + ((*rest)[length] == '\n');
    pad(out, columns < width ? width - columns : 0);
}

static bool is_done(const char *const *rests, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (*rests[i])
            return false;
    return true;
}

static void drop_blanks(struct buf *out)
{
    size_t length = out->length;
    while (length > 0 && out->data[length - 1] == ' ')
        length--;
    buf_truncate(out, length);
}

/* Line by line; no line ends in blanks. */
static void put_row(const struct text_cells *cells, const struct buf *lines, size_t count,
                    size_t indent, struct buf *out)
{
    const char **rests = memory_array(NULL, count, sizeof *rests);
    size_t hang = 0;
    for (size_t i = 0; i < count; i++)
        rests[i] = buf_peek(&lines[i]);
    do {
        pad(out, indent);
        for (size_t i = 0; i < count; i++) {
            pad(out, i > 0 ? GAP : 0);
            put_line(out, &rests[i], hang, i + 1 < count ? cells->widths[i] : 0);
        }
        drop_blanks(out);
        buf_char(out, '\n');
        hang = HANG;
    } while (!is_done(rests, count));
    memory_free(rests);
}

void text_cells_put(const struct text_cells *cells, size_t first, size_t end,
                    size_t indent, struct buf *out)
{
    struct buf *lines = memory_array(NULL, cells->columns, sizeof *lines);
    for (unsigned i = 0; i < cells->columns; i++)
        buf_init(&lines[i]);
    for (size_t row = first; row < end; row += cells->columns) {
        size_t count = end - row < cells->columns ? end - row : cells->columns;
        for (size_t i = 0; i < count; i++) {
            const struct buf *cell = &cells->items[row + i];
            bool is_long =
                text_formula_columns(buf_peek(cell), cell->length) > cells->widths[i];
            buf_truncate(&lines[i], 0);
            text_lines_fill(&lines[i], buf_peek(cell),
                            cells->widths[i] - (is_long ? HANG : 0));
        }
        put_row(cells, lines, count, indent, out);
    }
    for (unsigned i = 0; i < cells->columns; i++)
        buf_clear(&lines[i]);
    memory_free(lines);
}
