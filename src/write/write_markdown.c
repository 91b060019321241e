#include "write/write.h"

#include "write/latex_rows.h"
#include "write/markdown_words.h"

#include <string.h>

/* How formulas are set apart from text. */
struct flavour {
    const char *open, *close;                 /* in a line */
    const char *display_open, *display_close; /* lines of their own */
};

static const struct flavour dollars = {"$", "$", "$$", "$$"};

struct markdown {
    const struct flavour *flavour;
    struct buf *out;
    bool in_table;
};

static void inlines(struct markdown *markdown, const struct inline_node *node)
{
    bool at_start = !markdown->in_table;
    for (; node; node = node->next, at_start = false) {
        switch (node->kind) {
        case INLINE_TEXT:
            markdown_words(markdown->out, node->text, at_start);
            break;
        case INLINE_FORMULA:
            buf_text(markdown->out, markdown->flavour->open);
            markdown_formula(markdown->out, node->formula, true);
            buf_text(markdown->out, markdown->flavour->close);
            break;
        case INLINE_REFERENCE:
            buf_format(markdown->out, "(%u)", node->number);
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

static void open_rows(struct markdown *markdown)
{
    buf_format(markdown->out, "%s\n\\begin{aligned}\n", markdown->flavour->display_open);
}

static void close_rows(struct markdown *markdown)
{
    buf_format(markdown->out, "\\end{aligned}\n%s\n", markdown->flavour->display_close);
}

/* Whether the reason of a row is too long to stand in the display, which it parts then.
 */
static bool is_parted(const struct latex_rows *rows, const struct row *row)
{
    return row->reason && !rows->beside && !latex_rows_reason_fits(rows, row);
}

/* What comes before a row: the display opens, or why the row holds. */
static void before_row(struct markdown *markdown, const struct latex_rows *rows,
                       const struct row *row)
{
    if (is_parted(rows, row)) {
        paragraph(markdown, row->reason);
        buf_char(markdown->out, '\n');
    }
    if (row == rows->first || is_parted(rows, row))
        open_rows(markdown);
    if (row->reason && !rows->beside && !is_parted(rows, row)) {
        buf_text(markdown->out, "&\\quad");
        reason(markdown, row->reason);
        buf_text(markdown->out, "\\\\\n");
    }
}

/* How a row ends: before another, or with the display. */
static void after_row(struct markdown *markdown, const struct latex_rows *rows,
                      const struct row *row)
{
    bool goes_on = row->next != rows->end && !is_parted(rows, row->next);
    buf_text(markdown->out, goes_on ? "\\\\\n" : "\n");
    if (goes_on)
        return;
    close_rows(markdown);
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

/* `\tag` does not work in what is aligned: the number stands in a column of its own. */
static void number_beside(struct markdown *markdown, const struct latex_rows *rows,
                          const struct row *row, unsigned number)
{
    bool skips_reason = rows->reasoned && rows->beside && !row->reason;
    if (number)
        buf_format(markdown->out, " %s&&\\quad(%u)", skips_reason ? "&&" : "", number);
}

static void row_in(struct markdown *markdown, const struct latex_rows *rows,
                   const struct row *row, unsigned number)
{
    before_row(markdown, rows, row);
    row_body(markdown, row);
    if (row->reason && rows->beside) {
        buf_text(markdown->out, " &&\\quad");
        reason(markdown, row->reason);
    }
    number_beside(markdown, rows, row, number);
    after_row(markdown, rows, row);
}

/* One equation that nothing is said about. */
static bool is_plain(const struct row *row)
{
    return row->left && !row->next && !row->number && !row->reason;
}

static void plain_row(struct markdown *markdown, const struct row *row)
{
    struct buf *out = markdown->out;
    buf_format(out, "%s\n", markdown->flavour->display_open);
    markdown_formula(out, row->left, false);
    buf_format(out, " %s ", row->relation);
    markdown_formula(out, row->right, false);
    buf_format(out, "\n%s\n", markdown->flavour->display_close);
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
    close_rows(markdown);
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

void write_markdown(const struct doc *doc, struct buf *out)
{
    struct markdown markdown = {.flavour = &dollars, .out = out};
    bool first = true;
    for (const struct block *block = doc->first; block; block = block->next) {
        if (block->kind == BLOCK_FIGURE || !doc_is_shown(doc, block))
            continue;
        if (!first)
            buf_char(out, '\n');
        write_block(&markdown, block);
        first = false;
    }
}
