/* The names of a document that has no network: which of their scripts are indices and
   what these run through, which letters are functions. Decided for the whole document,
   from how names are used in it. */
#ifndef GRADTEX_VERIFY_FAMILIES_H
#define GRADTEX_VERIFY_FAMILIES_H

#include "expr/expr.h"
#include "verify/occurrence.h"
#include "verify/reading.h"

/* The names of each step, left side first. */
struct survey {
    struct arena arena;
    struct occurrences names;
    size_t *ends; /* those of step i end before ends[i] */
    size_t step_count;
};

void survey_init(struct survey *survey, const struct reading *reading);
void survey_clear(struct survey *survey);
/* The names of a step: the first, and the end of them. */
size_t survey_begin(const struct survey *survey, size_t step);

struct family_head;
struct family_class;

struct families {
    struct pool *split;           /* heads of two families (verify/split.h); owned */
    struct pool *texts;           /* interns heads, positions and members */
    struct family_head *heads;    /* by text */
    struct family_class *classes; /* of indices with the same values, by text */
    bool *members;                /* by text */
    size_t head_count, class_count, member_count;
    size_t step;      /* whose letters are meant just now */
    bool takes_other; /* numbers of values than a reader would begin with, where they */
    bool has_open;    /* are left open */
};

struct families_how {
    bool takes_other;
    bool has_network; /* which says what names there are */
};

/* Resolves arguments and splits families of two letters in the reading first, and makes
   the survey anew. Indices whose number the document leaves open, as in `\sum_{k=1}^n`,
   have another number of values with `takes_other`. */
void families_init(struct families *families, struct reading *reading,
                   struct survey *survey, struct families_how how);
void families_clear(struct families *families);

/* Whether the document has this name, one of a family included. */
bool families_is_member(const struct families *families, const char *canonical);
bool families_is_function(const struct families *families, const char *head);
/* Whether `y^2` would be a power left of an equation: y stands there, too. */
bool families_is_raised(const struct families *families, const struct parse_node *name);
/* Whether `h'` is a name of its own, which something is differentiated by. */
bool families_is_own(const struct families *families, const struct parse_node *name);
/* Whether what stands in brackets after this name is decoration: `L(y, \hat y)`. */
bool families_is_decorated(const struct families *families, const char *head);
/* Whether a name is of one of two families, and does not say which. */
bool families_is_ambiguous(const struct families *families, const char *canonical);
/* Whether `e^x` is the function, and no name with an index. */
bool families_is_exponential(const struct families *families,
                             const struct parse_node *name);
/* Whether a letter may be an index. */
bool families_is_letter(const struct families *families, const char *letter);
/* The last value of what is written as the limit of a sum. False if none is. */
bool families_limit(const struct families *families, const char *canonical, long *value);

#endif
