/* What a spec says, as plain data: filled by the spec reader, turned into a network by
   build.h.

   All texts are canonical (base/name.h) and live in the plan's arena; all spans lie in
   its source. */
#ifndef GRADTEX_NET_PLAN_H
#define GRADTEX_NET_PLAN_H

#include "base/arena.h"
#include "base/source.h"
#include "expr/expr.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A name or a family of names, in the order of their statements. */
struct plan_name {
    const char *name;
    int64_t size; /* names with indices counted from plan.units_from; -1: this one name */
    struct span span;
};

struct plan_names {
    struct plan_name *items;
    size_t count, capacity;
};

/* `w_{<edge>1}^{<layer>}`; `text` is NULL where nothing was said. */
struct plan_template {
    const char *text;
    bool tied;
    struct span span;
};

struct plan_templates {
    struct plan_template weights, biases; /* defaults are filled in */
    struct plan_template units, preactivations, deltas, targets;
    struct plan_template
        outputs; /* of the units of the output layer, in place of `units` */
    struct plan_template gradient; /* `\Delta <weight>`: name of dE/dw */
    const char *partial;           /* `\partial`, `\delta` or `d` */
    const char *error;             /* the name of the error; NULL: plan.error.name */
    int64_t layers_from, weights_from;
};

/* A function that the network declares. */
struct plan_function {
    const char *name;
    expr_id function; /* in the network's pool */
    struct span span; /* the statement */
};

/* `name X = formula`: what documents use beside the network. */
struct plan_beside {
    const char *name;
    expr_id right; /* may hold derivatives and other such names */
    struct span name_span;
    struct span span; /* the statement */
};

/* `assume left = right` */
struct plan_assumption {
    expr_id left, right;
    int64_t sample; /* from 0; one that speaks of samples is made for each */
    struct span formula;
    struct span span; /* the statement */
};

enum activation_kind {
    ACTIVATION_IDENTITY, /* no pre-activations */
    ACTIVATION_FUNCTION, /* of each pre-activation */
    ACTIVATION_SOFTMAX   /* of all of the layer */
};

enum plan_biases { BIASES_AS_ALL, BIASES_YES, BIASES_NO };

/* The whole network once a sample, parameters shared. */
struct plan_samples {
    int64_t count;   /* 0: nothing was said, and no name tells samples apart */
    bool averaged;   /* else summed */
    const char *sup; /* what superscripts end in: `(<sample>)` */
    struct span span;
};

struct plan_layer {
    const char *name; /* its letter; with scripts only if it is one unit of that name */
    int64_t size;     /* 1 to PLAN_WIDTH, or -1: one unit without index */
    struct plan_names
        sources; /* families, layers or single names; none: the layer before */
    struct plan_template weights, biases; /* text NULL: the templates of all layers */
    enum plan_biases has_biases;
    enum activation_kind activation;
    expr_id function; /* of ACTIVATION_FUNCTION, in the network's pool */
    struct span activation_span;
    struct span span; /* of its name */
};

/* `left = right`; families by `for` are written out. */
struct plan_equation {
    const char *left;
    int64_t sample; /* from 0; with samples a statement makes an equation for each */
    expr_id right;  /* in the network's pool, after the names are known */
    struct span left_span;
    struct span span; /* the statement */
};

enum error_kind {
    ERROR_HALF_SQUARES,
    ERROR_SQUARES,
    ERROR_MEAN_SQUARES,
    ERROR_CROSS_ENTROPY,
    ERROR_BINARY_CROSS_ENTROPY,
    ERROR_EQUATION
};

struct plan_error {
    enum error_kind kind;
    const char *name; /* `E` unless said otherwise */
    expr_id right;    /* of ERROR_EQUATION */
    expr_id first;    /* the same of the first sample alone, if there are samples */
    struct span span; /* of its name or keyword; empty if nothing was said */
    struct span formula;
};

enum { PLAN_WIDTH = 100000000, PLAN_LAYERS = 100000 };

struct network_plan {
    const struct source *source; /* borrowed */
    struct arena arena;
    const char *title; /* or NULL */

    struct plan_names inputs, parameters, constants;
    struct plan_names outputs; /* empty: the last layer */
    /* A letter without scripts stands for one target for each output (without index where
       the output has none), or for the inputs if it is theirs. */
    struct plan_names targets;

    struct plan_layer *layers;
    size_t layer_count, layer_capacity;
    bool biases; /* in all layers that do not say otherwise */

    struct plan_equation *equations;
    size_t equation_count, equation_capacity;
    struct plan_error error;
    struct plan_samples samples;

    struct plan_function *functions;
    size_t function_count, function_capacity;
    struct plan_beside *besides;
    size_t beside_count, beside_capacity;
    struct plan_assumption *assumptions;
    size_t assumption_count, assumption_capacity;
    const char *activation_derivative; /* "prime", "value", or NULL if nothing was said */
    const char *relu_at_zero;          /* "0", "1", "1/2", "undefined", or NULL */

    struct plan_names files; /* of `values`: their paths */
    int64_t
        *valued; /* nodes that `let` and `fix` gave a value, ascending; in the arena */
    size_t valued_count;

    /* How names are written in the file, and how they are shown: the same without
     * --notation. */
    struct plan_templates written, shown;
    int64_t units_from;
};

void plan_init(struct network_plan *plan, const struct source *source);
void plan_clear(struct network_plan *plan);

void plan_names_push(struct plan_names *names, const char *name, int64_t size,
                     struct span span);
struct plan_layer *plan_add_layer(struct network_plan *plan);
struct plan_equation *plan_add_equation(struct network_plan *plan);
/* Whether all names are the same in both. */
bool plan_same_names(const struct plan_templates *a, const struct plan_templates *b);
const char *plan_error_name(const struct network_plan *plan,
                            const struct plan_templates *templates);
struct plan_function *plan_add_function(struct network_plan *plan);
struct plan_beside *plan_add_beside(struct network_plan *plan);
struct plan_assumption *plan_add_assumption(struct network_plan *plan);
struct place plan_place(const struct network_plan *plan, struct span span);

#endif
