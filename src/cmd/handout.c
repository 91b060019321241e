#include "cmd/cmd.h"

#include <stdint.h>

static const struct cmd_option options[] = {
    {"exercises", 0, CMD_VALUE, "N", "so many exercises (5)"},
    {"seed", 0, CMD_VALUE, "SEED", "others; the same seed gives the same sheet (1)"},
    {"blanks", 0, CMD_NO_VALUE, NULL, "all exercises are derivations with blanks"},
    {"key", 0, CMD_NO_VALUE, NULL, "with the answers, for those who teach"},
    {"detail", 0, CMD_VALUE, "LEVEL", "explicit (every step), normal or brief"},
    {"max-terms", 0, CMD_VALUE, "N",
     "show longer sums by their first and last terms (8)"},
    {"random", 0, CMD_OPTIONAL_VALUE, "SEED",
     "work out an example with values that are drawn"},
    {"values", 0, CMD_VALUE, "FILE", "take values from FILE: lines of let, .npy or .npz"},
    {"format", 0, CMD_VALUE, "FORMAT",
     "text, latex (tex), pdf, markdown (md), html or json"},
    {"flavour", 0, CMD_VALUE, "READER",
     "markdown for katex, mathjax, kramdown, quarto or github"},
    {"output", 'o', CMD_VALUE, "FILE", "write FILE: .tex, .pdf, .html, .md or .txt"},
    {"standalone", 0, CMD_NO_VALUE, NULL, "LaTeX as a whole document"},
    {"language", 0, CMD_VALUE, "CODE",
     "the language of what is written: en, de, es or fr"},
    {"notation", 0, CMD_VALUE, "NAME",
     "the names and signs of a book: post, nielsen, ng, bishop, mazur, ufldl"},
    {NULL, 0, CMD_NO_VALUE, NULL, NULL},
};

const struct cmd cmd_handout = {
    .name = "handout",
    .operands = "NETWORK [SYMBOL]...",
    .summary = "Make a sheet for a class: derivations, figures, exercises with a key",
    .example = "gradtex handout 2-2-2-2 --exercises=10 --key -o sheet.html",
    .most_names = SIZE_MAX,
    .function = gtx_handout,
    .options = options,
};
