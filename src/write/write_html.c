#include "write/write.h"

#include "write/html_figure.h"
#include "write/html_formula.h"
#include "write/html_style.h"
#include "write/html_text.h"

struct html {
    const struct language *language;
    struct buf *out;
    uint64_t paths;
    unsigned figures;
    unsigned depth; /* of all headings, under the title of the page */
    bool has_title, has_section;
};

/* --- inlines --- */

static void put_formula(struct html *html, const struct formula *formula,
                        const char *relation, bool is_display)
{
    html_formula(formula, relation, is_display, &html->paths, html->out);
}

static void put_inline(struct html *html, const struct inline_node *node)
{
    switch (node->kind) {
    case INLINE_TEXT:
        html_text(html->out, node->text + html_minus(html->out, node->text));
        break;
    case INLINE_FORMULA:
        put_formula(html, node->formula, NULL, false);
        break;
    case INLINE_REFERENCE:
        buf_format(html->out, "<a href=\"#e%u\">(%u)</a>", node->number, node->number);
        break;
    case INLINE_CODE:
        buf_text(html->out, "<code>");
        html_text(html->out, node->text);
        buf_text(html->out, "</code>");
        break;
    }
}

static void put_inlines(struct html *html, const struct inline_node *nodes)
{
    for (const struct inline_node *node = nodes; node; node = node->next)
        put_inline(html, node);
}

static void put_element(struct html *html, const char *tag,
                        const struct inline_node *nodes)
{
    buf_format(html->out, "<%s>", tag);
    put_inlines(html, nodes);
    buf_format(html->out, "</%s>", tag);
}

/* --- displays --- */

/* A broken row has its number at the end. */
static void put_number(struct html *html, const struct row *row, unsigned *pending)
{
    bool goes_on = row->next && row->next->continues;
    *pending = row->continues ? *pending : row->number;
    if (*pending && !goes_on)
        buf_format(html->out, "<div class=\"number\" id=\"e%u\">(%u)</div>", *pending,
                   *pending);
}

static void put_left(struct html *html, const struct row *row)
{
    if (!row->left)
        return;
    buf_text(html->out, "<div class=\"left\">");
    put_formula(html, row->left, NULL, true);
    buf_text(html->out, "</div>");
}

static void put_right(struct html *html, const struct row *row)
{
    const char *relation =
        row->continues ? row->in_product ? "\\cdot" : NULL : row->relation;
    buf_format(html->out, "<div class=\"right%s\">", row->continues ? " more" : "");
    put_formula(html, row->right, relation, true);
    buf_text(html->out, "</div>");
}

static void put_row(struct html *html, const struct row *row, unsigned *pending)
{
    if (row->reason) {
        buf_text(html->out, "<div class=\"reason\">");
        put_inlines(html, row->reason);
        buf_text(html->out, "</div>\n");
    }
    put_left(html, row);
    put_right(html, row);
    put_number(html, row, pending);
    buf_char(html->out, '\n');
}

/* What is too wide for the page scrolls by itself, also by keyboard. */
static void open_scroll(struct html *html, const char *what)
{
    buf_text(html->out,
             "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
    html_text(html->out, language_text(html->language, what));
    buf_text(html->out, "\">");
}

static void put_display(struct html *html, const struct row *rows)
{
    unsigned pending = 0;
    open_scroll(html, N_("equations"));
    buf_text(html->out, "<div class=\"rows\">\n");
    for (const struct row *row = rows; row; row = row->next)
        put_row(html, row, &pending);
    buf_text(html->out, "</div></div>\n");
}

/* As many side by side as there is room for. */
static void put_grid(struct html *html, const struct block *block)
{
    unsigned pending = 0;
    open_scroll(html, N_("equations"));
    buf_format(html->out, "<div class=\"grid%s\">\n", block->is_paired ? " pairs" : "");
    for (const struct row *row = block->rows; row; row = row->next) {
        buf_text(html->out, "<div>");
        put_left(html, row);
        put_right(html, row);
        put_number(html, row, &pending);
        buf_text(html->out, "</div>\n");
    }
    buf_text(html->out, "</div></div>\n");
}

/* --- other blocks --- */

static void put_paragraph(struct html *html, const struct inline_node *inlines)
{
    put_element(html, "p", inlines);
    buf_char(html->out, '\n');
}

static void put_table(struct html *html, const struct block *block)
{
    open_scroll(html, N_("table"));
    buf_text(html->out, "<table>\n");
    for (size_t i = 0; i < block->cell_count; i++) {
        bool is_first = i % block->columns == 0;
        buf_text(html->out, is_first ? "<tr>" : "");
        put_element(html, i < block->columns ? "th" : "td", block->cells[i]);
        buf_text(html->out, (i + 1) % block->columns == 0 ? "</tr>\n" : "");
    }
    buf_text(html->out, "</table></div>\n");
}

static void put_figure(struct html *html, const struct figure *figure)
{
    buf_text(html->out, "<figure>");
    open_scroll(html, N_("figure"));
    html_figure(figure, ++html->figures, &html->paths, html->out);
    buf_text(html->out, "</div></figure>\n");
}

static void put_code(struct html *html, const char *text)
{
    buf_text(html->out, "<pre tabindex=\"0\"><code>");
    html_text(html->out, text);
    buf_text(html->out, "</code></pre>\n");
}

static void end_section(struct html *html)
{
    buf_text(html->out, html->has_section ? "</section>\n" : "");
}

/* Within a section a path and its terms show each other. */
static void begin_section(struct html *html)
{
    end_section(html);
    buf_text(html->out, "<section>\n");
    html->has_section = true;
}

static void put_heading(struct html *html, const struct block *block)
{
    char tag[] = "h1";
    unsigned level = block->level + html->depth;
    if (level == 1 && html->has_title)
        level = 2;
    tag[1] = (char)('0' + level);
    if (block->level <= 2)
        begin_section(html);
    put_element(html, tag, block->inlines);
    html->has_title |= block->level <= 1;
    buf_char(html->out, '\n');
}

static void put_block(struct html *html, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        put_heading(html, block);
        break;
    case BLOCK_PARAGRAPH:
        put_paragraph(html, block->inlines);
        break;
    case BLOCK_DISPLAY:
        put_display(html, block->rows);
        break;
    case BLOCK_GRID:
        put_grid(html, block);
        break;
    case BLOCK_FIGURE:
        put_figure(html, block->figure);
        if (block->inlines)
            put_paragraph(html, block->inlines);
        break;
    case BLOCK_TABLE:
        put_table(html, block);
        break;
    case BLOCK_CODE:
        put_code(html, block->text);
        break;
    }
}

/* --- the page --- */

/* The first heading as plain text. */
static void put_title(const struct doc *doc, struct buf *out)
{
    const struct block *block = doc->title ? NULL : doc->first;
    while (block && block->kind != BLOCK_HEADING)
        block = block->next;
    for (const struct inline_node *node = block ? block->inlines : NULL; node;
         node = node->next) {
        struct buf text;
        buf_init(&text);
        if (node->kind == INLINE_FORMULA)
            write_text_formula(node->formula, &text);
        html_text(out, node->kind == INLINE_FORMULA ? buf_peek(&text)
                       : node->text                 ? node->text
                                                    : "");
        buf_clear(&text);
    }
    if (!block)
        html_text(out, doc->title ? language_text(doc->language, doc->title) : "gradtex");
}

void write_html(const struct doc *doc, struct buf *out)
{
    struct buf body;
    buf_init(&body);
    struct html html = {.language = doc->language,
                        .out = &body,
                        .depth = doc->title ? 1 : 0,
                        .has_title = doc->title};
    if (doc->title)
        html_element(&body, "h1", language_text(doc->language, doc->title));
    for (const struct block *block = doc->first; block; block = block->next)
        if (doc_is_shown(doc, block))
            put_block(&html, block);
    end_section(&html);
    buf_format(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n", doc->language->code);
    buf_text(out,
             "<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" "
             "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>");
    put_title(doc, out);
    buf_text(out, "</title>\n<style>\n");
    html_style(html.paths, out);
    buf_text(out, "</style>\n</head>\n<body>\n<main>\n");
    buf_bytes(out, buf_peek(&body), body.length);
    buf_text(out, "</main>\n</body>\n</html>\n");
    buf_clear(&body);
}
