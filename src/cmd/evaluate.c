#include "cmd/cmd.h"

static const struct cmd_option options[] = {
    {"learning-rate", 0, CMD_VALUE, "RATE", "take one step of gradient descent"},
    {"digits", 0, CMD_VALUE, "N", "digits of decimals at most (10)"},
    {"max-bits", 0, CMD_VALUE, "N", "the highest precision of enclosures (65536)"},
    {"random", 0, CMD_OPTIONAL_VALUE, "SEED",
     "draw small rationals instead of the file's values"},
    {"values", 0, CMD_VALUE, "FILE",
     "take values from FILE in place of the network's: .npz, .npy or let lines"},
    {"format", 0, CMD_VALUE, "FORMAT", "text, latex (tex), markdown (md), html or json"},
    {"flavour", 0, CMD_VALUE, "READER",
     "markdown for katex, mathjax, kramdown, quarto or github"},
    {"output", 'o', CMD_VALUE, "FILE",
     "write FILE: .txt, .tex (with a figure), .md or .json"},
    {"standalone", 0, CMD_NO_VALUE, NULL, "LaTeX as a whole document, with a figure"},
    {"language", 0, CMD_VALUE, "CODE",
     "the language of what is written: en, de, es or fr"},
    {"notation", 0, CMD_VALUE, "NAME", "the names and signs of a book: post"},
    {NULL, 0, CMD_NO_VALUE, NULL, NULL},
};

const struct cmd cmd_evaluate = {
    .name = "evaluate",
    .operands = "NETWORK",
    .summary =
        "Compute the values of all units, the error, its gradient, and a step down",
    .example = "gradtex evaluate 2-2-2",
    .function = gtx_evaluate,
    .options = options,
};
