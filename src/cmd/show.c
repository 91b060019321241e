#include "cmd/cmd.h"

static const struct cmd_option options[] = {
    {"dag", 0, CMD_NO_VALUE, NULL, "the expression of the error itself, each part once"},
    {"names", 0, CMD_NO_VALUE, NULL,
     "the names alone, one a line, as the command line takes them"},
    {"format", 0, CMD_VALUE, "FORMAT", "text or dot (Graphviz)"},
    {"output", 'o', CMD_VALUE, "FILE", "write FILE: .txt, .dot or .gv"},
    {"language", 0, CMD_VALUE, "CODE",
     "the language of what is written: en, de, es or fr"},
    {"notation", 0, CMD_VALUE, "NAME",
     "the names and signs of a book: post, nielsen, ng, bishop, mazur, ufldl"},
    {NULL, 0, CMD_NO_VALUE, NULL, NULL},
};

const struct cmd cmd_show = {
    .name = "show",
    .operands = "NETWORK",
    .summary =
        "Print what was read: the spec in full, every equation, the names, the counts",
    .example = "gradtex show 2-3-1",
    .function = gtx_show,
    .options = options,
};
