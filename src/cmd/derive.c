#include "cmd/cmd.h"

#include <stdint.h>

static const struct cmd_option options[] = {
    {"detail", 0, CMD_VALUE, "LEVEL", "explicit (every step), normal or brief"},
    {"result", 0, CMD_OPTIONAL_VALUE, "FORM",
     "the result alone: factored, sum, paths, index or backprop"},
    {"max-terms", 0, CMD_VALUE, "N",
     "show longer sums by their first and last terms (64, on slides 12)"},
    {"of", 0, CMD_VALUE, "SYMBOL", "differentiate SYMBOL instead of the error"},
    {"format", 0, CMD_VALUE, "FORMAT",
     "text, latex (tex), markdown (md), html, pdf, beamer, infix or json"},
    {"flavour", 0, CMD_VALUE, "READER",
     "markdown for katex, mathjax, kramdown, quarto or github"},
    {"output", 'o', CMD_VALUE, "FILE",
     "write FILE: .tex (a whole document), .md, .txt or .json"},
    {"standalone", 0, CMD_NO_VALUE, NULL, "LaTeX as a whole document"},
    {"language", 0, CMD_VALUE, "CODE",
     "the language of what is written: en, de, es or fr"},
    {"notation", 0, CMD_VALUE, "NAME",
     "the names and signs of a book: post, nielsen, ng, bishop, mazur, ufldl"},
    {NULL, 0, CMD_NO_VALUE, NULL, NULL},
};

const struct cmd cmd_derive = {
    .name = "derive",
    .operands = "NETWORK [SYMBOL]...",
    .summary =
        "Derive dE/dw step by step, for each symbol; without one, the general equations",
    .example = "gradtex derive 2-2-2 w11^1",
    .most_names = SIZE_MAX,
    .function = gtx_derive,
    .options = options,
};
