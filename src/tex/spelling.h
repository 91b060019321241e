/* How tokens are spelt: LaTeX commands, characters of Unicode, words. */
#ifndef GRADTEX_TEX_SPELLING_H
#define GRADTEX_TEX_SPELLING_H

#include "tex/lex.h"

struct spelling {
    const char *name;
    enum token_kind kind;
    const char *text; /* canonical */
};

/* Each is NULL if there is none. Commands are without their backslash. */
const struct spelling *spelling_command(const char *text, size_t length);
const struct spelling *spelling_character(const char *text, size_t length);
/* A character that is a script by itself. */
const struct spelling *spelling_script(const char *text, size_t length);
/* A function by its word; an error kind. */
const char *spelling_word(const char *text, size_t length);
const char *spelling_keyword(const char *text, size_t length);
/* The known command that is spelt most like this one. */
const char *spelling_nearest(const char *name);

#endif
