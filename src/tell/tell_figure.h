/* The picture of a network with the numbers of a lecturer at its units and edges. */
#ifndef GRADTEX_TELL_TELL_FIGURE_H
#define GRADTEX_TELL_TELL_FIGURE_H

#include "doc/doc.h"
#include "eval/training.h"
#include "path/graph.h"

/* As figure_new, with the values rounded to three significant digits. `graph` may be NULL,
   as may be the answer. */
struct figure *tell_figure(struct doc *doc, const struct training *training,
                           struct graph *graph);

#endif
