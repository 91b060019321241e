#include "cmd/cmd.h"

#include <stdint.h>

static const struct cmd_option options[] = {
    {"network", 0, CMD_VALUE, "[LINE:]FILE",
     "what names mean, from LINE on; without one, what the document defines"},
    {"hint", 0, CMD_NO_VALUE, NULL, "say where a mistake is, not what it is"},
    {"explain", 0, CMD_NO_VALUE, NULL, "list every step, and how it was read"},
    {"goal", 0, CMD_VALUE, "WEIGHT", "demand that the document ends with dE/d(WEIGHT)"},
    {"strict", 0, CMD_NO_VALUE, NULL, "let warnings count as mistakes"},
    {"emit-network", 0, CMD_NO_VALUE, NULL,
     "print the document's own definitions as a network file"},
    {"format", 0, CMD_VALUE, "FORMAT", "text, json, sarif, junit or csv"},
    {"output", 'o', CMD_VALUE, "FILE", "write FILE: .txt, .json, .sarif, .xml or .csv"},
    {"color", 0, CMD_OPTIONAL_VALUE, "WHEN", "auto, always or never"},
    {"notation", 0, CMD_VALUE, "NAME",
     "read networks in the notation of a book: post, nielsen, ng, bishop, mazur, ufldl"},
    {NULL, 0, CMD_NO_VALUE, NULL, NULL},
};

const struct cmd cmd_verify = {
    .name = "verify",
    .operands = "DOCUMENT...",
    .summary =
        "Judge hand-written derivations step by step, and name the first wrong one",
    .example = "gradtex verify notes.tex",
    .most_names = SIZE_MAX,
    .documents = gtx_verify,
    .options = options,
};
