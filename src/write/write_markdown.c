#include "write/write.h"

#include "write/latex_rows.h"
#include "write/markdown_flavour.h"
#include "write/markdown_words.h"

#include <string.h>

struct markdown {
    const struct markdown_flavour *flavour;
    struct buf *out;
    bool in_table, in_rows;
};

static void inline_formula(struct markdown *markdown, const struct formula *formula)
{
    buf_text(markdown->out, markdown->flavour->in_line.before);
    markdown_formula(markdown->out, formula, true);
    buf_text(markdown->out, markdown->flavour->in_line.after);
}

static void numbered(struct markdown *markdown, struct around around, unsigned number)
{
    buf_format(markdown->out, "%s%u%s", around.before, number, around.after);
}

static void inlines(struct markdown *markdown, const struct inline_node *node)
{
    bool at_start = !markdown->in_table;
    for (; node; node = node->next, at_start = false) {
        switch (node->kind) {
        case INLINE_TEXT:
            markdown_words(markdown->out, node->text, at_start);
            break;
        case INLINE_FORMULA:
            inline_formula(markdown, node->formula);
            break;
        case INLINE_REFERENCE:
            numbered(markdown, markdown->flavour->reference, node->number);
            break;
        case INLINE_CODE:
            markdown_code_span(markdown->out, node->text, markdown->in_table);
            break;
        }
    }
}

/* One line: where a line ends in the source, some readers end it on the page. */
static void paragraph(struct markdown *markdown, const struct inline_node *nodes)
{
    inlines(markdown, nodes);
    buf_char(markdown->out, '\n');
}

static void heading(struct markdown *markdown, const struct block *block)
{
    for (unsigned i = 0; i < block->level; i++)
        buf_char(markdown->out, '#');
    buf_char(markdown->out, ' ');
    paragraph(markdown, block->inlines);
}

/* The words gathered for a reason, inside a formula. */
static void put_words(struct markdown *markdown, struct buf *words)
{
    if (words->length > 0)
        markdown_formula_words(markdown->out, buf_peek(words));
    buf_truncate(words, 0);
}

/* A reason inside a formula: words, and the formulas between them. */
static void reason(struct markdown *markdown, const struct inline_node *node)
{
    struct buf words;
    buf_init(&words);
    for (; node; node = node->next) {
        switch (node->kind) {
        case INLINE_TEXT:
        case INLINE_CODE:
            buf_text(&words, node->text);
            break;
        case INLINE_REFERENCE:
            buf_format(&words, "(%u)", node->number);
            break;
        case INLINE_FORMULA:
            put_words(markdown, &words);
            markdown_formula(markdown->out, node->formula, true);
            break;
        }
    }
    put_words(markdown, &words);
    buf_clear(&words);
}

static void open_display(struct markdown *markdown)
{
    buf_format(markdown->out, "%s\n", markdown->flavour->display.before);
}

/* `number` is what the display is labelled with, 0 for none. */
static void close_display(struct markdown *markdown, unsigned number)
{
    buf_text(markdown->out, markdown->flavour->display.after);
    if (number && markdown->flavour->has_labels)
        numbered(markdown, markdown->flavour->label, number);
    buf_char(markdown->out, '\n');
}

static void open_rows(struct markdown *markdown)
{
    open_display(markdown);
    buf_format(markdown->out, "\\begin{%s}\n", markdown->flavour->rows);
    markdown->in_rows = true;
}

static void close_rows(struct markdown *markdown, unsigned number)
{
    buf_format(markdown->out, "\\end{%s}\n", markdown->flavour->rows);
    close_display(markdown, number);
    markdown->in_rows = false;
}

static bool has_reference(const struct inline_node *node)
{
    while (node && node->kind != INLINE_REFERENCE)
        node = node->next;
    return node != NULL;
}

/* Whether the reason of a row is too long to stand in the display, or would not lead
   anywhere from there: it parts the display. */
static bool is_parted(const struct markdown *markdown, const struct latex_rows *rows,
                      const struct row *row)
{
    if (!row->reason)
        return false;
    return (markdown->flavour->has_labels && has_reference(row->reason)) ||
           (!rows->beside && !latex_rows_reason_fits(rows, row));
}

/* What comes before a row: the display opens, or why the row holds. */
static void before_row(struct markdown *markdown, const struct latex_rows *rows,
                       const struct row *row)
{
    bool parted = is_parted(markdown, rows, row);
    if (parted) {
        paragraph(markdown, row->reason);
        buf_char(markdown->out, '\n');
    }
    if (!markdown->in_rows)
        open_rows(markdown);
    if (row->reason && !rows->beside && !parted) {
        buf_text(markdown->out, "&\\quad");
        reason(markdown, row->reason);
        buf_text(markdown->out, "\\\\\n");
    }
}

/* How a row ends: before another, or with the display. */
static void after_row(struct markdown *markdown, const struct latex_rows *rows,
                      const struct row *row, unsigned number)
{
    bool is_labelled = number && markdown->flavour->has_labels;
    bool goes_on =
        row->next != rows->end && !is_labelled && !is_parted(markdown, rows, row->next);
    buf_text(markdown->out, goes_on ? "\\\\\n" : "\n");
    if (goes_on)
        return;
    close_rows(markdown, number);
    if (row->next)
        buf_char(markdown->out, '\n');
}

static void row_body(struct markdown *markdown, const struct row *row)
{
    if (row->left) {
        markdown_formula(markdown->out, row->left, false);
        buf_char(markdown->out, ' ');
    }
    if (row->continues)
        buf_text(markdown->out, row->in_product ? "&\\quad{}\\cdot " : "&\\quad{}");
    else
        buf_format(markdown->out, "&%s ", row->relation);
    markdown_formula(markdown->out, row->right, false);
}

/* Why a row holds, after it. */
static void reason_beside(struct markdown *markdown, const struct latex_rows *rows,
                          const struct row *row)
{
    if (!row->reason || !rows->beside || is_parted(markdown, rows, row))
        return;
    buf_text(markdown->out, " &&\\quad");
    reason(markdown, row->reason);
}

static void number_beside(struct markdown *markdown, const struct latex_rows *rows,
                          const struct row *row, unsigned number)
{
    const struct markdown_flavour *flavour = markdown->flavour;
    bool skips_reason = rows->reasoned && rows->beside && !row->reason;
    if (!number || flavour->has_labels)
        return;
    buf_text(markdown->out, flavour->has_column && skips_reason ? " &&" : " ");
    numbered(markdown, flavour->number, number);
}

static void row_in(struct markdown *markdown, const struct latex_rows *rows,
                   const struct row *row, unsigned number)
{
    before_row(markdown, rows, row);
    row_body(markdown, row);
    reason_beside(markdown, rows, row);
    number_beside(markdown, rows, row, number);
    after_row(markdown, rows, row, number);
}

/* One equation that nothing is said about. */
static bool is_plain(const struct row *row)
{
    return row->left && !row->next && !row->number && !row->reason;
}

static void plain_row(struct markdown *markdown, const struct row *row)
{
    struct buf *out = markdown->out;
    open_display(markdown);
    markdown_formula(out, row->left, false);
    buf_format(out, " %s ", row->relation);
    markdown_formula(out, row->right, false);
    buf_char(out, '\n');
    close_display(markdown, 0);
}

/* Splits a long display where a row begins. */
static void display(struct markdown *markdown, const struct row *row)
{
    if (is_plain(row)) {
        plain_row(markdown, row);
        return;
    }
    while (row) {
        struct latex_rows rows = latex_rows_take(row);
        unsigned pending = 0;
        for (; row != rows.end; row = row->next)
            row_in(markdown, &rows, row, latex_rows_number(row, &pending));
    }
}

static void grid(struct markdown *markdown, const struct block *block)
{
    unsigned columns = latex_rows_columns(block->rows, block->columns), place = 0;
    if (columns <= 1 || !block->rows->next) {
        display(markdown, block->rows);
        return;
    }
    open_rows(markdown);
    for (const struct row *row = block->rows; row; row = row->next, place++) {
        bool ends = place % columns == columns - 1;
        buf_text(markdown->out, place % columns > 0 ? "\\quad " : "");
        row_body(markdown, row);
        buf_text(markdown->out, !row->next ? "\n" : ends ? "\\\\\n" : " &\n");
    }
    close_rows(markdown, 0);
}

static void table_row(struct markdown *markdown, struct inline_node *const *cells,
                      unsigned columns)
{
    buf_char(markdown->out, '|');
    for (unsigned i = 0; i < columns; i++) {
        buf_char(markdown->out, ' ');
        inlines(markdown, cells[i]);
        buf_text(markdown->out, " |");
    }
    buf_char(markdown->out, '\n');
}

static void table(struct markdown *markdown, const struct block *block)
{
    markdown->in_table = true;
    for (size_t i = 0; i + block->columns <= block->cell_count; i += block->columns) {
        table_row(markdown, block->cells + i, block->columns);
        for (unsigned j = 0; i == 0 && j < block->columns; j++)
            buf_text(markdown->out, j == 0 ? "|---|" : "---|");
        buf_text(markdown->out, i == 0 ? "\n" : "");
    }
    markdown->in_table = false;
}

static void code(struct markdown *markdown, const char *text)
{
    size_t length = strlen(text);
    markdown_fence(markdown->out, text);
    buf_char(markdown->out, '\n');
    buf_text(markdown->out, text);
    buf_text(markdown->out, length > 0 && text[length - 1] != '\n' ? "\n" : "");
    markdown_fence(markdown->out, text);
    buf_char(markdown->out, '\n');
}

static void write_block(struct markdown *markdown, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        heading(markdown, block);
        break;
    case BLOCK_PARAGRAPH:
        paragraph(markdown, block->inlines);
        break;
    case BLOCK_DISPLAY:
        display(markdown, block->rows);
        break;
    case BLOCK_GRID:
        grid(markdown, block);
        break;
    case BLOCK_TABLE:
        table(markdown, block);
        break;
    case BLOCK_CODE:
        code(markdown, block->text);
        break;
    case BLOCK_FIGURE:
        break;
    }
}

/* In formulas a blank between braces means nothing; elsewhere it is seen. */
static void part_braces(struct buf *out, size_t begin)
{
    struct buf parted;
    buf_init(&parted);
    for (size_t i = begin; i < out->length; i++) {
        bool is_command = out->data[i] == '{' && i + 1 < out->length &&
                          (out->data[i + 1] == '{' || out->data[i + 1] == '%');
        buf_char(&parted, out->data[i]);
        if (is_command)
            buf_char(&parted, ' ');
    }
    buf_truncate(out, begin);
    buf_bytes(out, buf_peek(&parted), parted.length);
    buf_clear(&parted);
}

static void write_blocks(struct markdown *markdown, const struct doc *doc)
{
    bool first = true;
    for (const struct block *block = doc->first; block; block = block->next) {
        if (block->kind == BLOCK_FIGURE || !doc_is_shown(doc, block))
            continue;
        if (!first)
            buf_char(markdown->out, '\n');
        write_block(markdown, block);
        first = false;
    }
}

void write_markdown(const struct doc *doc, enum flavour flavour, struct buf *out)
{
    struct markdown markdown = {.flavour = markdown_flavour(flavour), .out = out};
    size_t begin = out->length;
    write_blocks(&markdown, doc);
    if (markdown.flavour->has_templates)
        part_braces(out, begin);
}
