#include "cmd/cmd.h"

#include <stdint.h>

static const struct cmd_option options[] = {
    {"random", 0, CMD_OPTIONAL_VALUE, "SEED",
     "draw small rationals instead of the file's values"},
    {"values", 0, CMD_VALUE, "FILE",
     "take values from FILE in place of the network's: .npz, .npy or let lines"},
    {"method", 0, CMD_VALUE, "LIST",
     "compare with backprop, sweep, difference, or some of them"},
    {"accuracy", 0, CMD_VALUE, "NUMBER", "how narrow an enclosure must be (1e-30)"},
    {"max-bits", 0, CMD_VALUE, "N", "the highest precision of enclosures (65536)"},
    {"digits", 0, CMD_VALUE, "N", "digits of decimals at most (30, on pages 10)"},
    {"summary", 0, CMD_NO_VALUE, NULL, "one line a layer"},
    {"max-paths", 0, CMD_VALUE, "N",
     "walk at most N paths; beyond, share sums (10000000)"},
    {"format", 0, CMD_VALUE, "FORMAT", "text, latex (tex), markdown (md), html, pdf or json"},
    {"flavour", 0, CMD_VALUE, "READER",
     "markdown for katex, mathjax, kramdown, quarto or github"},
    {"output", 'o', CMD_VALUE, "FILE", "write FILE: .txt, .tex, .md, .html, .pdf or .json"},
    {"standalone", 0, CMD_NO_VALUE, NULL, "LaTeX as a whole document"},
    {"language", 0, CMD_VALUE, "CODE",
     "the language of what is written: en, de, es or fr"},
    {"notation", 0, CMD_VALUE, "NAME",
     "the names and signs of a book: post, nielsen, ng, bishop, mazur, ufldl"},
    {NULL, 0, CMD_NO_VALUE, NULL, NULL},
};

const struct cmd cmd_crosscheck = {
    .name = "crosscheck",
    .operands = "NETWORK [SYMBOL]...",
    .summary =
        "Compute the gradient by paths and by backprop, exactly or enclosed, and compare",
    .example = "gradtex crosscheck 2-2-2",
    .most_names = SIZE_MAX,
    .function = gtx_crosscheck,
    .options = options,
};
