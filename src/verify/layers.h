/* The last layer, L, of a document whose layers are numbered by a letter l. */
#ifndef GRADTEX_VERIFY_LAYERS_H
#define GRADTEX_VERIFY_LAYERS_H

#include "verify/families.h"
#include "verify/script.h"

/* The letter of a superscript such as `L`, `L-1` or `l`, or its word; NULL if it has
   none. */
const char *layers_letter(const struct script *sup);
bool layers_is_capital(const char *letter);

/* Puts a number for L where names have an l in the same place: `a^L` is then one of the
   `a^l`. Whether anything has changed: then the survey has to be made anew. */
bool layers_resolve(struct reading *reading, const struct survey *survey);

#endif
