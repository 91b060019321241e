/* Paths written out one by one, as fast as texts can be copied. Knows no expression:
   labels and names come as texts, rendered when first needed and kept while there is
   room. Memory does not grow with the number of paths. */
#ifndef GRADTEX_STREAM_STREAM_H
#define GRADTEX_STREAM_STREAM_H

#include "base/buf.h"
#include "base/out.h"
#include "path/path.h"

enum stream_form {
    STREAM_TEXT, /* `w₁ → h₁ → y₁ → E   (y₁ − t₁) w₂ x₁`, one path a line */
    STREAM_LATEX, /* `w_1 \to h_1 \to y_1 \to E \quad (y_1 - t_1) w_2 x_1` */
    STREAM_JSON,  /* `{"nodes":["w_1",…,"E"],"labels":["y_1 - t_1",…]}` */
    STREAM_SUM /* `\delta_1 w_2 x_1`, one term a line, from the second on `+ …`; no path:
                  `0` */
};

/* Labels stand in the order of the sum: from the goal back, the first one last. Each
   callback appends a text without line ends, and the same text whenever it is asked. */
struct stream_texts {
    void *context;
    void (*name)(void *context, node_id node, struct buf *out);
    /* A factor, with the brackets that it needs; empty for 1. Where the target is the
       goal, a name such as `\delta_1` may stand for it. */
    void (*label)(void *context, node_id source, node_id target, struct buf *out);
};

struct stream {
    enum stream_form form;
    struct stream_texts texts;
    mpz_srcptr skip,
        limit; /* paths to leave out first, and to write at most; NULL: none, all */
};

/* Writes the paths of the graph in the order of their rank. False as soon as `out` fails.
 */
bool stream_paths(const struct stream *stream, struct graph *graph, struct out *out);

#endif
