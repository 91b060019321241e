/* The graph of a network: an edge from every symbol to each definition that uses it,
   labelled with the local derivative. Restricted to what lies between a symbol and a
   goal.

   Between wide layers edges are blocks, never lists: all of a layer's units have the
   sources of the layer as predecessors, but for the weights that are fixed at 0. */
#ifndef GRADTEX_PATH_GRAPH_H
#define GRADTEX_PATH_GRAPH_H

#include "base/budget.h"
#include "base/diag.h"
#include "net/network.h"

#include <gmp.h>

struct graph;

/* The graph of all paths from `from` to `to` (usually the error). */
struct graph *graph_new(struct network *network, node_id from, node_id to);
void graph_free(struct graph *graph);

struct network *graph_network(const struct graph *graph);
node_id graph_from(const struct graph *graph);
node_id graph_to(const struct graph *graph);

/* Whether there is a path from -> node, node -> to, or both (then the node is on the
   way). */
bool graph_is_reached(const struct graph *graph, node_id node);
bool graph_reaches(const struct graph *graph, node_id node);
bool graph_on_way(const struct graph *graph, node_id node);

/* Predecessors on the way, ascending, as ranges; a range may still hold single nodes that
   are not predecessors (fixed weights): graph_has_edge tells. Borrowed until the next
   call. */
const struct range *graph_predecessors(struct graph *graph, node_id node, size_t *count);
bool graph_has_edge(struct graph *graph, node_id source, node_id target);
/* The same as a list of nodes on the way; appended to an array that the caller frees. */
void graph_list_predecessors(struct graph *graph, node_id node, node_id **nodes,
                             size_t *count);
/* Nodes on the way that use `node`, ascending. */
void graph_list_successors(struct graph *graph, node_id node, node_id **nodes,
                           size_t *count);
/* All nodes on the way, ascending (arguments before the defined), from `from` to `to`. */
void graph_list_nodes(struct graph *graph, node_id **nodes, size_t *count);

/* The label of an edge: d(target)/d(source), others held, folded. */
expr_id graph_label(struct graph *graph, node_id source, node_id target);
/* The node whose symbol is the label of an edge within layers, -1 if it must be asked of
   graph_label. Makes no expression, so that all edges of a wide network can be named in
   little memory. */
node_id graph_label_node(struct graph *graph, node_id source, node_id target);

/* Number of paths from `from` to a node; 0 if it is not reached. Borrowed. */
mpz_srcptr graph_count(struct graph *graph, node_id node);
/* Number of paths from `from` to `to`. */
mpz_srcptr graph_total(struct graph *graph);

#endif
