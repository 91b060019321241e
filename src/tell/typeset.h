/* Expressions to formulas: the one place that decides brackets, signs, scripts and line breaks. */
#ifndef GRADTEX_TELL_TYPESET_H
#define GRADTEX_TELL_TYPESET_H

#include "doc/doc.h"
#include "expr/site.h"
#include "net/network.h"

/* What part of an expression belongs to which path (colour). */
struct mark {
    struct site site;
    unsigned path;
};

struct typeset {
    struct arena *arena;
    struct network *network; /* for the sign of derivatives and for names that look like powers */
    uint64_t max_terms;      /* sums with more terms are written by their first two and last terms */
    unsigned line_width;     /* tenths of an em that a formula may take, see formula_width */
    /* Whether a local derivative needs its bar (other paths lead from part 1 to part 0); may be NULL. */
    bool (*needs_bar)(void *context, expr_id local);
    /* The symbols held, for the bar: appended to `held`; may be NULL. */
    void (*held)(void *context, expr_id local, struct formula *row);
    void *context;
};

void typeset_init(struct typeset *typeset, struct arena *arena, struct network *network);
struct formula *typeset_expression(const struct typeset *typeset, expr_id e);
/* With parts marked; the marks are for this expression. */
struct formula *typeset_marked(const struct typeset *typeset, expr_id e, const struct mark *marks,
                               size_t count);
struct formula *typeset_node(const struct typeset *typeset, node_id node);
/* Breaks a right side at its + and - into rows that fit; the first keeps the relation, the others
   continue. `used` is the width of the left side. */
void typeset_rows(const struct typeset *typeset, struct doc *doc, struct block *block,
                  struct formula *left, const char *relation, struct formula *right);

#endif
