/* A claim with free indices, `\delta_k = y_k - t_k`, is the claim for every value of
   them: all values for which its names exist. */
#ifndef GRADTEX_VERIFY_INSTANCES_H
#define GRADTEX_VERIFY_INSTANCES_H

#include "tex/elaborate.h"
#include "verify/occurrence.h"

struct instances_letter {
    const char *text;
    bool is_in[2]; /* the first, the second tree */
    bool is_limit; /* the n of `x_n + \sum_{i=1}^{n-1} x_i`: it has one value */
    long value;
};

struct instances {
    const struct elaborate *context;
    struct arena arena;
    struct occurrences names;
    const struct parse_node *condition; /* `i = j`; NULL: none */
    struct instances_letter *letters;   /* the free ones */
    size_t letter_count;
};

enum instances_end {
    INSTANCES_DONE,
    INSTANCES_NONE,     /* there is no value of `letter` for which the names exist */
    INSTANCES_MANY,     /* more than INSTANCES_MOST */
    INSTANCES_CONDITION /* the condition is not understood */
};

enum { INSTANCES_MOST = 512 };

/* Whether a letter may be an index. */
typedef bool instances_is_letter(void *context, const char *letter);

/* The context's bindings are those that hold around the claim; its diagnostics take what
   is said of names that are tried. */
void instances_init(struct instances *instances, const struct elaborate *context,
                    const struct parse_node *const trees[2],
                    const struct parse_node *condition, instances_is_letter *is_letter,
                    void *is_letter_context);
void instances_clear(struct instances *instances);
/* Calls `take` with the bindings set, for every instance, in order; it returns false to
   stop. */
enum instances_end instances_run(struct instances *instances, bool (*take)(void *context),
                                 void *context);

#endif
