/* What a command is asked to do. Set by name through gradtex.h, read by the journeys as
   fields. */
#ifndef GRADTEX_OPTIONS_H
#define GRADTEX_OPTIONS_H

#include "base/budget.h"
#include "base/language.h"
#include "gradtex.h"

#include <gmp.h>
#include <stdbool.h>
#include <stdint.h>

/* Bits, so that a command can say which it has. */
enum format {
    FORMAT_BY_TARGET = 0, /* by the suffix of `output`, else by what standard output is */
    FORMAT_TEXT = 1,
    FORMAT_LATEX = 2,
    FORMAT_INFIX = 4,
    FORMAT_JSON = 8,
    FORMAT_DOT = 16,
    FORMAT_MARKDOWN = 32,
    FORMAT_SARIF = 64,
    FORMAT_JUNIT = 128,
    FORMAT_CSV = 256,
    FORMAT_HTML = 512,
    FORMAT_SVG = 1024,
    FORMAT_PDF = 2048,
    FORMAT_BEAMER = 4096
};

/* When a terminal gets colours. */
enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* Words that were given one by one; owned. */
struct word_list {
    char **items;
    size_t count;
};

/* The fields have int where the table sets a choice: `detail` is an enum rule_level,
   `result` an enum result_form, `format` an enum format, `flavour` an enum flavour,
   `color` an enum color. Words are owned, or NULL. */
struct gtx_options {
    int detail;
    int result;
    int format;
    const struct language *language; /* of documents */
    int flavour;                     /* of Markdown */
    bool has_flavour;
    uint64_t max_terms, max_paths;
    bool has_max_terms;
    char *of;
    char *output;
    char *values; /* a file */
    char *notation;
    bool standalone;
    bool count;
    bool sum;
    bool dag;
    bool names;
    bool numbers;
    bool has_limit;
    mpz_t limit, skip;
    bool random;
    uint64_t seed, random_seed;
    bool has_accuracy;
    mpq_t accuracy;
    uint64_t max_bits;
    uint64_t digits;  /* 0: as many as the command writes */
    unsigned methods; /* bits 1 << enum crosscheck_method; 0: chosen by the network */
    bool summary;
    bool has_rate;
    mpq_t rate;                /* the learning rate */
    struct word_list networks; /* `LINE:FILE` or `FILE` */
    char *goal;                /* the weight that a document ends with */
    int color;
    bool hint;
    bool explain;
    bool strict;
    bool emit_network;
    uint64_t exercises;
    bool has_exercises;
    bool blanks;
    bool key;
    char *problem;
};

/* The budget with the limits that the options raise or lower. */
void options_budget(const struct gtx_options *options, struct budget *budget);

#endif
