/* A formula as it will be seen: about ten presentation nodes. Brackets, signs, scripts
   and line breaks are already settled; a writer only prints. Formulas may share their
   parts. */
#ifndef GRADTEX_DOC_FORMULA_H
#define GRADTEX_DOC_FORMULA_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum formula_kind {
    FORMULA_NAME,     /* text: a canonical name */
    FORMULA_NUMBER,   /* text: digits */
    FORMULA_SIGN,     /* text: one that formula_sign knows */
    FORMULA_ROW,      /* parts side by side */
    FORMULA_FRACTION, /* numerator, denominator; `size` 0 is a small one (1/2 in text
                         size) */
    FORMULA_BRACKET,  /* one part; text is `(`, `[`, `|` or `\{`; `size` 0 plain … 4, as
                         \big …  \Bigg */
    FORMULA_OPEN,     /* half a bracket, where a line ends inside it */
    FORMULA_CLOSE,    /* the other half; text is that of the opening one; a part is an
                         exponent */
    FORMULA_POWER,    /* base, exponent */
    FORMULA_BIG,      /* text `\sum` or `\prod`; lower, upper (may be NULL) */
    FORMULA_BAR,      /* \left. part \right|_{second} */
    FORMULA_CALL,     /* a function, and its argument with its bracket, if it has one */
    FORMULA_ROOT,     /* of one part */
    FORMULA_MARK, /* one part, that belongs to path number `size`, see FORMULA_PATHS */
    FORMULA_TEXT, /* words inside a formula */
    FORMULA_BLANK /* room to fill something in; text: its number */
};

/* Path k to output o has the number o FORMULA_PATHS + k, in formulas and in figures, and
   the colour k; more paths to an output, or more outputs, are not told apart. */
enum { FORMULA_PATHS = 6, FORMULA_OUTPUTS = 10 };

struct formula {
    enum formula_kind kind;
    const char *text;
    struct formula **parts;
    size_t count;
    unsigned size;
    /* Worked out from the parts. The height is that of the bracket (`size`) that would
       enclose the formula; nesting counts the brackets inside each other. */
    unsigned width, height, nesting;
};

/* How a sign stands between its neighbours. */
enum sign_class {
    SIGN_ORDINARY, /* as a letter: \cdots */
    SIGN_PREFIX,   /* bound to what follows: \partial */
    SIGN_BINARY,
    SIGN_RELATION,
    SIGN_COMMA,
    SIGN_SPACE /* `\,` */
};

struct formula_sign {
    const char *text, *unicode;
    enum sign_class class;
    unsigned width;
};

/* NULL if the text is no sign. */
const struct formula_sign *formula_sign(const char *text);

/* All storage is the arena's; texts and the list of parts are copied. */
struct formula *formula_text(struct arena *arena, enum formula_kind kind,
                             const char *text);
struct formula *formula_make(struct arena *arena, enum formula_kind kind,
                             const char *text, struct formula *const *parts, size_t count,
                             unsigned size);
/* A row that grows; it must be complete before it is put into another formula. */
struct formula *formula_row(struct arena *arena);
void formula_append(struct arena *arena, struct formula *row, struct formula *part);

/* Width in tenths of an em at text size, as TeX would set it, for line breaks. */
unsigned formula_width(const struct formula *formula);
/* Whether two formulas would be written alike. */
bool formula_looks_like(const struct formula *a, const struct formula *b);
/* Whether this is the sign with that text. */
bool formula_is_sign(const struct formula *formula, const char *text);

/* A walk through a formula without recursion. Each step is a place in a formula: before
   its part `index`, or after the last one if `index` is its count; a formula without
   parts has one step. */
struct formula_step {
    const struct formula *formula;
    size_t index;
};

struct formula_walk {
    struct formula_step *stack; /* the steps last given, from the root */
    size_t depth, capacity;
    bool started;
};

void formula_walk_init(struct formula_walk *walk, const struct formula *formula);
void formula_walk_clear(struct formula_walk *walk);
/* False after the last step. */
bool formula_walk_next(struct formula_walk *walk, struct formula_step *step);
/* The parts that have not been entered, and the step after the last, are passed over. */
void formula_walk_skip(struct formula_walk *walk);
/* The formula around the one of the last step, and the place in it; NULL at the root. */
const struct formula *formula_walk_parent(const struct formula_walk *walk, size_t *index);

#endif
