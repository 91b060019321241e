#include "write/write.h"

#include "write/latex_code.h"
#include "write/latex_display.h"
#include "write/latex_figure.h"
#include "write/latex_formula.h"
#include "write/latex_inlines.h"
#include "write/latex_language.h"
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

/* Code has places to break a line, but no glue. */
static bool has_code(const struct inline_node *nodes)
{
    while (nodes && nodes->kind != INLINE_CODE)
        nodes = nodes->next;
    return nodes;
}

static void heading(struct latex *latex, const struct block *block)
{
    static const char *const commands[] = {"section*", "subsection*", "subsubsection*",
                                           "paragraph", "subparagraph"};
    unsigned level = block->level < 4 ? block->level : 4;
    buf_format(latex->out, "\\%s{", commands[latex->has_heading ? level : level - 1]);
    buf_text(latex->out, has_code(block->inlines) ? "\\raggedright{}" : "");
    latex_inlines_write(latex, block->inlines);
    buf_text(latex->out, "}\n");
}

static void paragraph(struct latex *latex, const struct inline_node *nodes)
{
    bool is_ragged = has_code(nodes);
    buf_text(latex->out, is_ragged ? "{\\raggedright{}" : "");
    latex_inlines_write(latex, nodes);
    buf_text(latex->out, is_ragged ? "\\par}\n" : "\n");
}

/* Splits a long display where a row begins. */
static void display(struct latex *latex, const struct row *row)
{
    while (row) {
        struct latex_rows rows = latex_rows_take(row);
        latex_display_rows(latex, &rows);
        row = rows.end;
    }
}

static void grid(struct latex *latex, const struct block *block)
{
    unsigned columns = latex_rows_columns(block->rows, block->columns);
    const struct row *row = block->rows;
    if (columns <= 1) {
        display(latex, row);
        return;
    }
    while (row) {
        const struct row *end = row;
        for (unsigned i = 0; end && i < columns * LATEX_ROWS_MOST; i++)
            end = end->next;
        latex_display_grid(latex, row, end, columns);
        row = end;
    }
}

static void figure(struct latex *latex, const struct block *block)
{
    buf_text(latex->out, "\\begin{center}\n");
    latex->colours |= latex_figure_write(block->figure, latex->out);
    if (block->inlines) {
        buf_text(latex->out, "\\par\\nopagebreak\n");
        paragraph(latex, block->inlines);
    }
    buf_text(latex->out, "\\end{center}\n");
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
        figure(latex, block);
        break;
    case BLOCK_TABLE:
        latex_table_write(latex, block);
        break;
    case BLOCK_CODE:
        latex_code_write(latex, block->text);
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
        buf_text(latex->out, answers ? "\\ifkey\\clearpage\n" : "\\fi\n");
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

static void preamble(const struct latex *latex, const struct doc *doc, struct buf *out)
{
    buf_text(out, "\\documentclass[11pt]{article}\n"
                  "\\usepackage[a4paper,margin=25mm]{geometry}\n"
                  "\\usepackage{amsmath}\n");
    latex_language_preamble(doc->language, out);
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
                  "\\clubpenalty=10000 \\widowpenalty=10000 "
                  "\\displaywidowpenalty=10000\n"
                  "\\makeatletter\\@beginparpenalty=10000\\makeatother"
                  " % tables stay with what leads to them\n"
                  "\\begin{document}\n");
}

static void title(struct latex *latex, const struct doc *doc)
{
    buf_text(latex->out, "\\section*{");
    latex_formula_escape(latex->out, language_text(doc->language, doc->title));
    buf_text(latex->out, "}\n\n");
}

void write_latex(const struct doc *doc, bool standalone, struct buf *out)
{
    struct buf body;
    buf_init(&body);
    struct latex latex = {.out = &body,
                          .standalone = standalone,
                          .has_heading = !standalone || doc->title};
    if (standalone && doc->title)
        title(&latex, doc);
    blocks(&latex, doc);
    if (standalone)
        preamble(&latex, doc, out);
    buf_bytes(out, buf_peek(&body), body.length);
    if (standalone)
        buf_text(out, "\\end{document}\n");
    buf_clear(&body);
}
