/* Names as on paper: a head with an optional subscript and superscript that are indices.

   The canonical text of a name is its head, then `_{…}`, then `^{…}`, each only if
   present, without blanks: `w_{11}^{2}`, `\hat{y}_{1}`, `a_{j}^{[1](i)}`, `net_{h1}`,
   `\delta_{1}`. Two names are the same if and only if their canonical texts are. */
#ifndef GRADTEX_BASE_NAME_H
#define GRADTEX_BASE_NAME_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

/* Slices of a canonical text, borrowed; an absent script has length 0. */
struct name {
    const char *head, *sub, *sup;
    size_t head_length, sub_length, sup_length;
};

/* Takes a canonical text apart. False if the text is not canonical. */
bool name_split(struct name *name, const char *canonical);
void name_join(struct buf *out, const struct name *name);

/* Ways to write a canonical name: LaTeX with the fewest braces (`w_{11}^2`; word heads
   upright: `\mathrm{net}_{h1}`), Unicode (`w₁₁²`, `w_{1,11}²` where there is no such
   character), the plain form of the command line (`w_11^2`, `w_1,11^2`), and an
   identifier (`w_11__2`, `w_1_1__2`). */
void name_latex(struct buf *out, const char *canonical);
void name_unicode(struct buf *out, const char *canonical);
void name_plain(struct buf *out, const char *canonical);
void name_identifier(struct buf *out, const char *canonical);

/* The parts of a name in Unicode, for formats that set scripts themselves; an absent
   script is empty. */
void name_parts(const char *canonical, struct buf *head, struct buf *sub,
                struct buf *sup);

/* Greek letters: `\delta` <-> "δ". NULL if unknown. */
const char *name_greek_to_unicode(const char *command, size_t length);
const char *name_greek_from_unicode(const char *utf8, size_t length);

#endif
