/* A formula as it will be seen: about ten presentation nodes. Brackets, signs, scripts and line breaks are
   already settled; a writer only prints. */
#ifndef GRADTEX_DOC_FORMULA_H
#define GRADTEX_DOC_FORMULA_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum formula_kind {
    FORMULA_NAME,     /* text: a canonical name */
    FORMULA_NUMBER,   /* text: digits */
    FORMULA_SIGN,     /* text: one of `+ - = \cdot , : \neq \in \to \approx \partial \delta d \cdots \prod` */
    FORMULA_ROW,      /* parts side by side */
    FORMULA_FRACTION, /* numerator, denominator; `size` 0 is a small one (1/2 in text size) */
    FORMULA_BRACKET,  /* one part; text is `(`, `[` or `\{`; `size` 0 plain … 4, as \big … \Bigg */
    FORMULA_POWER,    /* base, exponent */
    FORMULA_BIG,      /* text `\sum` or `\prod`; lower, upper (may be NULL) */
    FORMULA_BAR,      /* \left. part \right|_{second} */
    FORMULA_MARK,     /* one part, that belongs to path number `size` */
    FORMULA_TEXT      /* words inside a formula */
};

struct formula {
    enum formula_kind kind;
    const char *text;
    struct formula **parts;
    size_t count;
    unsigned size;
};

/* All storage is the arena's; texts are copied. */
struct formula *formula_text(struct arena *arena, enum formula_kind kind, const char *text);
struct formula *formula_make(struct arena *arena, enum formula_kind kind, const char *text,
                             struct formula **parts, size_t count, unsigned size);
/* A row that grows. */
struct formula *formula_row(struct arena *arena);
void formula_append(struct arena *arena, struct formula *row, struct formula *part);

/* Width in tenths of an em at text size, as TeX would set it, for line breaks. */
unsigned formula_width(const struct formula *formula);

#endif
