/* A derivation as data: chains of equal expressions, each step with its rule. */
#ifndef GRADTEX_DERIVE_DERIVATION_H
#define GRADTEX_DERIVE_DERIVATION_H

#include "derive/cost.h"
#include "expr/site.h"
#include "path/graph.h"
#include "prove/prove.h"

#include <stdbool.h>

enum rule_id {
#define RULE(id, name, level, rewrite, reason, manual) RULE_##id,
#include "derive/rule.def"
#undef RULE
    RULE_COUNT
};

/* How an expression is written; the expression itself is always whole. */
enum shape_kind {
    SHAPE_PLAIN,
    SHAPE_ELIDED, /* by the first and the last term of the sum over all paths, and their
                     number */
    SHAPE_PATH_SET,
    SHAPE_INDEX
};

struct shape {
    enum shape_kind kind;
    expr_id first, last; /* SHAPE_ELIDED */
    char *count;         /* SHAPE_ELIDED: decimal digits */
};

/* `after` = the expression before it, by `rule` at `sites`; `uses` are numbers of
 * equations. */
struct step {
    enum rule_id rule;
    struct sites sites;
    unsigned *uses;
    size_t use_count;
    expr_id after;
    struct shape shape;
    enum verdict verdict; /* proved, or probable with its bound */
    unsigned bound;
};

enum chain_role {
    CHAIN_GOAL,   /* dE/dw down to the derivatives of the outputs */
    CHAIN_OUTPUT, /* dy/dw of one output, along its paths */
    CHAIN_RESULT, /* both put together, grouped */
    CHAIN_SIGNAL, /* the error signal of a pre-activation, over the outputs */
    CHAIN_PATTERN /* the closed forms, with error signals */
};

struct chain {
    enum chain_role role;
    expr_id left; /* the derivative that the chain is about */
    expr_id
        start; /* what the first step acts on: `left`, or the end of an earlier chain */
    node_id output; /* CHAIN_OUTPUT; CHAIN_SIGNAL: the pre-activation */
    struct step *steps;
    size_t count;
    unsigned number; /* of the equation left = end of the chain; 0 if it has none */
};

/* A symbol introduced for a value: `\delta_1 = y_1 - t_1`, or an error signal by the
 * later ones. */
struct signal {
    node_id node;
    expr_id symbol; /* its name, or dE/d(unit) where it has none */
    expr_id value;
    enum verdict verdict; /* of its equation, as for a step */
    unsigned bound;
};

/* Why there is no index form; SOME_INDEX where there is one. */
enum no_index {
    SOME_INDEX,
    NO_INDEX_ONE_PATH,
    NO_INDEX_TEMPLATE,  /* the names do not carry both ends of an edge apart */
    NO_INDEX_EQUATIONS, /* something on the way is not a layer */
    NO_INDEX_SKIP,      /* the layers on the way are no plain chain */
    NO_INDEX_IRREGULAR, /* tied or missing weights */
    NO_INDEX_SIGNALS    /* the outputs have no error signals of their own */
};

struct derivation {
    struct network *network; /* borrowed */
    struct graph *graph;
    node_id from, to;
    expr_id left; /* d(to)/d(from) */
    struct chain *chains;
    size_t chain_count;
    node_id *outputs; /* last nodes before the goal, ascending; without `from` itself */
    size_t output_count;
    bool is_direct;       /* an edge leads from `from` to the goal itself */
    node_id *definitions; /* defined nodes on the way, from the outputs backwards, without
                             the goal */
    size_t definition_count;
    node_id *idle; /* units beside the way, ascending */
    size_t idle_count;
    /* Of the outputs, or of their pre-activations where they have some: each path to the
       goal by an output runs through exactly one of them. */
    struct signal *signals;
    size_t signal_count;
    bool has_signals; /* there are such nodes, each with a free name for its signal */
    /* What the first signal would be if its targets added up to 1, as in cross-entropy
       with softmax; 0 if that is assumed anyway or makes no difference. */
    expr_id sum_of_targets, signal_if_one;
    struct signal *backward; /* of what lies before, from the outputs backwards; last
                                `from` itself */
    size_t backward_count;
    unsigned backward_number;
    bool is_compact; /* more paths than max_terms: sums are elided */
    enum no_index no_index;
    struct cost cost;
    unsigned equation_count;
};

void derivation_clear(struct derivation *derivation);
struct chain *derivation_chain(struct derivation *derivation, enum chain_role role,
                               expr_id left, expr_id start);
/* Adds a step to the last chain; takes over `sites` and leaves it empty. */
struct step *derivation_step(struct derivation *derivation, enum rule_id rule,
                             struct sites *sites, expr_id after);
void step_use(struct step *step, unsigned equation);
/* The number of paths to the nodes with error signals; without these, of the paths
 * through outputs. */
void derivation_count_terms(const struct derivation *derivation, mpz_ptr count);
/* Whether a pre-activation reaches the goal by several outputs, as under softmax. */
bool derivation_shares_outputs(const struct derivation *derivation);
/* Whether that is more than one. */
bool derivation_has_sum(const struct derivation *derivation);
/* The expression at the end of a chain. */
expr_id chain_end(const struct chain *chain);
/* The right side of a numbered equation, and its left side if `left` is given; 0 if there
 * is none. */
expr_id derivation_equation(const struct derivation *derivation, unsigned number,
                            expr_id *left);

#endif
