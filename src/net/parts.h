/* The inside of a network: for the files network*.c alone.

   Nodes are kept as blocks: the inputs of a family, the weights of a layer, one equation.
   Before they are numbered a node is a slot: its block and its place there. */
#ifndef GRADTEX_NET_PARTS_H
#define GRADTEX_NET_PARTS_H

#include "net/build.h"
#include "net/names.h"
#include "net/node_map.h"

struct block {
    enum node_kind kind;
    node_id first; /* -1 before network_order */
    int64_t count;
    size_t owner;       /* index of its layer, or of its equation in the plan */
    int64_t sample;     /* from 0; -1: all samples share it */
    expr_id symbol;     /* of a single name; 0 if a template names the nodes */
    const char *head;   /* canonical letter */
    int64_t index;      /* of its first node as it is written; -1: none */
    bool shares_letter; /* a family among several of one letter: told apart by layer */
    struct span span;
};

/* Neighbours in a block, as sources, outputs or targets. */
struct piece {
    size_t block;
    int64_t offset, count;
};

struct pieces {
    struct piece *items;
    size_t count, capacity;
    int64_t total;
};

/* The parameters of tied edges, by place: `owners[place]` is a slot of a block of
   parameters, and `firsts[k]` the first place of the k-th parameter of the layer's own
   block. */
struct ties {
    struct slot *owners; /* NULL if the layer's parameters are its places */
    int64_t *firsts;
    int64_t own;
};

struct layer_parts {
    size_t weights, biases, sums, units; /* blocks; biases SIZE_MAX if there are none;
                                            sums are units if there is no activation */
    struct pieces sources;
    struct ties weight_ties, bias_ties;
    struct template template; /* of the weights, as shown */
    bool lends;               /* another layer is tied to one of its parameters */
    int64_t zeros;            /* edges fixed at 0 */
};

struct value {
    mpq_t number;
    bool fixed;
};

struct network {
    struct network_plan plan;
    struct pool *pool;
    struct defs defs;

    struct block *blocks;
    size_t block_count, block_capacity;
    size_t *order; /* blocks by their first node */
    int64_t count;
    size_t error; /* its block, from network_finish on */

    struct layer *layers;
    struct layer_parts *parts;
    size_t layer_count;
    size_t *equation_blocks;

    struct names written, shown;
    bool same_names; /* written and shown agree */
    bool is_ordered, is_finished;
    bool reads_file; /* names are those of a file */
    struct slot *symbol_slots; /* by symbol */
    size_t symbol_count;
    struct node_map symbols; /* slot -> symbol */

    struct pieces output_pieces, target_pieces;
    struct range *outputs, *targets;
    size_t output_count, target_count;
    struct network_leaves leaves;

    struct value *values;
    size_t value_count, value_capacity;
    struct node_map value_index;
    int64_t zeros; /* parameters fixed at 0 */
    struct template gradient;
};

/* 10^12 nodes; a slot is kept in one number. */
#define NETWORK_LIMIT INT64_C(1000000000000)
enum { TIED_LIMIT = 1000000, OUTPUT_LIMIT = 1000000, WEIGHTS_LIMIT = 1000000 };

/* network_samples.c: the layers of a network are those of its plan, each once a sample:
   layer i is that of plan.layers[i / samples] for sample i % samples. Samples share the
   blocks of parameters of the first one. */
size_t samples_of(const struct network *network);
const struct plan_layer *layer_plan(const struct network *network, size_t layer);
/* What `<layer>` is counted by. */
int64_t layer_index(const struct network *network, size_t layer);
bool layer_is_first_sample(const struct network *network, size_t layer);
/* A template with a placeholder for the sample, a name with its number; the text as it is
   where there are no samples. */
void sample_template(const struct network *network, const char *text, struct buf *out);
void sample_name(const struct network *network, const char *name, int64_t sample,
                 struct buf *out);
/* Puts outputs or targets into the order of their samples. */
void sample_sort(const struct network *network, struct pieces *pieces);

/* network_blocks.c: blocks, slots and nodes */
size_t block_add(struct network *network, struct block block);
void piece_add(struct pieces *pieces, struct piece piece);
void pieces_clear(struct pieces *pieces);
/* The ranges of pieces of numbered blocks, neighbours joined. */
struct range *pieces_ranges(const struct network *network, const struct pieces *pieces,
                            size_t *count);
/* From the place of an edge to its parameter, and back to the first edge. */
struct slot slot_owner(const struct network *network, struct slot slot);
struct slot slot_first_edge(const struct network *network, struct slot slot);
node_id slot_node(const struct network *network, struct slot slot);
struct slot slot_of_node(const struct network *network, node_id node);
/* The names by which something is looked for first, and where none has it, NULL if
   there are no others. A notation changes what is shown, not what a file means. */
const struct names *names_first(const struct network *network);
const struct names *names_second(const struct network *network);
/* SLOT_NONE if nothing has this name. */
struct slot slot_find(const struct network *network, const char *canonical);
struct slot slot_of_symbol(const struct network *network, expr_id symbol);
expr_id slot_symbol(struct network *network, struct slot slot);
/* Makes a single name a symbol; false after a diagnostic if it is taken. */
bool block_name(struct network *network, size_t block, const char *name,
                struct diags *diags);
bool block_is_defined(const struct block *block);

/* network_sources.c: what `from`, `outputs` and `targets` name, in one sample. Appends;
   false if nothing does. Of layers with one letter the nearest before the layer `before`
   counts. */
bool sources_find(const struct network *network, const char *name, int64_t sample,
                  size_t before, struct pieces *pieces);

/* network_templates.c: all templates are well-formed; names of families and units; of
   weights and biases, when the sources are known; of a family of targets, findable when
   they are sealed; then no name means two things. */
bool templates_are_sound(const struct network *network, struct diags *diags);
void templates_add_rows(struct network *network);
void templates_add_parameters(struct network *network);
void templates_add_targets(struct network *network, size_t block);
void templates_seal(struct network *network);
bool templates_check(const struct network *network, struct diags *diags);

/* network_ties.c: which edges share their parameters. */
bool layer_ties_weights(const struct network *network, size_t layer);
bool layer_ties_biases(const struct network *network, size_t layer);
bool ties_make(struct network *network, struct diags *diags);

/* network_define.c: makes the definition of a symbol (a defs_maker). */
expr_id define_symbol(void *context, expr_id symbol);

#endif
