/* The inside of the spec reader: for the files spec*.c alone. */
#ifndef GRADTEX_NET_SPEC_READER_H
#define GRADTEX_NET_SPEC_READER_H

#include "expr/function.h"
#include "net/build.h"
#include "net/node_map.h"
#include "net/spec.h"
#include "tex/elaborate.h"

/* A formula waits for the names of the network to be known. */
struct spec_formula {
    const struct parse_node *right;
    struct bindings bindings;
    size_t equation;
};

struct spec_formulas {
    struct spec_formula *items;
    size_t count, capacity;
};

enum { SPEC_FUNCTIONS = 100 };

/* A function that is declared; `body` is its formula, NULL if it has none. */
struct spec_function {
    const char *name, *variable;
    const struct parse_node *body;
    struct function meaning;
    struct span name_span, statement;
    expr_id function; /* 0 until its formula is understood */
};

struct spec_functions {
    struct spec_function *items;
    size_t count, capacity;
};

/* A word of a layer that may be the name of a declared function. */
struct spec_activation {
    size_t layer;
    struct span span;
};

struct spec_activations {
    struct spec_activation *items;
    size_t count, capacity;
};

/* `name` and `assume`, read when all nodes are there. */
struct spec_later {
    const struct parse_node *formula;
    size_t index; /* in the plan */
};

struct spec_laters {
    struct spec_later *items;
    size_t count, capacity;
};

struct spec_span_list {
    struct span *items;
    size_t count, capacity;
};

struct spec_value {
    node_id node;
    struct place place;
};

/* Statements that may be made once are told apart by slot. */
enum spec_once {
    ONCE_VERSION,
    ONCE_TITLE,
    ONCE_OUTPUTS,
    ONCE_TARGETS,
    ONCE_ERROR,
    ONCE_WEIGHTS,
    ONCE_BIASES,
    ONCE_UNITS,
    ONCE_PREACTIVATIONS,
    ONCE_DELTAS,
    ONCE_TARGET_TEMPLATE,
    ONCE_OUTPUT_TEMPLATE,
    ONCE_PARTIAL,
    ONCE_GRADIENT,
    ONCE_ACTIVATION_DERIVATIVE,
    ONCE_RELU_AT_ZERO,
    ONCE_UNITS_FROM,
    ONCE_LAYERS_FROM,
    ONCE_WEIGHTS_FROM,
    ONCE_SAMPLES,
    ONCE_COUNT
};

/* A place in the statement that is being read. */
struct spec_cursor {
    uint32_t at, end;
};

struct spec {
    const struct source *source;
    struct network *network;
    struct network_plan *plan;
    struct plan_templates
        *templates; /* written ones, or shown ones while a notation is read */
    const struct budget *budget;
    struct diags *diags;
    struct arena trees;
    struct span once[ONCE_COUNT];
    struct spec_formulas formulas;
    struct spec_functions functions;
    struct spec_activations activations;
    struct spec_laters names, assumptions;
    const struct parse_node *error; /* the equation of the error, or NULL */
    bool default_targets, default_error, is_error_named;
    const char *target_letter;    /* of default targets */
    struct spec_span_list values; /* `let` and `fix`, read when nodes are numbered */
    struct spec_span_list files;  /* `values`, read after them */
    struct spec_value *given;
    size_t given_count, given_capacity;
    struct node_map *replaced; /* values in place of the spec's: the nodes that have one;
                                  else NULL */
    struct scope scope;
    int64_t sample; /* whose names a formula means first; -1: those without a sample */
    uint64_t steps; /* of elaboration */
};

/* --- spec.c --- */

/* A reader of what belongs to a network; budget and diags are filled in by the caller. */
void spec_init(struct spec *spec, struct network *network, const struct source *source);
void spec_clear(struct spec *spec);

/* Reads what follows the keyword of a statement. False after a diagnostic. */
typedef bool spec_reader(struct spec *spec, struct span keyword,
                         struct spec_cursor cursor);

/* --- spec_words.c: what statements are made of --- */

struct place spec_place(const struct spec *spec, struct span span);
bool spec_fail(const struct spec *spec, enum diag_code code, struct span span,
               const char *text);
const char *spec_text(struct spec *spec, struct span span);
/* Moves over blanks and comments; whether something is left. */
bool spec_more(const struct spec *spec, struct spec_cursor *cursor);
/* Whether this character comes next; it is taken. */
bool spec_accept(const struct spec *spec, struct spec_cursor *cursor, char c);
bool spec_looks_at(const struct spec *spec, struct spec_cursor *cursor, char c);
/* Up to the next blank; empty at the end. */
struct span spec_word(const struct spec *spec, struct spec_cursor *cursor);
bool spec_is_word(const struct spec *spec, struct span span, const char *word);
/* Takes the word if it comes next. */
bool spec_accept_word(const struct spec *spec, struct spec_cursor *cursor,
                      const char *word);
bool spec_at_end(const struct spec *spec, struct spec_cursor *cursor);
/* A statement that may be made once. */
bool spec_first(struct spec *spec, enum spec_once slot, struct span keyword);
bool spec_integer(struct spec *spec, struct spec_cursor *cursor, long *value);
/* A name as declared, with its span; NULL after a diagnostic. */
const char *spec_name(struct spec *spec, struct spec_cursor *cursor, struct span *span);
const struct parse_node *spec_name_node(struct spec *spec, struct spec_cursor *cursor);
const struct parse_node *spec_formula(struct spec *spec, struct span span);
struct elaborate spec_elaborate(struct spec *spec, struct bindings *bindings);
/* Whether a number comes next. */
bool spec_at_number(const struct spec *spec, struct spec_cursor *cursor);
/* The size of a family whose name has been read, from 1 to PLAN_WIDTH. */
bool spec_family(struct spec *spec, struct spec_cursor *cursor, struct plan_name *item);
/* `x 2`, `x_1 x_2`, `w_1..w_8`, up to the end of the statement. */
bool spec_names(struct spec *spec, struct spec_cursor cursor, struct plan_names *names);
/* The names from `first` to `last`, as `w_1..w_8`. */
bool spec_name_range(struct spec *spec, const struct plan_name *first,
                     const struct plan_name *last, struct plan_names *names);
/* A template in canonical form, with which the cursor moves on. */
bool spec_template(struct spec *spec, struct spec_cursor *cursor, unsigned places,
                   struct plan_template *template);

/* --- spec_functions.c --- */

spec_reader spec_read_function;
struct spec_function *spec_find_function(const struct spec *spec, const char *name);
/* Reads an activation of the language, with its parameter; where none comes next the
   cursor stays. */
bool spec_activation(struct spec *spec, struct spec_cursor *cursor,
                     struct function *function, bool *is_known);
/* The function in the pool; 0 after a diagnostic if its name means another one. */
expr_id spec_make_function(struct spec *spec, const struct function *function,
                           struct span span);
/* Whether a function of the language may be used: none that is declared has its name. */
bool spec_use_function(struct spec *spec, const struct function *function,
                       struct span span);
/* When all statements are read: what is declared, and the activations of layers. */
bool spec_make_functions(struct spec *spec);
bool spec_set_activations(struct spec *spec);
/* When all names are known: no function has one of them. */
bool spec_check_functions(struct spec *spec);
/* Members of a scope (tex/elaborate.h). */
expr_id spec_scope_function(void *context, const char *canonical);
bool spec_scope_uses(void *context, enum function_id id, struct place place);

/* --- spec_samples.c --- */

spec_reader spec_read_samples;
/* 0 if nothing was said. */
int64_t spec_sample_count(const struct spec *spec);
/* Every equation once a sample. */
bool spec_expand_samples(struct spec *spec);
/* The error of all samples, from the equation for one. 0 after a diagnostic. */
expr_id spec_sample_error(struct spec *spec, const struct parse_node *formula);

/* --- spec_beside.c: `name` and `assume` --- */

spec_reader spec_read_beside;
spec_reader spec_read_assume;
/* When the network is finished. */
bool spec_elaborate_besides(struct spec *spec);
/* When nodes are numbered; then, when values are set, whether the equations hold. */
bool spec_elaborate_assumptions(struct spec *spec);
bool spec_check_assumptions(struct spec *spec);

/* --- spec_layers.c, spec_names.c, spec_equations.c, spec_values.c: the statements --- */

spec_reader spec_read_layer;
spec_reader spec_read_weights;
spec_reader spec_read_biases;

spec_reader spec_read_version;
spec_reader spec_read_title;
spec_reader spec_read_inputs;
spec_reader spec_read_outputs;
spec_reader spec_read_targets;
spec_reader spec_read_parameters;
spec_reader spec_read_constants;
spec_reader spec_read_units;
spec_reader spec_read_preactivations;
spec_reader spec_read_deltas;
spec_reader spec_read_write;
spec_reader spec_read_number;

spec_reader spec_read_for;
spec_reader spec_read_error;
bool spec_read_equation(struct spec *spec, struct span statement);
/* The right sides: of equations when names are declared, of the error when nodes are
 * numbered. */
bool spec_elaborate_equations(struct spec *spec);
bool spec_elaborate_error(struct spec *spec);
/* --- spec_defaults.c --- */

/* What is taken where a spec says nothing: targets, error, letters. The note is for a
   network that is good. */
void spec_add_defaults(struct spec *spec);
bool spec_note_defaults(struct spec *spec);
/* Templates of a notation whose letters the spec uses otherwise, and which have no
   superscript to tell them apart, stay as they are written. */
void spec_yield_to_names(struct spec *spec);

spec_reader spec_keep_values;
bool spec_set_values(struct spec *spec);
bool spec_has_value(const struct spec *spec, node_id node);
/* For a node that has none yet. */
void spec_give_value(struct spec *spec, node_id node, struct place place,
                     mpq_srcptr value);
/* Says where a node has its value from; always false. */
bool spec_note_value(const struct spec *spec, node_id node);
/* Adds the nodes that were given a value to those of the plan. */
void spec_keep_valued(struct spec *spec);
void spec_span_push(struct spec_span_list *list, struct span span);

/* --- spec_arrays.c: values from files --- */

spec_reader spec_keep_file;
bool spec_read_files(struct spec *spec);

#endif
