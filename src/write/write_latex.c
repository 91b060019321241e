#include "write/write.h"

#include "write/latex_figure.h"
#include "write/latex_formula.h"
#include "write/latex_inlines.h"
#include "write/latex_rows.h"
#include "write/latex_table.h"

#include <string.h>

static bool is_display(const struct block *block)
{
    return block->kind == BLOCK_DISPLAY || block->kind == BLOCK_GRID;
}

/* Paragraphs are parted by an empty line, but not from the display that they lead to; nor
 * are displays. */
static void part_blocks(struct latex *latex, const struct block *before,
                        const struct block *block)
{
    bool goes_on = before && is_display(block) &&
                   (before->kind == BLOCK_PARAGRAPH || is_display(before));
    if (before && !goes_on)
        buf_char(latex->out, '\n');
}

static void heading(struct latex *latex, const struct block *block)
{
    static const char *const commands[] = {"section*", "subsection*", "subsubsection*",
                                           "paragraph", "subparagraph"};
    unsigned level = block->level < 4 ? block->level : 4;
    buf_format(latex->out, "\\%s{", commands[latex->standalone ? level - 1 : level]);
    latex_inlines_write(latex, block->inlines);
    buf_text(latex->out, "}\n");
}

static void paragraph(struct latex *latex, const struct inline_node *nodes)
{
    latex_inlines_write(latex, nodes);
    buf_char(latex->out, '\n');
}

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

static void align(struct latex *latex, const struct latex_rows *rows)
{
    unsigned pending = 0;
    buf_text(latex->out, rows->numbered ? "\\begin{align}\n" : "\\begin{align*}\n");
    for (const struct row *row = rows->first; row != rows->end; row = row->next)
        row_in(latex, rows, row, latex_rows_number(row, &pending));
    buf_text(latex->out, rows->numbered ? "\\end{align}\n" : "\\end{align*}\n");
}

/* Splits a long display where a row begins. */
static void display(struct latex *latex, const struct row *row)
{
    while (row) {
        struct latex_rows rows = latex_rows_take(row);
        align(latex, &rows);
        row = rows.end;
    }
}

static void grid(struct latex *latex, const struct block *block)
{
    unsigned columns = latex_rows_columns(block->rows, block->columns), place = 0;
    if (columns <= 1) {
        display(latex, block->rows);
        return;
    }
    buf_text(latex->out, "\\begin{align*}\n");
    for (const struct row *row = block->rows; row; row = row->next, place++) {
        row_body(latex, row);
        bool ends = place % columns == columns - 1;
        buf_text(latex->out, !row->next ? "\n" : ends ? "\\\\\n" : " &\n");
        if (ends && place / columns % LATEX_ROWS_MOST == LATEX_ROWS_MOST - 1 &&
            row->next) {
            buf_truncate(latex->out, latex->out->length - strlen("\\\\\n"));
            buf_text(latex->out, "\n\\end{align*}\n\\begin{align*}\n");
        }
    }
    buf_text(latex->out, "\\end{align*}\n");
}

/* Line by line and escaped: a verbatim environment could be left by the text in it. */
static void code(struct latex *latex, const char *text)
{
    buf_text(latex->out, "\\begin{flushleft}\\small\\ttfamily\n");
    while (*text) {
        size_t length = strcspn(text, "\n"), indent = strspn(text, " ");
        struct buf line;
        buf_init(&line);
        buf_bytes(&line, text + (indent < length ? indent : length),
                  indent < length ? length - indent : 0);
        for (size_t i = 0; i < indent; i++)
            buf_text(latex->out, "~");
        latex_formula_escape(latex->out, buf_peek(&line));
        buf_text(latex->out, length ? "\\\\\n" : "~\\\\\n");
        buf_clear(&line);
        text += length + (text[length] == '\n');
    }
    buf_text(latex->out, "\\end{flushleft}\n");
}

static void write_block(struct latex *latex, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        heading(latex, block);
        break;
    case BLOCK_PARAGRAPH:
        paragraph(latex, block->inlines);
        break;
    case BLOCK_DISPLAY:
        display(latex, block->rows);
        break;
    case BLOCK_GRID:
        grid(latex, block);
        break;
    case BLOCK_FIGURE:
        buf_text(latex->out, "\\begin{center}\n");
        latex->colours |= latex_figure_write(block->figure, latex->out);
        buf_text(latex->out, "\\end{center}\n");
        break;
    case BLOCK_TABLE:
        latex_table_write(latex, block);
        break;
    case BLOCK_CODE:
        code(latex, block->text);
        break;
    }
}

/* A document has the answers, and a switch for them. */
static bool is_written(const struct latex *latex, const struct doc *doc,
                       const struct block *block)
{
    return latex->standalone ? !doc_block_is_empty(block)
                             : block->kind != BLOCK_FIGURE && doc_is_shown(doc, block);
}

static void switch_answers(struct latex *latex, bool answers)
{
    if (latex->standalone && answers != latex->in_answers)
        buf_text(latex->out, answers ? "\\ifkey\n" : "\\fi\n");
    latex->in_answers = answers;
    latex->has_answers |= answers;
}

static void blocks(struct latex *latex, const struct doc *doc)
{
    const struct block *before = NULL;
    for (const struct block *block = doc->first; block; block = block->next) {
        if (!is_written(latex, doc, block))
            continue;
        part_blocks(latex, before, block);
        switch_answers(latex, block->is_answer);
        write_block(latex, block);
        before = block;
    }
    switch_answers(latex, false);
}

static bool has_figure(const struct doc *doc)
{
    for (const struct block *block = doc->first; block; block = block->next) {
        if (block->kind == BLOCK_FIGURE)
            return true;
    }
    return false;
}

/* Letters with accents as one character each, where the fonts for it are there, and the
   patterns of hyphenation. Without these no word is broken, since English patterns would
   do it in the wrong places, and lines may be ragged. Babel is not needed, and would
   change formulas. */
static void preamble_language(const struct language *language, struct buf *out)
{
    if (!language->hyphenation)
        return;
    buf_text(out, "\\IfFileExists{lmodern.sty}"
                  "{\\usepackage[T1]{fontenc}\\usepackage{lmodern}}{}\n");
    buf_format(out,
               "\\makeatletter\n"
               "\\ifdefined\\l@%s \\language=\\l@%s\n"
               "\\else \\language=255 \\rightskip=0pt plus 4em \\fi\n"
               "\\makeatother\n",
               language->hyphenation, language->hyphenation);
}

static void preamble(const struct latex *latex, const struct doc *doc, struct buf *out)
{
    buf_text(out, "\\documentclass[11pt]{article}\n"
                  "\\usepackage[a4paper,margin=25mm]{geometry}\n"
                  "\\usepackage{amsmath}\n");
    preamble_language(doc->language, out);
    if (has_figure(doc))
        buf_text(out, "\\usepackage{tikz}\n\\usetikzlibrary{arrows.meta}\n");
    else if (latex->colours || latex->shaded)
        buf_text(out, "\\usepackage{xcolor}\n");
    latex_figure_colours(latex->colours, out);
    if (latex->has_answers)
        buf_format(out,
                   "\\newif\\ifkey\n\\key%s %% the answers: \\keytrue or \\keyfalse\n",
                   doc->shows_answers ? "true" : "false");
    buf_text(out, "\\allowdisplaybreaks\n"
                  "\\setlength{\\parindent}{0pt}\n"
                  "\\setlength{\\parskip}{6pt}\n"
                  "\\setlength{\\emergencystretch}{3em}\n"
                  "\\begin{document}\n");
}

void write_latex(const struct doc *doc, bool standalone, struct buf *out)
{
    struct buf body;
    buf_init(&body);
    struct latex latex = {.out = &body, .standalone = standalone};
    blocks(&latex, doc);
    if (standalone)
        preamble(&latex, doc, out);
    buf_bytes(out, buf_peek(&body), body.length);
    if (standalone)
        buf_text(out, "\\end{document}\n");
    buf_clear(&body);
}
