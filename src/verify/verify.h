/* Judges hand-written derivations: each step against the definitions of a network, or of
   the document itself, by prove. */
#ifndef GRADTEX_VERIFY_VERIFY_H
#define GRADTEX_VERIFY_VERIFY_H

#include "base/budget.h"
#include "net/network.h"
#include "verify/verdict.h"

/* A network that is in force from a line of each document on (from 1). */
struct verify_network {
    uint32_t from_line;
    struct network *network;
};

struct verify_options {
    const struct verify_network *networks; /* by line */
    size_t network_count;
    const char *goal; /* the weight whose gradient the document must end with, or NULL */
    bool explains;    /* fill `reading` */
    bool repairs;     /* look for repairs */
    const struct budget *budget;
    uint64_t seed;
};

/* Adds the verdicts on one document, whose source is loaded (`is_read`), and its
   warnings. */
void verify_document(struct verification *verification, size_t document,
                     const struct verify_options *options);
/* The document's own definitions, in the network language, for documents read without a
   network. False with a diagnostic of the document if there is no error to derive. */
bool verify_emit_network(struct verified_document *document,
                         const struct verify_options *options, struct buf *out);

#endif
