/* What `\text{…}` in a formula means. */
#ifndef GRADTEX_VERIFY_PHRASE_H
#define GRADTEX_VERIFY_PHRASE_H

#include <stdbool.h>
#include <stddef.h>

enum phrase {
    PHRASE_NAME,      /* a part of the formula: `\text{net}_j` */
    PHRASE_REMARK,    /* prose beside it */
    PHRASE_AND,       /* the next equation begins */
    PHRASE_CONDITION, /* `if`: a restriction of the indices follows */
    PHRASE_LET        /* a definition follows */
};

/* Of a text without blanks at its ends. */
enum phrase phrase_of(const char *text, size_t length);

#endif
