/* What indices run through: letters that meet at one position of a name, and the limits
   of their sums, have the same values. For the files of verify/families.h. */
#ifndef GRADTEX_VERIFY_RANGES_H
#define GRADTEX_VERIFY_RANGES_H

#include "verify/families.h"
#include "verify/script.h"

/* A name's sub- and superscript; the latter is empty if it is no index. */
struct name_scripts {
    struct script scripts[2];
    struct buf texts[2];
};

/* Indices of one name. */
struct positions {
    struct families *families;
    const struct occurrence *occurrence;
    const char *other; /* the text of the script that is not looked at */
    int which;         /* 0: the subscript, 1: the superscript */
    size_t step;
};

void ranges_scripts(struct families *families, const struct occurrence *occurrence,
                    struct name_scripts *name);
void ranges_scripts_clear(struct name_scripts *name);
struct positions ranges_positions(struct families *families,
                                  const struct occurrence *occurrence,
                                  struct name_scripts *name, int which, size_t step);

/* The passes that learn from one name: first what definitions say. */
void ranges_see_definition(struct families *families, const struct reading_step *step,
                           const struct occurrence *occurrence);
void ranges_see(struct families *families, const struct reading_step *step,
                const struct occurrence *occurrence);
/* The values of an index: those that its sum says, or its position is limited to, else
   its letter's. */
void ranges_item(struct positions *at, const struct script *script, size_t item,
                 long *first, long *last);

/* Whether an index, when it is not shifted, runs through what its letter does. */
bool ranges_runs_like(struct positions *at, const struct script *script, size_t item);

#endif
