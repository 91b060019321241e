/* A network: layers that stay layers, equations, and an error.

   Every symbol of the network is a node, a number given by arithmetic; nothing is stored
   a weight or a unit. Leaves come first (inputs, parameters, weights and biases by layer,
   targets, constants), then what is defined, each after its arguments, and the error
   last. Names and definitions are made when they are asked for. */
#ifndef GRADTEX_NET_NETWORK_H
#define GRADTEX_NET_NETWORK_H

#include "base/buf.h"
#include "base/source.h"
#include "expr/defs.h"
#include "expr/function.h"
#include "net/notation.h"
#include "net/plan.h"

#include <gmp.h>
#include <stdbool.h>
#include <stdint.h>

/* A node, from 0; -1 is none. */
typedef int64_t node_id;

struct range {
    node_id first;
    int64_t count;
};

enum node_kind {
    NODE_INPUT,
    NODE_PARAMETER, /* by name, for equations */
    NODE_WEIGHT,
    NODE_BIAS,
    NODE_TARGET,
    NODE_CONSTANT,
    NODE_PREACTIVATION,
    NODE_UNIT,    /* of a layer */
    NODE_DEFINED, /* by an equation */
    NODE_ERROR
};

/* A fully connected layer: unit_i = f(sum_j source_j w_ij (+ b_i)), j running through
   `sources` in order. The sums are the pre-activations, nodes of their own; without an
   activation the units are. */
struct layer {
    const char *head; /* canonical letter or word */
    int number; /* 1 is the first layer after the inputs; every sample has layers of its
                   own */
    int64_t size, fan_in;
    struct range *sources; /* node ranges; their counts add up to fan_in */
    size_t source_count;
    struct range units, sums;
    enum activation_kind activation;
    expr_id function; /* ACTIVATION_FUNCTION */
    bool has_biases;
    bool weights_tied, biases_tied;
    struct span span; /* of its statement */
};

struct network;

void network_free(struct network *network);

int64_t network_count(const struct network *network);
/* The network owns one pool and the definitions of its symbols in it. */
struct pool *network_pool(struct network *network);
struct defs *network_defs(struct network *network);
const char *network_title(const struct network *network); /* NULL if there is none */

/* Structure. */
size_t network_layer_count(const struct network *network);
const struct layer *network_layer(const struct network *network, size_t index);
enum node_kind network_kind(const struct network *network, node_id node);
bool network_is_defined(const struct network *network, node_id node);
/* Of a unit or pre-activation: its layer and place (from 0). Of a weight or bias, those
   of the (first) unit it leads to. */
const struct layer *network_layer_of(const struct network *network, node_id node,
                                     int64_t *place);
/* Whether the node is one of the layer's sums: what its weights lead to. */
bool layer_has_sum(const struct layer *layer, node_id node);
/* What the units apply to their sums; NULL for the identity and softmax. */
const struct function *network_activation(const struct network *network,
                                          const struct layer *layer);
/* The derivative of relu at 0, NULL if it is undefined. Borrowed. */
mpq_srcptr network_step_at_zero(const struct network *network);
/* The parameter on an edge of a layer (places from 0; `from` counts through the sources);
   tied edges share theirs. -1 if the weight is fixed at 0: then there is no edge. */
node_id network_weight(const struct network *network, const struct layer *layer,
                       int64_t to, int64_t from);
/* -1 if there is none or it is fixed at 0. */
node_id network_bias(const struct network *network, const struct layer *layer,
                     int64_t to);
/* The source unit of an edge. */
node_id network_source(const struct layer *layer, int64_t from);
/* Whether some weight or bias of the layer is fixed at 0 or tied: if not, the layer is
   dense and each of its parameters leads to one unit, and the weights are numbered row by
   row: that of an edge is to * fan_in + from after the first. */
bool network_layer_is_regular(const struct network *network, const struct layer *layer);
/* Whether every source of the layer is joined to every unit: no weight is fixed at 0. */
bool network_layer_is_full(const struct network *network, const struct layer *layer);
/* The symbols that the definition of a node uses, ascending and distinct, as nodes. Makes
   a list: not for wide layers, whose structure is known. The caller frees it with
   memory_free. */
node_id *network_arguments(struct network *network, node_id node, size_t *count);
/* An edge of a layer that bears a parameter; of a bias `from` is -1. */
struct network_use {
    const struct layer *layer;
    int64_t to, from;
};
/* The first edge that bears a weight or bias; of a regular layer, the only one. The layer
   is NULL of other nodes. */
struct network_use network_first_use(const struct network *network, node_id parameter);
/* All edges of layers that bear the parameter, in the order of the layers; more than one
   if it is tied. The caller frees the list with memory_free. */
struct network_use *network_uses(const struct network *network, node_id parameter,
                                 size_t *count);

/* Samples: 0 if the network speaks of none. Whether the error is their mean, and not
   their sum; and to which one (from 0) a node belongs, -1 if all share it. */
int64_t network_sample_count(const struct network *network);
bool network_is_averaged(const struct network *network);
int64_t network_sample(const struct network *network, node_id node);
/* The number of a layer as the reader counts them: the same in all samples. */
int network_layer_number(const struct network *network, const struct layer *layer);

/* The error, and what it compares with the targets. With samples the outputs of the first
   one come first; there are as many of each. */
node_id network_error(const struct network *network);
enum error_kind network_error_kind(const struct network *network);
const struct range *network_outputs(const struct network *network, size_t *count);
/* What the i-th output (from 0) adds to a named error, before the common factor is put in
   front: `(t_1 - y_1)^2`, `t_1 \ln y_1`. */
expr_id network_error_term(struct network *network, enum error_kind kind, int64_t output);
/* That factor: 1/2, 1, 1/(number of outputs of a sample), -1; over the number of samples
   if the error is their mean. */
void network_error_factor(const struct network *network, enum error_kind kind,
                          mpq_ptr factor);
/* The i-th output (from 0); -1 if there are fewer. */
node_id network_output(const struct network *network, int64_t output);
/* The target of the i-th output (from 0), -1 if the error has no targets. */
node_id network_target(const struct network *network, int64_t output);

/* Names. `network_find` and `network_match` take a canonical name (base/name.h);
   `network_match` also answers names with a whole script missing (`w^1`, `b`) and the
   forms of the command line. */
void network_name(const struct network *network, node_id node, struct buf *out);
node_id network_find(const struct network *network, const char *canonical);
/* Appends the nodes that a word of the command line means, ascending; if it is a name
   exactly, that one alone. How many: 0 if it means none, SIZE_MAX (and none appended) if
   more than NETWORK_MATCHES. */
enum { NETWORK_MATCHES = 1000000 };
size_t network_match(const struct network *network, const char *word, node_id **nodes,
                     size_t *count);
/* The nearest existing name to a wrong one, canonical, or NULL; the caller frees it. */
char *network_nearest(const struct network *network, const char *word);
/* The first name of the family with this letter, `y_{1}` of `y`; NULL if there is no such
   family. The caller frees it. */
char *network_first_member(const struct network *network, const char *letter);
/* The name of the error signal dE/d(sum) of a layer's unit, false if the node is no such
   sum or the name means something else (then the derivative is written). */
bool network_delta_name(const struct network *network, node_id sum, struct buf *out);
/* The same for an output of `error` that an equation defines: it takes its index to the
   error signal, where no other output has it. */
bool network_output_delta_name(struct network *network, node_id error, node_id node,
                               struct buf *out);
/* The name that `write gradient` gives to dE/d(parameter), false if none. */
bool network_gradient_name(const struct network *network, node_id node, struct buf *out);
/* The sign of derivatives: `\partial`, `\delta` or `d`. */
const char *network_partial(const struct network *network);
/* The weight template of a layer, for index forms. */
const struct template *network_weight_template(const struct network *network,
                                               const struct layer *layer);

/* What is granted: equations over the network's symbols, sums written out. */
size_t network_assumption_count(const struct network *network);
void network_assumption(const struct network *network, size_t i, expr_id *left,
                        expr_id *right);
/* Names that documents use beside the network, each with its formula, which may hold
   derivatives and other such names; no part of the error. */
size_t network_beside_count(const struct network *network);
const char *network_beside(const struct network *network, size_t i, expr_id *right);
/* The functions that the network declares, as EXPR_FUNCTION. */
size_t network_function_count(const struct network *network);
expr_id network_function(const struct network *network, size_t i);
/* Whether the derivative of relu at 0 was stated (expr/function.h knows what it is). */
bool network_states_relu_at_zero(const struct network *network);

/* Symbols of the pool and nodes. */
expr_id network_symbol(struct network *network, node_id node);
node_id network_node(struct network *network, expr_id symbol);

/* Values given by `let` and `fix`, NULL if none. */
mpq_srcptr network_value(const struct network *network, node_id node);
/* The files that some of them are from, NULL after the last. */
const char *network_file(const struct network *network, size_t index);
bool network_has_values(const struct network *network);
bool network_is_fixed(const struct network *network, node_id node);
int64_t network_fixed_count(const struct network *network);

/* Leaves in the order of `let` and of `show`: inputs, targets, then parameters by layer.
 */
struct network_leaves {
    struct range *ranges;
    size_t count;
};
const struct network_leaves *network_leaves(const struct network *network);

#endif
