/* Exercises on a network, and their answers: each was proved, counted or computed before
   anybody sees the question. */
#ifndef GRADTEX_EXERCISE_EXERCISE_H
#define GRADTEX_EXERCISE_EXERCISE_H

#include "base/budget.h"
#include "base/diag.h"
#include "eval/enclosure.h"
#include "expr/site.h"
#include "net/network.h"
#include "verify/verdict.h"

enum exercise_kind {
    EXERCISE_DERIVE,  /* the derivative by a parameter, as a sum over paths */
    EXERCISE_BLANKS,  /* a derivation in which parts are left out */
    EXERCISE_PATHS,   /* how many paths there are, and which */
    EXERCISE_MISTAKE, /* a derivation with one false step */
    EXERCISE_COMPUTE, /* forward pass, error and a derivative in small numbers */
    EXERCISE_KINDS
};

/* What became of the sum over paths. */
enum exercise_form {
    FORM_SUM,     /* it stands as it is */
    FORM_SHORTER, /* terms got shorter by themselves */
    FORM_FACTORED /* common factors of its terms were taken out */
};

/* left = sides[0] = sides[1] = … */
struct exercise_lines {
    expr_id left;
    expr_id *sides;
    size_t count;
};

/* A part that is left out; the answer is the part. Equal parts have the same number, from
   1. */
struct exercise_blank {
    unsigned number;
    size_t line;
    struct site site;
    expr_id part;
};

/* From the parameter to the error. */
struct exercise_path {
    node_id *nodes;
    size_t length;
};

struct exercise_value {
    node_id node;
    struct enclosure value;
};

struct exercise_values {
    struct exercise_value *items;
    size_t count;
};

/* The line that is false, what should stand there, and what `verify` says of all lines,
   one step each: those before are proved, this one is refuted, those after carry the
   error on. */
struct exercise_mistake {
    size_t line;
    expr_id right;
    struct verification verification;
};

struct exercise {
    enum exercise_kind kind;
    node_id node;                  /* the parameter */
    struct exercise_lines lines;   /* DERIVE: the sum over paths, its last form if that is
                                      another, and what assumptions leave of it; BLANKS:
                                      without blanks */
    enum exercise_form form;       /* DERIVE */
    struct exercise_blank *blanks; /* BLANKS: in the order of reading */
    size_t blank_count;
    mpz_t path_count;            /* all but COMPUTE */
    struct exercise_path *paths; /* PATHS: each, or none where they are many: then */
    size_t listed;
    int64_t *levels; /* the units that they can go through, layer by layer: the count is
                        their product */
    size_t level_count;
    struct exercise_mistake mistake;
    struct exercise_values given, found; /* COMPUTE: leaves; what is defined */
    struct enclosure gradient;           /* COMPUTE: dE/d(node) */
};

struct exercises {
    struct network *network; /* borrowed */
    struct exercise *items;
    size_t count;
};

struct exercise_request {
    struct network *network;
    const struct budget *budget;
    size_t count;
    uint64_t seed;
    bool is_exact;          /* fewer are worth a warning */
    bool blanks;            /* all exercises are of this kind */
    const node_id *derived; /* what the sheet derives already */
    size_t derived_count;
    /* Appends the lines in LaTeX, exactly as the sheet shows them. */
    void (*write)(void *context, const struct exercise_lines *lines, struct buf *out);
    void *context;
};

/* The same request makes the same exercises, no two of them alike. If the network has
   fewer to give, a warning may say so. False with a diagnostic if something that must
   hold does not; to be cleared in both cases. */
bool exercises_make(struct exercises *exercises, const struct exercise_request *request,
                    struct diags *diags);
void exercises_clear(struct exercises *exercises);
/* What the mistake is, as the key says. */
enum repair_kind mistake_kind(const struct exercise_mistake *mistake);

#endif
