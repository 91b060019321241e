/* Where a command's result goes, and in which format. */
#ifndef GRADTEX_TARGET_H
#define GRADTEX_TARGET_H

#include "base/diag.h"
#include "base/out.h"
#include "options.h"
#include "write/write.h"

#include <stdbool.h>

/* What a command can write. */
struct formats {
    unsigned all;       /* bits of enum format */
    enum format piped;  /* where standard output is no terminal */
    bool has_documents; /* a `.tex` is a whole document */
};

struct target {
    enum format format;
    enum flavour flavour; /* of Markdown */
    bool is_standalone;  /* a whole document with figures: pages, LaTeX if wanted */
    bool makes_pdf;      /* from LaTeX */
    bool suggests_latex; /* a terminal gets text where a pipe would get LaTeX */
    unsigned text_width; /* columns of a line */
    bool has_colors;     /* where the text has some */
};

/* Settles the format. False with a diagnostic if the command does not have it. */
bool target_choose(struct target *target, const struct formats *formats,
                   const struct gtx_options *options, const struct gtx_sink *sink,
                   struct diags *diags);
/* Whether the output is another file than this one that was read, or NULL. False with a
   diagnostic (2). */
bool target_is_other(const char *input, const struct gtx_options *options,
                     struct diags *diags);
/* Opens what the options and the sink say. NULL with a diagnostic if it cannot be
   opened (5). */
struct out *target_open(const struct gtx_options *options, const struct gtx_sink *sink,
                        struct diags *diags);

#endif
