/* Where names stand in a formula: under which sums, applied or bare, above or below in a
   derivative. */
#ifndef GRADTEX_VERIFY_OCCURRENCE_H
#define GRADTEX_VERIFY_OCCURRENCE_H

#include "tex/parse.h"

/* A letter that a sum or product binds, and what binds it further out. */
struct binder {
    const char *letter;
    const struct parse_node *big;
    const struct binder *outer;
};

enum occurrence_place {
    OCCURRENCE_PLAIN,
    OCCURRENCE_ABOVE, /* what is differentiated, as a bare name */
    OCCURRENCE_BELOW  /* by what */
};

struct occurrence {
    const struct parse_node *name;
    const struct binder *binders;
    const struct occurrence *base;      /* the name whose superscript this stands in */
    const struct parse_node *arguments; /* the bracket after it; NULL: bare */
    enum occurrence_place place;
};

struct occurrences {
    struct occurrence **items;
    size_t count, capacity;
    struct arena *arena; /* borrowed; holds the items and binders */
};

/* Appends the names of a formula, in order; indices are no names, but what stands in
   superscripts may be. */
void occurrences_collect(struct occurrences *occurrences, const struct parse_node *tree);
void occurrences_clear(struct occurrences *occurrences);

const struct binder *binder_find(const struct binder *binders, const char *letter);

#endif
