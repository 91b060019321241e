/* How a whole is written once its parts are: brackets, signs and the order of factors. */
#ifndef GRADTEX_TELL_COMPOSE_H
#define GRADTEX_TELL_COMPOSE_H

#include "tell/typeset.h"

/* How loosely a formula hangs together, from loose to tight. */
enum binding_level {
    LEVEL_SUM,
    LEVEL_OPERATOR, /* `d/dw f`: takes in what follows */
    LEVEL_SLASH,    /* `(a)/(b)`: no factor may follow */
    LEVEL_PRODUCT,
    LEVEL_FRACTION,
    LEVEL_POWER,
    LEVEL_ATOM
};

struct piece {
    struct formula *formula;
    enum binding_level level;
    bool
        minus; /* begins with a minus sign; if no sum, it is a row of that and the rest */
    bool digit; /* begins with a digit */
};

/* `parts` are those of `e`, in its order. */
struct piece compose(const struct typeset *typeset, expr_id e, const struct piece *parts);
/* The piece as part of a path. */
struct piece compose_mark(const struct typeset *typeset, struct piece piece,
                          unsigned path);
/* A numbered blank for the piece: around it stand the brackets, dots and spaces that the
   piece would have, so that the piece fits in as it is. */
struct piece compose_blank(const struct typeset *typeset, struct piece piece,
                           unsigned number);

#endif
