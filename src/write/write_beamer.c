#include "write/write.h"

#include "write/latex_code.h"
#include "write/latex_display.h"
#include "write/latex_figure.h"
#include "write/latex_formula.h"
#include "write/latex_language.h"
#include "write/latex_table.h"
#include "write/slide_heights.h"
#include "write/slides.h"

/* --- what stands on a slide --- */

static void display(struct latex *latex, const struct block *block,
                    const struct row *first, const struct row *end)
{
    if (slides_is_list(block)) {
        latex->overlay = overlays_next(latex->overlays);
        latex_display_grid(latex, first, end,
                           latex_rows_columns(block->rows, block->columns));
        return;
    }
    struct latex_rows rows = latex_rows_part(block->rows, first, end);
    latex_display_rows(latex, &rows);
}

/* A sentence that opens the slide stands there alone at first, unless a list follows; any
   other comes with what it leads to. */
static void paragraph(struct latex *latex, const struct block *block)
{
    latex_inlines_write(latex, block->inlines);
    if (latex->overlay > 1 || (block->next && slides_is_list(block->next)))
        overlays_join(latex->overlays);
}

/* Lit on these overlays; with NULL as on a page. */
static void figure(struct latex *latex, const struct figure *figure, unsigned height,
                   const struct overlays *overlays)
{
    buf_text(latex->out, "{\\centering\n");
    latex->colours |= latex_figure_write_slide(figure, height, overlays, latex->out);
    buf_text(latex->out, "\\par}\\smallskip\n");
}

static void whole_block(struct latex *latex, const struct block *block, size_t line)
{
    switch (block->kind) {
    case BLOCK_TABLE:
        latex_table_write_pieces(latex, block, line, SLIDE_TABLE_LINES);
        break;
    case BLOCK_CODE:
        latex_code_write(latex, block->text);
        break;
    case BLOCK_FIGURE:
        figure(latex, block->figure, slides_figure_height(block->figure), NULL);
        break;
    default:
        paragraph(latex, block);
    }
}

/* What of a block is on the slide. */
static void part_of_block(struct latex *latex, const struct block *block,
                          const struct slide *slide)
{
    const struct spot *first = &slide->first, *end = &slide->end;
    if (block->kind == BLOCK_DISPLAY || block->kind == BLOCK_GRID) {
        display(latex, block,
                block == first->block && first->row ? first->row : block->rows,
                block == end->block ? end->row : NULL);
        return;
    }
    latex->overlay = overlays_next(latex->overlays);
    overlays_open(latex->overlay, latex->out);
    whole_block(latex, block, block == first->block ? first->line : 0);
    overlays_close(latex->overlay, latex->out);
    buf_char(latex->out, '\n');
}

static bool is_on(const struct slide *slide, const struct block *block)
{
    const struct spot *end = &slide->end;
    return block && (block != end->block || end->row || end->line);
}

static void content(struct latex *latex, const struct doc *doc, const struct slide *slide)
{
    const struct block *block = slide->first.block;
    while (is_on(slide, block)) {
        if (doc_is_shown(doc, block))
            part_of_block(latex, block, slide);
        block = block == slide->end.block ? NULL : block->next;
    }
}

/* --- slides --- */

static void title_slide(struct latex *latex, const struct doc *doc,
                        const struct slide *slide)
{
    buf_text(latex->out, "\\begin{frame}\n\\begin{center}\n\\usebeamerfont{title}"
                         "\\usebeamercolor[fg]{title}");
    latex_inlines_write(latex, slide->heading->inlines);
    buf_text(latex->out, "\n\\end{center}\n");
    content(latex, doc, slide);
    buf_text(latex->out, "\\end{frame}\n\n");
}

static void heading(struct latex *latex, const struct slide *slide)
{
    if (!slide->heading)
        return;
    buf_text(latex->out, "\\frametitle{");
    latex_inlines_write(latex, slide->heading->inlines);
    buf_text(latex->out, slide->is_continued ? "\\continued}\n" : "}\n");
}

/* The figure comes first, but is lit as what stands below it appears. */
static void inner_slide(struct latex *latex, const struct doc *doc,
                        const struct slide *slide)
{
    struct buf *out = latex->out, below;
    buf_init(&below);
    buf_text(out, "\\begin{frame}[t]\n");
    heading(latex, slide);
    latex->out = &below;
    content(latex, doc, slide);
    latex->out = out;
    if (slide->figure)
        figure(latex, slide->figure, slide->figure_height,
               slide->has_terms ? latex->overlays : NULL);
    buf_bytes(out, buf_peek(&below), below.length);
    buf_text(out, "\\end{frame}\n\n");
    buf_clear(&below);
}

static void all_slides(struct latex *latex, const struct doc *doc)
{
    struct slides slides;
    struct slide slide;
    slides_init(&slides, doc);
    while (slides_next(&slides, &slide)) {
        if (slide.is_title)
            overlays_section(latex->overlays);
        if (!slide.is_continued)
            overlays_part(latex->overlays);
        overlays_slide(latex->overlays);
        latex->overlay = 0;
        if (slide.is_title)
            title_slide(latex, doc, &slide);
        else
            inner_slide(latex, doc, &slide);
    }
}

static void preamble(const struct language *language, uint32_t colours, struct buf *out)
{
    buf_text(out, "\\documentclass[10pt,aspectratio=169,hyperref={bookmarks=false}]"
                  "{beamer}\n"
                  "\\usepackage{tikz}\n"
                  "\\usetikzlibrary{arrows.meta}\n"
                  "\\usefonttheme[onlymath]{serif}\n"
                  "\\setbeamertemplate{navigation symbols}{}\n"
                  "\\setbeamertemplate{footline}{\\hfill\\insertframenumber"
                  "\\hspace*{7mm}\\vspace*{2mm}}\n"
                  "\\setbeamersize{text margin left=7mm,text margin right=7mm}\n"
                  "\\everydisplay\\expandafter{\\the\\everydisplay"
                  "\\abovedisplayskip=4pt \\belowdisplayskip=8pt\\relax}\n"
                  "\\newcommand{\\continued}{ (");
    latex_formula_escape(out, language_text(language, N_("continued")));
    buf_text(out,
             ")}\n\\tikzset{on/.code args={<#1>#2}{\\only<#1>{\\pgfkeysalso{#2}}}}\n");
    latex_language_preamble(language, out);
    latex_figure_colours(colours, out);
    buf_text(out, "\\begin{document}\n");
}

void write_beamer(const struct doc *doc, struct buf *out)
{
    struct overlays overlays;
    struct buf body;
    buf_init(&body);
    overlays_section(&overlays);
    struct latex latex = {.out = &body, .standalone = true, .overlays = &overlays};
    all_slides(&latex, doc);
    preamble(doc->language, latex.colours, out);
    buf_bytes(out, buf_peek(&body), body.length);
    buf_text(out, "\\end{document}\n");
    buf_clear(&body);
}
