/* The expression of a symbol through its definitions as a graph: every node once, with
 * its sharing. */
#ifndef GRADTEX_DATA_DAG_H
#define GRADTEX_DATA_DAG_H

#include "base/buf.h"
#include "expr/defs.h"

/* One line a node, parts before wholes, and how often each is used. */
void dag_text(struct defs *defs, expr_id root, struct buf *out);
/* The same for Graphviz. */
void dag_dot(struct defs *defs, expr_id root, struct buf *out);

#endif
