/* Words of a table. */
#ifndef GRADTEX_BASE_WORD_H
#define GRADTEX_BASE_WORD_H

#include <stdbool.h>
#include <string.h>

/* Whether a stretch of a text is the word. */
static inline bool word_is(const char *word, const char *text, size_t length)
{
    return strncmp(word, text, length) == 0 && word[length] == '\0';
}

#endif
