/* What every journey through the library has: the network, the options, the names, and
 * where the result goes. */
#ifndef GRADTEX_JOURNEY_H
#define GRADTEX_JOURNEY_H

#include "base/budget.h"
#include "base/diag.h"
#include "base/out.h"
#include "doc/doc.h"
#include "net/network.h"
#include "options.h"
#include "target.h"

struct gtx_network {
    struct source source;
    struct source values; /* of --values, where it is a text */
    struct network *network;
    char *input; /* the file that it was read from, or NULL */
};

/* What every journey carries with it. */
struct journey {
    struct gtx_network *opened;
    struct network *network;
    const struct gtx_options *options;
    const struct gtx_sink *sink;
    struct target target;
    struct budget budget;
    struct diags diags;
    node_id *nodes; /* that the names mean, in the order given */
    size_t node_count;
    node_id goal; /* that is differentiated */
    struct out *out;
};

/* Settles format, names and output; false with a diagnostic. journey_end must follow. */
bool journey_begin(struct journey *journey, const struct formats *formats,
                   const char *const *names, size_t count);
/* The goal was chosen to differentiate by; answers false. */
bool journey_refuse_goal(struct journey *journey);
/* Puts a document, or its figures alone, into the output. */
void journey_write(struct journey *journey, const struct doc *doc);
void journey_write_figures(struct journey *journey, const struct doc *doc);
/* Writes what was made, or nothing if anything went wrong; answers the exit status. */
int journey_end(struct journey *journey, enum status status);
/* Sends the diagnostics to the sink, and answers their status. */
enum status journey_report(const struct gtx_sink *sink, const struct language *language,
                           const struct diags *diags);

#endif
