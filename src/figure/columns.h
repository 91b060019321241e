/* Which nodes of a network a picture shows, and where. */
#ifndef GRADTEX_FIGURE_COLUMNS_H
#define GRADTEX_FIGURE_COLUMNS_H

#include "net/network.h"

/* A node, or an ellipsis (-1), of a column. */
struct shown {
    node_id node;
    bool across; /* an ellipsis for columns */
    int column;
    double row; /* 0 is the middle of the column */
};

struct columns {
    const struct network *network;
    struct shown *items;
    size_t count, capacity;
    int column_count;
};

/* Inputs, units (with their pre-activations in one) and what equations define, by the
   longest way from the inputs. `wanted` are nodes that must not be left out where a
   column is wide. False if there are too many equations. */
bool columns_init(struct columns *columns, struct network *network, const node_id *wanted,
                  size_t wanted_count);
void columns_clear(struct columns *columns);
/* Puts one more node under the others of a column; answers its index. */
size_t columns_add(struct columns *columns, node_id node, int column);
/* The index of a node, or of the unit of a pre-activation; SIZE_MAX if it is not shown.
 */
size_t columns_find(const struct columns *columns, node_id node);

#endif
