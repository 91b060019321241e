/* A document's own definitions as a network file. */
#ifndef GRADTEX_VERIFY_EMIT_H
#define GRADTEX_VERIFY_EMIT_H

#include "verify/section.h"

/* Appends the network of a section of a document without network: its definitions, its
   error, and what they are made of: inputs, parameters (what is differentiated by) and
   targets (what stands in the error alone). False if no error is defined. */
bool emit_network(struct section *section, struct buf *out);

#endif
