/* What readers of Markdown differ in, where there are formulas. */
#ifndef GRADTEX_WRITE_MARKDOWN_FLAVOUR_H
#define GRADTEX_WRITE_MARKDOWN_FLAVOUR_H

#include "write/write.h"

/* What stands before something and after it. */
struct around {
    const char *before, *after;
};

struct markdown_flavour {
    struct around in_line; /* a formula in a line of text */
    struct around display; /* one on lines of its own */
    const char *rows;      /* the environment of rows that are aligned */
    struct around number;  /* of an equation, at the end of its row */
    bool has_column;       /* that number is a column of the rows */
    bool has_labels;       /* displays have labels, rows no numbers; reasons in a display
                              cannot refer to them */
    struct around label;   /* the same number, after the display */
    struct around reference; /* to it, from text */
    bool has_templates;      /* a page is often read by a template engine first (Liquid,
                                shortcodes), to which `{{` and `{%` are commands, in code as
                                well */
};

const struct markdown_flavour *markdown_flavour(enum flavour flavour);

#endif
