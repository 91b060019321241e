/* The inside of the spec reader: for the files spec*.c alone. */
#ifndef GRADTEX_NET_SPEC_READER_H
#define GRADTEX_NET_SPEC_READER_H

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
    ONCE_PARTIAL,
    ONCE_GRADIENT,
    ONCE_UNITS_FROM,
    ONCE_LAYERS_FROM,
    ONCE_WEIGHTS_FROM,
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
    const struct parse_node *error; /* the equation of the error, or NULL */
    bool default_targets, default_error;
    struct spec_span_list values; /* `let` and `fix`, read when nodes are numbered */
    struct spec_span_list files;  /* `values`, read after them */
    struct spec_value *given;
    size_t given_count, given_capacity;
    struct node_map *replaced; /* values in place of the spec's: the nodes that have one;
                                  else NULL */
    struct scope scope;
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
/* What is taken where a spec says nothing: targets and error. The note is for a network
 * that is good. */
void spec_add_defaults(struct spec *spec);
bool spec_note_defaults(struct spec *spec);

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
