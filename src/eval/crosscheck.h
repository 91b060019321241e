/* Is it right? Every derivative computed at least twice, by code that shares nothing, and
   compared: exactly where the numbers are rational, else by enclosures that are narrowed
   until they say something. */
#ifndef GRADTEX_EVAL_CROSSCHECK_H
#define GRADTEX_EVAL_CROSSCHECK_H

#include "base/budget.h"
#include "base/diag.h"
#include "eval/enclosure.h"
#include "eval/values.h"

/* What the path sum is compared with. */
enum crosscheck_method {
    CROSSCHECK_BACKPROP,   /* where everything is a layer */
    CROSSCHECK_SWEEP,      /* a reverse sweep over the goal's expression */
    CROSSCHECK_DIFFERENCE, /* difference quotients with a bound of their error */
    CROSSCHECK_METHODS
};

/* From good to bad. */
enum crosscheck_verdict {
    CROSSCHECK_EQUAL,     /* two exact numbers */
    CROSSCHECK_AGREE,     /* enclosures that meet, each as narrow as was asked for */
    CROSSCHECK_UNDECIDED, /* one is too wide */
    CROSSCHECK_DIFFER
};

struct crosscheck_row {
    node_id node;
    mpz_t path_count;
    struct enclosure path_sum;
    struct enclosure *others;        /* by place in `methods` */
    enum crosscheck_verdict verdict; /* the worst */
};

struct crosscheck {
    struct network *network;
    node_id goal;
    enum crosscheck_method methods[CROSSCHECK_METHODS];
    size_t method_count;
    bool is_random;     /* values are drawn */
    bool is_by_default; /* drawn because none were given, not because it was asked for */
    uint64_t seed;
    struct values values;
    bool is_shared; /* the paths were too many to walk one by one: sums share prefixes */
    bool is_exact;  /* every number of every row */
    long bits;      /* the last precision */
    bool is_whole;  /* the rows are all parameters that are not fixed */
    struct crosscheck_row *rows;
    size_t count;
    size_t verdicts[CROSSCHECK_DIFFER + 1]; /* how many rows have each */
};

/* Unless it is said otherwise: a relative width of 10^-30, at most 65,536 bits. */
enum { CROSSCHECK_DIGITS = 30, CROSSCHECK_MAX_BITS = 65536 };

struct crosscheck_options {
    const node_id *nodes; /* none: all parameters that are not fixed */
    size_t count;
    node_id goal; /* -1: the error */
    bool random;  /* draw values even if some are given */
    uint64_t seed;
    mpq_srcptr accuracy; /* NULL: 10^-30 */
    long max_bits;       /* 0: as many as are usual */
    unsigned methods; /* bits 1 << method; 0: backprop where it applies, else the sweep */
};

/* Without values in the network, and without `random`, values are drawn from seed 1.
   False after diagnostics: values missing, a division by zero, a method that does not
   apply. To be cleared in both cases. */
bool crosscheck_run(struct crosscheck *crosscheck, struct network *network,
                    const struct crosscheck_options *options, const struct budget *budget,
                    struct diags *diags);
void crosscheck_clear(struct crosscheck *crosscheck);

/* What a method is called on the command line. */
const char *crosscheck_method_name(enum crosscheck_method method);
/* The worst verdict of all rows. */
enum crosscheck_verdict crosscheck_worst(const struct crosscheck *crosscheck);
/* What the path sum and another way differ by. `x` is initialised. */
void crosscheck_difference(struct enclosure *x, const struct crosscheck_row *row,
                           size_t method);

#endif
