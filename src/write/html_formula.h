/* Formulas as MathML Core. */
#ifndef GRADTEX_WRITE_HTML_FORMULA_H
#define GRADTEX_WRITE_HTML_FORMULA_H

#include "base/buf.h"
#include "doc/formula.h"

#include <stdint.h>

/* One `math` element. `relation` (NULL for none) stands before the formula; `is_display`
   sets fractions and sums large. Terms that belong to a path have the class `p` with its
   number and can be focused. The numbers that occur are added to `paths`, a bit each. */
void html_formula(const struct formula *formula, const char *relation, bool is_display,
                  uint64_t *paths, struct buf *out);

#endif
