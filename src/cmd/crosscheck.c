#include "cmd/cmd.h"

#include <stdint.h>

static const struct cmd_option options[] = {
    {"random", 0, CMD_OPTIONAL_VALUE, "SEED",
     "draw small rationals instead of the file's values"},
    {"values", 0, CMD_VALUE, "FILE",
     "take values from FILE in place of the network's: .npz, .npy or let lines"},
    {"max-paths", 0, CMD_VALUE, "N", "refuse to enumerate more paths (10000000)"},
    {"format", 0, CMD_VALUE, "FORMAT", "text or json"},
    {"output", 'o', CMD_VALUE, "FILE", "write FILE: .txt or .json"},
    {"notation", 0, CMD_VALUE, "NAME", "the names and signs of a book: post"},
    {NULL, 0, CMD_NO_VALUE, NULL, NULL},
};

const struct cmd cmd_crosscheck = {
    .name = "crosscheck",
    .operands = "NETWORK [SYMBOL]...",
    .summary =
        "Compute the gradient by paths and by backprop, with exact numbers, and compare",
    .example = "gradtex crosscheck 2-2-2",
    .most_names = SIZE_MAX,
    .function = gtx_crosscheck,
    .options = options,
};
