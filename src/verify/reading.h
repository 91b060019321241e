/* The formulas of a document's claims, parsed. */
#ifndef GRADTEX_VERIFY_READING_H
#define GRADTEX_VERIFY_READING_H

#include "base/arena.h"
#include "base/budget.h"
#include "tex/parse.h"
#include "verify/claims.h"

struct reading_step {
    const struct claim *claim;
    const struct parse_node *left, *right; /* NULL: not read */
    const struct parse_node *condition;    /* NULL: none */
    struct diags diags;                    /* why a side was not read */
};

struct reading {
    const struct claims *claims; /* borrowed */
    struct arena arena;
    struct reading_step *steps; /* one a claim */
    size_t count;
};

void reading_init(struct reading *reading, const struct claims *claims,
                  const struct budget *budget);
void reading_clear(struct reading *reading);

/* Points diagnostics about the masked text at the document that it stands for. */
void reading_place(const struct reading *reading, struct diags *diags);

#endif
