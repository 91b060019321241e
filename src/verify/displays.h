/* Where a document holds mathematics: displays and inline formulas. */
#ifndef GRADTEX_VERIFY_DISPLAYS_H
#define GRADTEX_VERIFY_DISPLAYS_H

#include "base/diag.h"
#include "base/source.h"

struct display {
    struct span span; /* between the delimiters */
    bool is_inline;
    bool is_let; /* the word Let stands right before it */
    bool is_if;  /* a word such as If does */
};

struct displays {
    struct display *items;
    size_t count, capacity;
};

enum displays_format { DISPLAYS_TEX, DISPLAYS_MARKDOWN, DISPLAYS_PLAIN };

/* By the suffix of the name, else by what stands in the text. */
enum displays_format displays_format(const struct source *source);
/* False with a diagnostic if a delimiter is never closed. To be cleared in both cases. */
bool displays_find(struct displays *displays, const struct source *source,
                   enum displays_format format, struct diags *diags);
void displays_clear(struct displays *displays);

#endif
