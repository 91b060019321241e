/* Another convention for the error or the update: the false steps of a document are all
   true up to one and the same constant factor. */
#ifndef GRADTEX_VERIFY_CONVENTION_H
#define GRADTEX_VERIFY_CONVENTION_H

#include "verify/section.h"
#include "verify/verdict.h"

/* The factors that are tried. */
enum { CONVENTION_FACTORS = 16 };

struct convention_search {
    bool is_possible[CONVENTION_FACTORS];
    size_t count; /* false chains seen */
    expr_id last; /* the left side of the one before */
};

void convention_begin(struct convention_search *search);
/* With the section open, of each step of the document: a false one drops the factors that
   do not make it true, and a true gradient all of them. */
void convention_see(struct convention_search *search, struct section *section,
                    size_t step);
/* When all steps of the document are told, the last of the verification from `first` on:
   if one factor is left for two or more false steps, the first of them stays refuted and
   the others are carried from it. */
void convention_tell(const struct convention_search *search,
                     struct verification *verification, size_t document, size_t first);

#endif
