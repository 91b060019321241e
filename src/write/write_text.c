#include "write/write.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "write/text_cells.h"
#include "write/text_formula.h"
#include "write/text_lines.h"

#include <string.h>

enum { INDENT = 4, HANG = 2, LEAST = 24, TAG = 6, TAG_GAP = 3 };

struct text {
    struct buf *out;
    unsigned width;
};

static size_t columns(const struct buf *buf)
{
    return text_formula_columns(buf_peek(buf), buf->length);
}

static void pad(struct buf *out, size_t count)
{
    while (count-- > 0)
        buf_char(out, ' ');
}

/* Words, with what a terminal would act on made visible. */
static void append_bytes(struct buf *out, const char *words, size_t rest)
{
    while (rest > 0) {
        uint32_t point = 0;
        size_t length = utf8_read(words, rest, &point);
        bool blank = point == '\n' || point == '\t';
        if (length == 0 || (utf8_is_control(point) && !blank))
            buf_text(out, "\xef\xbf\xbd");
        else if (blank)
            buf_char(out, ' ');
        else
            buf_bytes(out, words, length);
        words += length ? length : 1;
        rest -= length ? length : 1;
    }
}

static void append_words(struct buf *out, const char *words)
{
    append_bytes(out, words, strlen(words));
}

/* A formula inside a line; it is kept together unless it is long. */
static void append_formula(struct buf *out, const struct formula *formula, unsigned width)
{
    struct buf text;
    buf_init(&text);
    write_text_formula(formula, &text);
    bool breaks = columns(&text) > width / 2;
    for (size_t i = 0; i < text.length; i++)
        buf_char(out, text.data[i] == ' ' && !breaks ? TEXT_LINES_BLANK : text.data[i]);
    buf_clear(&text);
}

/* A formula that ends with a relation has a blank behind it already. */
static void drop_blank(struct buf *out, const char *words)
{
    if (words[0] == ' ' && out->length > 0 &&
        out->data[out->length - 1] == TEXT_LINES_BLANK)
        buf_truncate(out, out->length - 1);
}

static void append_inlines(struct buf *out, const struct inline_node *node,
                           unsigned width)
{
    for (; node; node = node->next) {
        switch (node->kind) {
        case INLINE_TEXT:
        case INLINE_CODE:
            drop_blank(out, node->text);
            append_words(out, node->text);
            break;
        case INLINE_FORMULA:
            append_formula(out, node->formula, width);
            break;
        case INLINE_REFERENCE:
            buf_format(out, "(%u)", node->number);
            break;
        }
    }
}

static void paragraph(struct text *text, const struct inline_node *nodes)
{
    struct buf words;
    buf_init(&words);
    append_inlines(&words, nodes, text->width);
    text_lines_fill(text->out, buf_peek(&words), text->width);
    buf_clear(&words);
}

static void heading(struct text *text, const struct block *block)
{
    struct buf words;
    buf_init(&words);
    append_inlines(&words, block->inlines, text->width);
    size_t length = columns(&words);
    text_lines_fill(text->out, buf_peek(&words), text->width);
    for (size_t i = 0; i < length && i < text->width; i++)
        buf_text(text->out, block->level <= 1 ? "═" : block->level == 2 ? "─" : "·");
    buf_char(text->out, '\n');
    buf_clear(&words);
}

static const char *relation(const struct row *row)
{
    const struct formula_sign *sign = formula_sign(row->relation);
    return sign ? sign->unicode : row->relation;
}

/* The right side of a row and of those that continue it, in one line. Answers the row
   after them. */
static const struct row *whole_right(const struct row *row, struct buf *out,
                                     struct text_breaks *breaks)
{
    struct text_formula writer;
    text_formula_init(&writer, out, breaks);
    do {
        text_formula_write(&writer, row->right);
        row = row->next;
    } while (row && row->continues);
    return row;
}

static size_t left_columns(const struct row *rows)
{
    size_t most = 0;
    struct buf left;
    buf_init(&left);
    for (const struct row *row = rows; row; row = row->next) {
        if (!row->left)
            continue;
        buf_truncate(&left, 0);
        write_text_formula(row->left, &left);
        most = columns(&left) > most ? columns(&left) : most;
    }
    buf_clear(&left);
    return most;
}

static void put_left(struct text *text, const struct row *row, size_t align)
{
    struct buf left;
    buf_init(&left);
    if (row->left)
        write_text_formula(row->left, &left);
    pad(text->out, INDENT + align - columns(&left));
    buf_format(text->out, "%s%s%s ", buf_peek(&left), align ? " " : "", relation(row));
    buf_clear(&left);
}

/* The number of an equation at the right margin. */
static void put_number(struct text *text, size_t used, unsigned number)
{
    struct buf tag;
    buf_init(&tag);
    buf_format(&tag, "(%u)", number);
    size_t most = text->width > used + tag.length ? text->width - used - tag.length : 0;
    pad(text->out, most > TAG_GAP ? most : TAG_GAP);
    buf_text(text->out, buf_peek(&tag));
    buf_clear(&tag);
}

/* The lines of a right side, `before` columns in, with the number at the end of the last.
 */
static void put_lines(struct text *text, const struct buf *right,
                      const struct text_breaks *breaks, size_t before, unsigned number)
{
    size_t room = before + (number ? TAG + (number > 9) : 0);
    size_t limit = text->width > room + LEAST ? text->width - room : LEAST;
    for (size_t start = 0, end; start < right->length; start = end) {
        const char *lead = start ? text_lines_lead(right, breaks, start) : "";
        size_t indent = start ? HANG + text_formula_columns(lead, strlen(lead)) : 0;
        pad(text->out, start ? before + HANG : 0);
        buf_text(text->out, lead);
        end = text_lines_end(right, breaks, start, limit - indent);
        size_t shown = end;
        while (shown > start && right->data[shown - 1] == ' ')
            shown--;
        buf_bytes(text->out, right->data + start, shown - start);
        size_t used = text_formula_columns(right->data + start, shown - start);
        if (end == right->length && number)
            put_number(text, before + indent + used, number);
        buf_char(text->out, '\n');
    }
}

/* One row, broken where it is too long. Answers the row after it. */
static const struct row *display_row(struct text *text, const struct row *row,
                                     size_t align)
{
    struct buf right;
    struct text_breaks breaks = {NULL, 0, 0};
    buf_init(&right);
    put_left(text, row, align);
    const struct row *next = whole_right(row, &right, &breaks);
    put_lines(text, &right, &breaks, INDENT + align + (align ? 3 : 2), row->number);
    memory_free(breaks.items);
    buf_clear(&right);
    return next;
}

/* Why a row holds, over its right side. */
static void put_reason(struct text *text, const struct row *row, size_t align)
{
    struct buf words, lines;
    size_t before = INDENT + align + (align ? 3 : 2);
    buf_init(&words);
    buf_init(&lines);
    append_inlines(&words, row->reason, text->width);
    text_lines_fill(&lines, buf_peek(&words),
                    text->width > before + LEAST ? text->width - before : LEAST);
    for (const char *line = buf_peek(&lines); *line; line = strchr(line, '\n') + 1) {
        pad(text->out, before);
        buf_bytes(text->out, line, strcspn(line, "\n") + 1);
    }
    buf_clear(&words);
    buf_clear(&lines);
}

/* A chain stands apart from the one before if either has several steps. */
static bool stands_apart(const struct row *before, const struct row *row)
{
    return row->left && (!before->left || before->reason || row->reason ||
                         (row->next && !row->next->left));
}

static void display(struct text *text, const struct row *rows)
{
    size_t align = left_columns(rows);
    const struct row *before = NULL;
    for (const struct row *row = rows; row;) {
        if (before && stands_apart(before, row))
            buf_char(text->out, '\n');
        if (row->reason)
            put_reason(text, row, align);
        before = row;
        row = display_row(text, row, align);
    }
}

static size_t count_rows(const struct row *rows, bool *simple)
{
    size_t count = 0;
    for (; rows; rows = rows->next) {
        *simple =
            *simple && !rows->continues && !rows->number && rows->left && !rows->reason;
        count++;
    }
    return count;
}

static void append_cell(struct buf *cell, const struct row *row)
{
    write_text_formula(row->left, cell);
    buf_format(cell, " %s ", relation(row));
    write_text_formula(row->right, cell);
}

static void grid(struct text *text, const struct block *block)
{
    bool simple = true;
    size_t count = count_rows(block->rows, &simple), i = 0;
    if (!simple || block->columns <= 1) {
        display(text, block->rows);
        return;
    }
    struct text_cells cells;
    text_cells_init(&cells, count, block->columns);
    for (const struct row *row = block->rows; row; row = row->next)
        append_cell(&cells.items[i++], row);
    while (INDENT + text_cells_settle(&cells) > text->width && cells.columns > 1)
        cells.columns--;
    if (cells.columns > 1)
        text_cells_put(&cells, 0, count, INDENT, text->out);
    else
        display(text, block->rows);
    text_cells_clear(&cells);
}

static void table(struct text *text, const struct block *block)
{
    struct text_cells cells;
    text_cells_init(&cells, block->cell_count, block->columns);
    for (size_t i = 0; i < block->cell_count; i++)
        append_inlines(&cells.items[i], block->cells[i], text->width);
    size_t width = text_cells_settle(&cells);
    if (INDENT + width > text->width)
        width = text_cells_narrow(&cells, text->width - INDENT);
    text_cells_put(&cells, 0, block->columns, INDENT, text->out);
    pad(text->out, INDENT);
    for (size_t i = width; i > 0; i--)
        buf_text(text->out, "─");
    buf_char(text->out, '\n');
    text_cells_put(&cells, block->columns, block->cell_count, INDENT, text->out);
    text_cells_clear(&cells);
}

static void code(struct text *text, const char *lines)
{
    while (*lines) {
        size_t length = strcspn(lines, "\n");
        if (length > 0)
            pad(text->out, INDENT);
        append_bytes(text->out, lines, length);
        buf_char(text->out, '\n');
        lines += length + (lines[length] == '\n');
    }
}

static void write_block(struct text *text, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        heading(text, block);
        break;
    case BLOCK_PARAGRAPH:
        paragraph(text, block->inlines);
        break;
    case BLOCK_DISPLAY:
        display(text, block->rows);
        break;
    case BLOCK_GRID:
        grid(text, block);
        break;
    case BLOCK_TABLE:
        table(text, block);
        break;
    case BLOCK_CODE:
        code(text, block->text);
        break;
    case BLOCK_FIGURE:
        break;
    }
}

void write_text(const struct doc *doc, unsigned width, struct buf *out)
{
    struct text text = {out, width};
    bool first = true;
    for (const struct block *block = doc->first; block; block = block->next) {
        if (block->kind == BLOCK_FIGURE || !doc_is_shown(doc, block))
            continue;
        if (!first)
            buf_char(out, '\n');
        write_block(&text, block);
        first = false;
    }
}
