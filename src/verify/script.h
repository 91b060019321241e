/* The indices in a script of a name, side by side: `{ij}`, `{1,2}`, `{(l+1)}`, `{h1}`. */
#ifndef GRADTEX_VERIFY_SCRIPT_H
#define GRADTEX_VERIFY_SCRIPT_H

#include "tex/elaborate.h"

enum script_kind {
    SCRIPT_NUMBER, /* `value` */
    SCRIPT_LETTER, /* one letter, plus `value` */
    SCRIPT_LABEL   /* anything else, as it is written */
};

struct script_item {
    enum script_kind kind;
    char letter[8]; /* UTF-8 or a command too long to be one is a label */
    long value;
    const char *text; /* of numbers and labels; NULL if it has none */
};

enum { SCRIPT_ITEMS = 8 };

struct script {
    struct script_item items[SCRIPT_ITEMS];
    size_t count;
    bool is_bracketed; /* `^{(2)}`, `^{[l]}`, marks: never an exponent */
    bool has_sign;     /* at its beginning: `^{-1}` */
    bool is_other;     /* too long, or no indices at all */
};

/* Of the subscript or superscript of a name; without items if it has none. */
void script_read(struct script *script, const struct parse_node *name,
                 enum parse_kind kind);

/* Appends the canonical text of a name with all its scripts as indices, for these values
   of letters. False, silently, if a script is no index. */
bool script_name(struct bindings *bindings, const struct parse_node *name,
                 struct buf *canonical);

#endif
