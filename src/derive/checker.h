/* A check under way: for check.c and piecewise.c alone. */
#ifndef GRADTEX_DERIVE_CHECKER_H
#define GRADTEX_DERIVE_CHECKER_H

#include "base/budget.h"
#include "base/diag.h"
#include "derive/derivation.h"

struct checker {
    struct derivation *derivation;
    struct pool *pool;
    struct prover *prover;
    const struct budget *budget;
    struct diags *diags;
    struct lemma *lemmas; /* of the proof under way */
    size_t lemma_count;
    enum verdict worst; /* of the proofs since it was last set */
    unsigned bound;
    bool is_nowhere;    /* of the last proof: a side is defined nowhere */
    const char *reason; /* of the last proof, if it was not decided */
};

/* A number or a symbol on the right says nothing that the definitions do not say as
 * shortly. */
void checker_add_lemma(struct checker *checker, expr_id left, expr_id right);
/* Proves one equality with the lemmas and keeps the worst verdict; false if it is neither
   proved nor probable. */
bool checker_proved(struct checker *checker, expr_id left, expr_id right);

/* piecewise.c: the same step proved by parts, where the whole is too large to be
   multiplied out: site by site, or a chain rule node by node. False if that does not
   prove it exactly. */
bool piecewise_proved(struct checker *checker, const struct step *step, expr_id before);

/* Node after node of a graph from `by` on: d(v)/d(by) = sum of factor * d(u)/d(by), the
   earlier derivatives being unknowns, is proved. `parts` are those of form_shared. */
bool piecewise_proved_nodes(struct checker *checker, struct graph *graph,
                            const expr_id *parts);

/* An expression with local derivatives is proved to be one with labels: first each local
   derivative to be its label, without the lemmas, then, with those put in, the rest. */
bool piecewise_proved_labels(struct checker *checker, struct graph *graph,
                             expr_id fractions, expr_id labels);

#endif
