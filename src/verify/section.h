/* Steps of a document that share one set of definitions, and their sides as expressions.
 */
#ifndef GRADTEX_VERIFY_SECTION_H
#define GRADTEX_VERIFY_SECTION_H

#include "prove/prove.h"
#include "verify/instances.h"
#include "verify/nowhere.h"
#include "verify/scope.h"

enum claim_role {
    ROLE_CLAIM,
    ROLE_DEFINITION,
    ROLE_NAMING,
    ROLE_UNREAD /* `diags` say why */
};

/* One instance of a step: what its chain began with, and its right side. */
struct pair {
    expr_id base, member;
};

struct judged {
    const struct reading_step *step;
    size_t base; /* the step whose left side the right side is compared with */
    enum claim_role role;
    struct pair *pairs;
    size_t pair_count, pair_capacity;
    struct diags diags;
    bool is_one_sided; /* an index is free on one side only */
    enum verdict verdict;
    struct proof proof; /* of the pair `decided` */
    size_t decided;
    long carried_from; /* index of a step, or -1 */
    char *condition;   /* under which it is true; NULL: none */
};

/* Whether the document gives values to names: `x = 2`. */
enum section_example { EXAMPLE_UNKNOWN, EXAMPLE_NONE, EXAMPLE_GIVEN };

struct section {
    const struct reading *reading;
    const struct budget *budget;
    uint64_t seed;
    struct verify_scope *scope; /* borrowed */
    size_t first, end;          /* of the reading's steps */
    struct judged *steps;       /* all of the reading's; borrowed */
    /* What the document defines, by symbol; 0: nothing. Borrowed: the next section begins
       with them. */
    struct section_value *values;
    size_t value_count;
    size_t number; /* of the section */
    struct defs defs;
    struct prover *prover;
    struct nowhere nowhere;
    uint64_t elaborated; /* steps that elaborate took */
    enum section_example example;
    bool marks_totals;        /* for elaborate */
    size_t looked_for_totals; /* number of the section of which `has_totals` tells */
    bool has_totals;
};

struct section_value {
    expr_id value;
    size_t section, step; /* where it was defined */
};

struct judged *judged_new(const struct reading *reading);
void judged_free(struct judged *steps, size_t count);

/* The definition of a symbol by the document or the network, 0 if there is none. */
expr_id section_definition(struct section *section, expr_id symbol);
void section_define(struct section *section, expr_id symbol, expr_id value, size_t step);
/* A prover for the section's definitions, to which what the network assumes is granted.
 */
struct prover *section_prover(struct section *section);
/* Makes `defs` and a prover for the definitions known now. */
void section_open(struct section *section);
void section_close(struct section *section);
/* Turns the sides of a step into expressions, for every value of its free indices. */
void section_elaborate(struct section *section, size_t step);
/* The same of a step that was read, with what is written with d marked as total, into
   other pairs. */
void section_mark_totals(struct section *section, struct judged *other);
/* The context in which elaborate reads a step's formulas. */
struct elaborate section_context(struct section *section, struct bindings *bindings,
                                 struct diags *diags);

/* What documents tell of expressions: whether one holds a derivative, total or local;
   whether something is differentiated by a symbol; whether two are proved to be equal
   with the definitions known so far. */
bool section_holds_derivative(const struct section *section, expr_id e);
bool section_differentiates_by(const struct section *section, expr_id symbol);
bool section_proves(struct section *section, expr_id left, expr_id right);
/* Whether a symbol stands in an expression, or through definitions in what it hangs on.
 */
bool section_hangs_on(struct section *section, expr_id e, expr_id symbol);

#endif
