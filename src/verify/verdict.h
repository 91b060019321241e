/* What `verify` says, as data: no sentence stands here; reasons are diagnostics. */
#ifndef GRADTEX_VERIFY_VERDICT_H
#define GRADTEX_VERIFY_VERDICT_H

#include "base/diag.h"
#include "base/source.h"

enum step_verdict {
    STEP_DEFINITION, /* introduces a name, or repeats what it is */
    STEP_NAMING,     /* gives a name to a derivative */
    STEP_PROVED,     /* equal for all values */
    STEP_REFUTED,    /* not equal, with a counterexample: a mistake of its own */
    STEP_CARRIED,    /* not equal, but it follows from a false step before it */
    STEP_PROBABLE,   /* equal at random points; `bound` */
    STEP_UNDECIDED,  /* with a reason */
    STEP_UNCHECKED   /* not read, with a reason */
};

enum { STEP_VERDICTS = STEP_UNCHECKED + 1 };

/* `x_1 = 2`: name in canonical form (base/name.h; with `(2)` after it for an arbitrary
   function applied to a number), value as exact fraction or decimal. */
struct step_value {
    char *name, *value;
};

struct counterexample {
    struct step_value *values; /* of what matters, in order of appearance */
    size_t count;
    /* Both sides there, and left - right; exact, or decimals after which `≈` is to be
       understood. NULL: that side has no value there. */
    char *left, *right, *difference;
    bool is_left_rounded, is_right_rounded;
};

/* Why a line went wrong, when one edit gives the line exactly. */
enum repair_kind {
    REPAIR_OTHER, /* no reason is named */
    REPAIR_INDEX, /* another index: `w_{21}` for `w_{31}` */
    REPAIR_NAME,  /* another name */
    REPAIR_SIGN,
    REPAIR_FACTOR_LOST,
    REPAIR_FACTOR_EXTRA,
    REPAIR_TERM_LOST, /* a path was dropped */
    REPAIR_TERM_EXTRA,
    REPAIR_PRIME_LOST, /* f for f' */
    REPAIR_PRIME_EXTRA,
    REPAIR_ARGUMENT, /* f' of the wrong pre-activation */
    REPAIR_EXPONENT,
    REPAIR_CONSTANT /* a constant factor */
};

/* Replace what stands in `span` of the document by `after`. */
struct repair {
    enum repair_kind kind;
    struct span span;
    char *before, *after; /* LaTeX; `before` is empty if something is put in */
};

enum { STEP_REPAIRS = 3, STEP_NONE = -1 };

struct verified_step {
    size_t document;  /* in verification.documents */
    struct span span; /* from the left side's begin to the right side's end */
    struct span left, right;
    uint32_t equation, member;
    enum step_verdict verdict;
    long carried_from;    /* index of the step that is false, or STEP_NONE */
    unsigned bound;       /* probable: false with probability below 2^-bound */
    struct diags reasons; /* why undecided or not read, and remarks; may be empty */
    bool is_nowhere;      /* refuted: a side is defined for no values */
    char *condition;      /* LaTeX: under which the step is true; NULL: none */
    char *reading;        /* plain text: how both sides were read (`--explain`); NULL */
    struct counterexample *counterexample; /* NULL: none */
    char *path; /* canonical names of a path that was dropped: `w_{1} \to h_{1} \to E`;
                   NULL */
    struct repair repairs[STEP_REPAIRS];
    size_t repair_count;
};

/* The same constant factor in every line: another convention for the error or the update,
   said once. */
struct convention {
    char *factor;        /* LaTeX: `2`, `\frac{1}{2}`, `-1` */
    size_t first, count; /* the first such step, and how many */
};

struct verified_document {
    struct source source; /* the document */
    bool is_read;         /* false: the diagnostics say why it cannot be judged */
    struct diags diags;   /* errors of the document, and warnings (--strict) */
    size_t warning_count;
    struct convention *conventions;
    size_t convention_count;
};

struct verification {
    struct verified_document *documents;
    size_t document_count;
    struct verified_step *steps; /* by document, in order */
    size_t step_count, step_capacity;
};

void verification_init(struct verification *verification);
void verification_clear(struct verification *verification);
/* A new step at the end, without verdict. Borrowed until the next one. */
struct verified_step *verification_add(struct verification *verification);
size_t verification_count(const struct verification *verification,
                          enum step_verdict verdict);

/* The steps of one document: [first, end). */
struct step_range {
    size_t first, end;
};

struct step_range verification_range(const struct verification *verification,
                                     size_t document);
/* How many of these steps have each verdict. */
void verification_tally(const struct verification *verification, struct step_range range,
                        size_t counts[STEP_VERDICTS]);
/* The exit status that one document stands for: OK, FALSE, UNDECIDED, or that of its
   errors. With `is_strict` a warning is as bad as a false step. */
enum status verification_status(const struct verification *verification, size_t document,
                                bool is_strict);
/* The worse of two exit statuses of documents: broken off, 4, 1, 3, 0. */
enum status status_worse(enum status a, enum status b);
/* Takes away what gives a repair away: whoever looks for the mistake is to find it. */
void verification_hint(struct verification *verification);

/* Where a step stands: both sides, or where the right one is on a later line, that one
   alone. */
struct place step_place(const struct verification *verification,
                        const struct verified_step *step);
/* The line that people call the step's. */
uint32_t step_line(const struct verification *verification,
                   const struct verified_step *step);

/* The words that machine formats use: `proved`, `factor-lost`. */
const char *step_verdict_word(enum step_verdict verdict);
const char *repair_kind_word(enum repair_kind kind);

#endif
