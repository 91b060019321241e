/* What a document claims: the steps of its chains of equations, found in Markdown, LaTeX
   or plain formulas, not yet read as formulas. */
#ifndef GRADTEX_VERIFY_CLAIMS_H
#define GRADTEX_VERIFY_CLAIMS_H

#include "base/diag.h"
#include "base/source.h"

enum claim_relation {
    CLAIM_EQUAL, /* `=`, `\equiv` */
    CLAIM_APPROX /* `\approx`: the digits that are written agree */
};

/* One step, `left = right`. Spans are of the claims' text; that of a chain's later steps
   has as `left` what is right of the step before. */
struct claim {
    enum claim_relation relation;
    struct span left, right;
    struct span relation_sign;
    uint32_t
        equation; /* of the display or inline formula, counting those with steps from 1 */
    uint32_t member; /* its place among the steps of that display, from 1 */
    uint32_t chain;  /* steps of one chain are neighbours and have the same number */
    bool continues;  /* not the first step of its chain */
    bool is_let; /* `Let x = …` opens a definition, in the formula or the prose before it
                  */
    /* `if i = j`: the formula of the restriction; empty if there is none. */
    struct span condition;
    struct span label; /* the name in `\label{…}` of its row; empty if there is none */
};

/* Something that the reader should know although it is no step: an update, a `\propto`,
   a reference. */
struct claims_reference {
    struct span name; /* in `\ref{…}`, `\eqref{…}` */
    uint32_t before;  /* the number of claims that stand before it */
};

struct claims {
    const struct source *document; /* borrowed; spans are of it as well */
    /* A copy of the document of the same length, in which what formulas are looked
       through for (`&`, `\\`, `\tag{…}`, `\boxed{`, comments, line prefixes such as `> `)
       is blank: a span of it that crosses rows is one formula. */
    struct source text;
    struct claim *items;
    size_t count, capacity;
    struct claims_reference *references;
    size_t reference_count, reference_capacity;
};

/* Reads a document. False with a diagnostic if it cannot be judged as a whole: macros
   with side effects, `\input`, hidden text, an environment, a brace or a dollar that is
   never closed. To be cleared in both cases. */
bool claims_read(struct claims *claims, const struct source *document,
                 struct diags *diags);
void claims_clear(struct claims *claims);

#endif
