/* The inside of a graph: for the files of this room alone.

   Defined nodes are kept as segments: the sums of a layer, its units where it has an
   activation, the error, a run of equations. A segment is joined where each of its nodes
   has all its sources as predecessors: then nothing is stored an edge or a unit. */
#ifndef GRADTEX_PATH_GRAPH_PARTS_H
#define GRADTEX_PATH_GRAPH_PARTS_H

#include "path/graph.h"

/* An edge into an equation. The label is 0 (none) if its source is not reached. */
struct edge {
    node_id source, target;
    expr_id label;
};

struct segment {
    struct range nodes;
    const struct layer *layer; /* NULL: the error, or equations */
    bool is_activation;        /* the units of a layer with sums of their own */
    bool is_single;            /* each has one predecessor: its sum */
    bool joined;
    struct range *sources; /* ascending; none of equations */
    size_t source_count;

    mpz_t base,
        direct;    /* joined: paths to a node; to one that uses `from` as parameter */
    mpz_t *counts; /* else, by place; none if each has the number of its sum */

    bool all_reach; /* or by place: */
    unsigned char *reach;

    struct range
        *ranges; /* predecessors on the way; the first is `from` as a parameter */
    size_t range_count;
    size_t *starts; /* equations: edges and ranges by place, one more than nodes */
    size_t *range_starts;
};

struct graph {
    struct network *network;
    node_id from, to;
    bool from_reaches;

    struct segment *segments; /* ascending */
    size_t segment_count, segment_capacity;
    node_id first_defined;

    struct network_use *uses; /* of `from` as a parameter of layers */
    size_t use_count;
    node_id *direct; /* the units that they lead to, ascending, distinct */
    size_t direct_count;

    struct edge *edges; /* into equations, by target */
    size_t edge_count, edge_capacity;
    size_t *by_source; /* the same by source, then target */
    mpz_t one, zero;
};

/* segment.c */
/* The sum of a unit of a segment whose nodes have one predecessor each. */
node_id segment_sum(const struct segment *segment, node_id unit);
struct range segment_sums(const struct segment *segment, struct range units);
void segments_make(struct graph *graph);
void segments_clear(struct graph *graph);
/* The place of a node among the sources of a layer, in the order of `from`; -1 if it is
   none. */
int64_t layer_source_place(const struct layer *layer, node_id node);
bool graph_is_parameter(const struct network *network, node_id node);

/* graph.c */
struct segment *graph_segment(const struct graph *graph, node_id node);
bool graph_is_direct(const struct graph *graph, node_id node);
/* Number of direct units before a node, and within a range. */
size_t graph_direct_before(const struct graph *graph, node_id node);
int64_t graph_direct_within(const struct graph *graph, struct range range);
/* The common part of two ranges; its count is 0 if there is none. */
struct range range_meet(struct range a, struct range b);
bool range_has(struct range range, node_id node);
/* Predecessors as ranges that stay where they are as long as the graph. */
const struct range *graph_peek_predecessors(const struct graph *graph, node_id node,
                                            size_t *count);

/* count.c: paths to every node, and the edges into equations. */
void count_paths(struct graph *graph);
/* Adds the numbers of paths to all nodes of a range. */
void count_range(const struct graph *graph, struct range range, mpz_ptr sum);

/* reach.c: what leads to the goal, and the predecessors on the way. */
void reach_mark(struct graph *graph);
void reach_list(struct graph *graph);

#endif
