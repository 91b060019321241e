/* Is it right? Every derivative computed twice, by code that shares nothing, and compared
 * exactly. */
#ifndef GRADTEX_EVAL_CROSSCHECK_H
#define GRADTEX_EVAL_CROSSCHECK_H

#include "base/budget.h"
#include "base/diag.h"
#include "eval/values.h"

/* What the path sum is compared with. */
enum crosscheck_method {
    CROSSCHECK_BACKPROP, /* where everything is a layer */
    CROSSCHECK_SWEEP
};

struct crosscheck_row {
    node_id node;
    mpz_t path_count;
    mpq_t path_sum, other, difference; /* path_sum - other */
    bool is_equal;
};

struct crosscheck {
    struct network *network;
    node_id goal;
    enum crosscheck_method method;
    bool is_random;     /* values are drawn */
    bool is_by_default; /* drawn because none were given, not because it was asked for */
    uint64_t seed;
    struct values values;
    struct crosscheck_row *rows;
    size_t count, differing;
};

struct crosscheck_options {
    const node_id *nodes; /* none: all parameters that are not fixed */
    size_t count;
    node_id goal; /* -1: the error */
    bool random;  /* draw values even if some are given */
    uint64_t seed;
};

/* Without values in the network, and without `random`, values are drawn from seed 1.
   False after diagnostics: values missing, too many paths for the budget, a division by
   zero. To be cleared in both cases. */
bool crosscheck_run(struct crosscheck *crosscheck, struct network *network,
                    const struct crosscheck_options *options, const struct budget *budget,
                    struct diags *diags);
void crosscheck_clear(struct crosscheck *crosscheck);

#endif
