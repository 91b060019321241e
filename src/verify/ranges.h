/* What indices run through: letters that meet at one position of a name, and the limits
   of their sums, have the same values. For the files of verify/families.h. */
#ifndef GRADTEX_VERIFY_RANGES_H
#define GRADTEX_VERIFY_RANGES_H

#include "verify/families.h"

/* Indices of one name. */
struct positions {
    struct families *families;
    const struct occurrence *occurrence;
    const char *other; /* the text of the script that is not looked at */
    int which;         /* 0: the subscript, 1: the superscript */
    size_t step;
};

/* The pass that learns from one name. */
void ranges_see(struct families *families, const struct reading_step *step,
                const struct occurrence *occurrence);
/* The class of a letter where the name stands, and the values of a class. */
size_t ranges_letter(struct positions *at, const char *letter);
void ranges_get(struct families *families, size_t class, long *first, long *last);

#endif
