/* Expressions to formulas: the one place that decides brackets, signs, scripts and line
   breaks. */
#ifndef GRADTEX_TELL_TYPESET_H
#define GRADTEX_TELL_TYPESET_H

#include "doc/doc.h"
#include "expr/site.h"
#include "net/network.h"

/* What part of an expression belongs to which path (colour), or is left blank. */
struct mark {
    struct site site;
    unsigned path;
    unsigned blank; /* its number, from 1; 0: the part is written */
};

struct typeset {
    struct arena *arena;
    struct network
        *network; /* for the sign of derivatives and for names that look like powers */
    struct pool *pool;   /* of the expressions; the network's, if there is one */
    uint64_t max_terms;  /* sums with more terms are written by their first two and last
                            terms */
    unsigned line_width; /* tenths of an em that a formula may take, see formula_width */
    /* Whether a local derivative needs its bar (other paths lead from part 1 to part 0);
       may be NULL. */
    bool (*needs_bar)(void *context, expr_id local);
    /* The symbols held, for the bar: appended to `held`; may be NULL. */
    void (*held)(void *context, expr_id local, struct formula *row);
    void *context;
};

/* A page of 160 mm at 11 points, with room for the number of the equation. */
enum { TYPESET_LINE_WIDTH = 385, TYPESET_MAX_TERMS = 64 };

void typeset_init(struct typeset *typeset, struct arena *arena, struct network *network);
struct formula *typeset_expression(const struct typeset *typeset, expr_id e);
/* With parts marked; the marks are for this expression, in any order, sites distinct. */
struct formula *typeset_marked(const struct typeset *typeset, expr_id e,
                               const struct mark *marks, size_t count);
struct formula *typeset_node(const struct typeset *typeset, node_id node);
/* The sign of derivatives. */
struct formula *typeset_partial(const struct typeset *typeset);
/* A bracket whose shape and size suit what it encloses. */
struct formula *typeset_bracket(const struct typeset *typeset, struct formula *inner);
/* Breaks a right side at its + and - (inside brackets and between factors where it must)
   into rows that fit; the first keeps the relation, the others continue. `left` may be
   NULL. Answers the first row, for its number and reason. */
struct row *typeset_rows(const struct typeset *typeset, struct doc *doc,
                         struct block *block, struct formula *left, const char *relation,
                         struct formula *right);

#endif
