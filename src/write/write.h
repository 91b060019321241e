/* Page formats: a document to text. */
#ifndef GRADTEX_WRITE_WRITE_H
#define GRADTEX_WRITE_WRITE_H

#include "base/buf.h"
#include "doc/doc.h"

/* A LaTeX fragment needs amsmath alone and has no figure and no colour; a standalone
   document has both. */
void write_latex(const struct doc *doc, bool standalone, struct buf *out);
void write_latex_formula(const struct formula *formula, struct buf *out);
/* Slides for LaTeX's class beamer: steps and terms appear one by one, and paths light up.
 */
void write_beamer(const struct doc *doc, struct buf *out);
/* The figures of a document alone. A fragment says in a comment what it needs; each page
   of a standalone document is as large as its figure. */
void write_latex_figures(const struct doc *doc, bool standalone, struct buf *out);
/* A figure as an SVG file. */
void write_svg(const struct figure *figure, struct buf *out);
/* A page by itself: MathML and SVG, without scripts. */
void write_html(const struct doc *doc, struct buf *out);
/* Who reads Markdown. */
enum flavour {
    FLAVOUR_KATEX, /* what it knows, nearly all the others know as well */
    FLAVOUR_MATHJAX,
    FLAVOUR_KRAMDOWN,
    FLAVOUR_QUARTO,
    FLAVOUR_GITHUB
};

/* Markdown with formulas in LaTeX. Figures are left out. */
void write_markdown(const struct doc *doc, enum flavour flavour, struct buf *out);
/* Unicode text, `width` columns at most where a line can be broken. Figures are left out.
 */
void write_text(const struct doc *doc, unsigned width, struct buf *out);
void write_text_formula(const struct formula *formula, struct buf *out);

#endif
