/* A forward pass, a backward pass, and one step of gradient descent, in numbers that are
   exact or certainly enclosed. The derivatives are crosschecked. */
#ifndef GRADTEX_EVAL_TRAINING_H
#define GRADTEX_EVAL_TRAINING_H

#include "eval/crosscheck.h"

struct training_options {
    bool random; /* draw values even if some are given */
    uint64_t seed;
    size_t digits;   /* that are to be certain */
    long max_bits;   /* 0: as many as are usual */
    mpq_srcptr rate; /* the learning rate; NULL: no step is taken */
};

struct training {
    struct network *network;
    struct crosscheck
        crosscheck;         /* its values are those of the forward pass; its rows: */
    size_t signal_count;    /* first the derivatives by what is defined, from the error
                               backwards, */
    size_t parameter_count; /* then those by parameters */
    bool has_step;
    mpq_t rate;
    struct enclosure *updated; /* the parameters after the step, by place */
    struct enclosure error_after;
    bool is_certain; /* all digits asked for */
};

/* The parameter number `i`, and its row. */
const struct crosscheck_row *training_parameter(const struct training *training,
                                                size_t i);
/* The value of a node before the step. */
void training_value(const struct training *training, node_id node,
                    struct enclosure *value);

/* False after diagnostics: no values, or something that has none. To be cleared in both
 * cases. */
bool training_run(struct training *training, struct network *network,
                  const struct training_options *options, const struct budget *budget,
                  struct diags *diags);
void training_clear(struct training *training);

#endif
