#include "cmd/cmd.h"

static const struct cmd_option options[] = {
    {"network", 0, CMD_VALUE, "[LINE:]FILE",
     "what is true, from LINE of the documents on"},
    {"hint", 0, CMD_NO_VALUE, NULL, "say where the mistakes are, not how to repair them"},
    {"explain", 0, CMD_NO_VALUE, NULL, "list every step, and how it was read"},
    {"goal", 0, CMD_VALUE, "WEIGHT", "demand that the document ends with dE/dWEIGHT"},
    {"strict", 0, CMD_NO_VALUE, NULL, "a warning counts as a false step"},
    {"emit-network", 0, CMD_NO_VALUE, NULL,
     "print the document's own definitions as a network"},
    {"seed", 0, CMD_VALUE, "N", "begin the search for counterexamples elsewhere (1)"},
    {"format", 0, CMD_VALUE, "FORMAT",
     "text, latex (tex), markdown (md), html, pdf, json, sarif, junit or csv"},
    {"flavour", 0, CMD_VALUE, "READER",
     "markdown for katex, mathjax, kramdown, quarto or github"},
    {"output", 'o', CMD_VALUE, "FILE",
     "write FILE: .txt, .tex, .md, .html, .pdf, .json, .sarif, .xml or .csv"},
    {"standalone", 0, CMD_NO_VALUE, NULL, "LaTeX as a whole document"},
    {"language", 0, CMD_VALUE, "CODE", "the language of what is written: en, de, es or fr"},
    {"color", 0, CMD_VALUE, "WHEN", "colour the text: auto, always or never"},
    {"notation", 0, CMD_VALUE, "NAME",
     "read networks in the notation of a book: post, nielsen, ng, bishop, mazur, ufldl"},
    {NULL, 0, CMD_NO_VALUE, NULL, NULL},
};

const struct cmd cmd_verify = {
    .name = "verify",
    .operands = "DOCUMENT...",
    .summary =
        "Judge a derivation step by step: what is false, a counterexample, a repair",
    .example = "gradtex verify my.net my.tex",
    .documents = gtx_verify,
    .options = options,
};
