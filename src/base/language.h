/* The languages of documents. Texts in English are the source and the keys; the others
   come from catalogues of GNU gettext (po/), compiled into the library, since libintl
   would go by the locale of the process. */
#ifndef GRADTEX_BASE_LANGUAGE_H
#define GRADTEX_BASE_LANGUAGE_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

/* Mark a text for xgettext where it stands; it is translated where it is said. With a
   context, one word of English may have several translations. */
#define N_(text) text
#define NC_(context, text) context "\004" text

struct language {
    const char *code;               /* `de`, as HTML has it */
    const unsigned char *catalogue; /* an .mo file, NULL for English */
    bool zero_is_one;               /* nothing takes the singular, as in French */
    const char *hyphenation;        /* the patterns' name in TeX, NULL for English */
};

/* The i-th language, English first; NULL after the last. */
const struct language *language_at(size_t i);
/* NULL for one that is not there. */
const struct language *language_find(const char *code);
/* The translation of a text, itself where there is none. */
const char *language_text(const struct language *language, const char *text);
/* Whether it has one in some language. */
bool language_knows(const char *text);
/* The same of the one or the other text, as the language counts. */
const char *language_counted(const struct language *language, size_t count,
                             const char *one, const char *many);
/* Appends a text, in the language that it is in, with arguments for {1} … {9}; what has
   none is left out. */
void language_fill(struct buf *out, const char *text, const char *const *arguments,
                   size_t count);

#endif
