/* The inside of repairs: one wrong side, the edits that are tried on it, and the words
   that they put in. For the files repair*.c alone. */
#ifndef GRADTEX_VERIFY_REPAIR_PARTS_H
#define GRADTEX_VERIFY_REPAIR_PARTS_H

#include "tex/index.h"
#include "verify/section.h"
#include "verify/spots.h"
#include "verify/verdict.h"

/* How to tell in one look whether an edit makes the side right: what the value at its
   spot becomes. */
enum edit_test {
    EDIT_PUT,     /* that of `expression` */
    EDIT_TIMES,   /* its value times that of `expression` */
    EDIT_PLUS,    /* its value plus that of `expression` */
    EDIT_ONE,     /* 1 */
    EDIT_ZERO,    /* 0 */
    EDIT_NEGATIVE /* minus its value */
};

/* What stands in `span` replaced by `after`. */
struct edit {
    enum repair_kind kind;
    struct span span;
    const char *after;
    const char *path; /* NULL: it is no path that was dropped */
    size_t spot;
    enum edit_test test;
    expr_id expression; /* 0: the test needs none */
};

/* Something that an edit may put in. */
struct word {
    const char *text; /* LaTeX */
    expr_id expression;
    const char *path; /* that it is a part of; NULL */
    bool is_near;     /* it stands in the line itself */
    bool is_bound;    /* it has an index that a sum of the line binds */
    bool is_sum;      /* brackets are needed where it is a factor */
};

struct words {
    struct word *items;
    size_t count, capacity;
};

enum { REPAIR_LETTERS = 16 };

struct repairing {
    struct section *section;
    const struct judged *judged;
    const struct parse_node *tree, *other; /* the side that is edited, the other side */
    struct span side;                      /* of the first */
    bool is_left;
    const char *text; /* the masked document */
    struct arena arena;
    struct bindings bindings;
    struct diags tried;
    uint64_t steps;
    struct elaborate context;
    struct spots spots;
    const char *letters[REPAIR_LETTERS]; /* indices of the line */
    size_t letter_count;
    struct words names, factors, terms, constants;
    struct edit *edits;
    size_t edit_count, edit_capacity;
};

/* --- repair_try.c --- */

/* Parses a text; the tree lives as long as the repairing. NULL if it is no formula. */
const struct parse_node *repair_parse(struct repairing *r, const char *text,
                                      size_t length, struct source *source);
/* Elaborates a text where the bindings hold; 0 if it has no value. */
expr_id repair_read(struct repairing *r, const char *text);
/* Notes an edit. What stands at no place is read: the whole place with the edit made. */
void repair_try(struct repairing *r, struct edit edit);
/* Whether what was tried so far is not too much to be looked at. */
bool repair_is_affordable(const struct repairing *r);
/* Keeps the edits that make the deciding instance right at a random point. */
void repair_filter(struct repairing *r);
const char *repair_format(struct repairing *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A copy of the masked text, and with a part of it replaced. */
const char *repair_copy(struct repairing *r, struct span span);
const char *repair_replaced(struct repairing *r, struct span span, struct span part,
                            const char *after);

/* --- repair_words.c --- */

/* Fills letters, names, factors, terms and constants. */
void repair_words(struct repairing *r);
/* The reading of a name; letters that sums bind are 1. */
enum index_reading repair_read_name(struct repairing *r, const struct parse_node *name,
                                    struct buf *canonical);

/* Whether it may be put in at a spot. */
bool repair_fits(const struct spot *spot, const struct word *word);

/* --- repair_names.c, repair_edits.c: the edits at one spot --- */

void repair_edit_name(struct repairing *r, size_t spot);
void repair_edit_spot(struct repairing *r, size_t spot);

#endif
