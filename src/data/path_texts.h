/* The texts of paths: names of nodes and labels of edges, as factors of a product. */
#ifndef GRADTEX_DATA_PATH_TEXTS_H
#define GRADTEX_DATA_PATH_TEXTS_H

#include "base/buf.h"
#include "path/graph.h"

struct path_texts {
    struct graph *graph; /* borrowed */
    bool unicode;        /* else LaTeX */
    bool canonical;      /* names as in all data; labels are LaTeX */
    bool signals;        /* names of error signals stand for the labels at the goal */
};

/* `signals` is kept where the outputs have error signals of their own. */
void path_texts_init(struct path_texts *texts, struct graph *graph);

/* Append a text; `context` is a struct path_texts. A label of 1 is empty. */
void path_texts_name(void *context, node_id node, struct buf *out);
void path_texts_label(void *context, node_id source, node_id target, struct buf *out);

#endif
