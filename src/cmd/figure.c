#include "cmd/cmd.h"

#include <stdint.h>

static const struct cmd_option options[] = {
    {"of", 0, CMD_VALUE, "SYMBOL", "the paths to SYMBOL instead of those to the error"},
    {"numbers", 0, CMD_NO_VALUE, NULL, "values at the units and on the edges"},
    {"random", 0, CMD_OPTIONAL_VALUE, "SEED", "the same with values that are drawn"},
    {"values", 0, CMD_VALUE, "FILE", "the same with values from FILE"},
    {"format", 0, CMD_VALUE, "FORMAT", "tikz (latex), svg or pdf"},
    {"standalone", 0, CMD_NO_VALUE, NULL, "TikZ as a whole document"},
    {"output", 'o', CMD_VALUE, "FILE", "write FILE: .tex, .svg or .pdf"},
    {"language", 0, CMD_VALUE, "CODE",
     "the language of what is written: en, de, es or fr"},
    {"notation", 0, CMD_VALUE, "NAME",
     "the names and signs of a book: post, nielsen, ng, bishop, mazur, ufldl"},
    {NULL, 0, CMD_NO_VALUE, NULL, NULL},
};

const struct cmd cmd_figure = {
    .name = "figure",
    .operands = "NETWORK [SYMBOL]...",
    .summary = "Draw the network, for each symbol with its paths in colour",
    .example = "gradtex figure 2-2-2 w11^1 -o figure.svg",
    .most_names = SIZE_MAX,
    .function = gtx_figure,
    .options = options,
};
