/* Words of the command line and names of arrays: names without braces, in Unicode or
   LaTeX, taken apart. */
#ifndef GRADTEX_NET_WORD_H
#define GRADTEX_NET_WORD_H

#include "base/buf.h"

#include <stdbool.h>

/* The texts are owned. */
struct word {
    struct buf head, sub, sup;
    bool has_sub, has_sup;
};

void word_init(struct word *word);
void word_clear(struct word *word);
/* False if the text is no name. The word is to be cleared in both cases. */
bool word_read(const char *text, struct word *word);
/* Appends the canonical name. */
void word_write(const struct word *word, struct buf *out);
/* `delta_1` becomes `\delta_1`, as shells eat backslashes; false if the head is no Greek
   letter. */
bool word_spell_greek(struct word *word);
/* Whether a name has the head and the scripts that the word has. */
bool word_is_completed(const struct word *word, const char *canonical);

#endif
