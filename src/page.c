#include "page.h"

#include "data/doc_json.h"
#include "pdf.h"

#include <string.h>

/* LaTeX becomes a PDF where one is wanted. */
static void put_text(const struct page *page, struct buf *text)
{
    struct buf pdf;
    buf_init(&pdf);
    if (!page->target->makes_pdf)
        out_bytes(page->out, buf_peek(text), text->length);
    else if (pdf_make(buf_peek(text), text->length, &pdf, page->diags))
        out_bytes(page->out, buf_peek(&pdf), pdf.length);
    buf_clear(&pdf);
}

void page_figures(const struct page *page, const struct doc *doc)
{
    struct buf text;
    buf_init(&text);
    if (page->target->format == FORMAT_SVG) {
        write_svg(doc->first->figure, &text);
        out_bytes(page->out, buf_peek(&text), text.length);
    } else {
        write_latex_figures(doc, page->target->is_standalone, &text);
        put_text(page, &text);
    }
    buf_clear(&text);
}

static void put_json(const struct doc *doc, struct buf *text)
{
    struct json json;
    json_init(&json, text);
    doc_json(&json, doc);
    json_clear(&json);
}

static void note_fonts(const struct page *page, const struct buf *latex)
{
    const char *begin = strstr(buf_peek(latex), "[U+"),
               *end = begin != NULL ? strchr(begin, ']') : NULL;
    struct buf first;
    if (end == NULL)
        return;
    buf_init(&first);
    buf_bytes(&first, begin, (size_t)(end + 1 - begin));
    diag(page->diags, DIAG_NOTE_LATEX_FONTS, buf_peek(&first), NULL);
    buf_clear(&first);
}

void page_document(const struct page *page, const struct doc *doc)
{
    struct buf text;
    buf_init(&text);
    switch (page->target->format) {
    case FORMAT_LATEX:
    case FORMAT_PDF:
        write_latex(doc, page->target->is_standalone, &text);
        note_fonts(page, &text);
        break;
    case FORMAT_BEAMER:
        write_beamer(doc, &text);
        note_fonts(page, &text);
        break;
    case FORMAT_HTML:
        write_html(doc, &text);
        break;
    case FORMAT_MARKDOWN:
        write_markdown(doc, page->target->flavour, &text);
        break;
    case FORMAT_JSON:
        put_json(doc, &text);
        break;
    default:
        write_text(doc, page->target->text_width, &text);
    }
    put_text(page, &text);
    buf_clear(&text);
}
