#include "cmd/cmd.h"

static const struct cmd_option options[] = {
    {"format", 0, CMD_VALUE, "FORMAT", "text, latex (tex) or json"},
    {"count", 0, CMD_NO_VALUE, NULL, "print only how many paths there are"},
    {"sum", 0, CMD_NO_VALUE, NULL, "print one LaTeX sum, a product for each path"},
    {"limit", 0, CMD_VALUE, "N", "stop after N paths"},
    {"skip", 0, CMD_VALUE, "N", "leave out the first N paths"},
    {"of", 0, CMD_VALUE, "SYMBOL", "paths to SYMBOL instead of the error"},
    {"output", 'o', CMD_VALUE, "FILE", "write FILE: .txt, .tex (a fragment) or .json"},
    {"language", 0, CMD_VALUE, "CODE", "the language of messages: en, de, es or fr"},
    {"notation", 0, CMD_VALUE, "NAME",
     "the names and signs of a book: post, nielsen, ng, bishop, mazur, ufldl"},
    {NULL, 0, CMD_NO_VALUE, NULL, NULL},
};

const struct cmd cmd_paths = {
    .name = "paths",
    .operands = "NETWORK SYMBOL",
    .summary = "List, count or add up the paths from a symbol to the error",
    .example = "gradtex paths 2-2-2-2 w11^1",
    .least_names = 1,
    .most_names = 1,
    .function = gtx_paths,
    .options = options,
};
