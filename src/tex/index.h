/* Indices: the text and the value of scripts, and names made of them. */
#ifndef GRADTEX_TEX_INDEX_H
#define GRADTEX_TEX_INDEX_H

#include "tex/elaborate.h"

/* How a name was read. */
enum index_reading {
    INDEX_NONE,     /* no such name */
    INDEX_NAME,     /* all scripts are indices */
    INDEX_POWER,    /* the superscript is an exponent */
    INDEX_AMBIGUOUS /* after a diagnostic */
};

/* The value of `3`, `s-1`, `(2)`: sums of integers and bound letters. False, silently, if
 * it has none. */
bool index_integer(const struct bindings *bindings, const struct parse_node *node,
                   long *value);
/* The same, where names may have values as limits. */
bool index_limit(const struct elaborate *context, const struct parse_node *node,
                 long *value);
/* Appends the canonical text of a name with all its scripts as indices; where indices
   stand side by side they are separated by commas if `commas`. False, silently, if a
   script is no index. */
bool index_name(const struct elaborate *context, const struct parse_node *name,
                bool commas, struct buf *canonical);
/* The same without its superscript, which may be a power; only of what is written by
   hand. */
bool index_base(const struct elaborate *context, const struct parse_node *name,
                struct buf *canonical);
/* Reads a name against the scope; `canonical` is the name that exists (without the
 * exponent). */
enum index_reading index_read(const struct elaborate *context,
                              const struct parse_node *name, struct buf *canonical);

#endif
