#include "write/markdown_flavour.h"

/* KaTeX sets a tag over a formula that is wide, and knows no labels; MathJax and LaTeX
   take no tag among rows that are `aligned`. */
static const struct markdown_flavour flavours[] = {
    [FLAVOUR_KATEX] = {.in_line = {"$", "$"},
                       .display = {"$$", "$$"},
                       .rows = "aligned",
                       .number = {"&&\\quad(", ")"},
                       .has_column = true,
                       .reference = {"(", ")"}},
    [FLAVOUR_MATHJAX] = {.in_line = {"$", "$"},
                         .display = {"$$", "$$"},
                         .rows = "align*",
                         .number = {"\\tag{", "}"},
                         .reference = {"(", ")"}},
    [FLAVOUR_KRAMDOWN] = {.in_line = {"$$", "$$"},
                          .display = {"$$", "$$"},
                          .rows = "aligned",
                          .number = {"&&\\quad(", ")"},
                          .has_column = true,
                          .reference = {"(", ")"},
                          .has_templates = true},
    [FLAVOUR_QUARTO] = {.in_line = {"$", "$"},
                        .display = {"$$", "$$"},
                        .rows = "aligned",
                        .has_labels = true,
                        .label = {" {#eq-", "}"},
                        .reference = {"([-@eq-", "])"},
                        .has_templates = true},
    [FLAVOUR_GITHUB] = {.in_line = {"$`", "`$"},
                        .display = {"```math", "```"},
                        .rows = "aligned",
                        .number = {"&&\\quad(", ")"},
                        .has_column = true,
                        .reference = {"(", ")"}},
};

const struct markdown_flavour *markdown_flavour(enum flavour flavour)
{
    return &flavours[flavour];
}
