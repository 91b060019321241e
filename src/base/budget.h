/* What a command may spend. One object is made by the journey and passed everywhere. */
#ifndef GRADTEX_BASE_BUDGET_H
#define GRADTEX_BASE_BUDGET_H

#include <stddef.h>
#include <stdint.h>

struct budget {
    uint64_t max_terms; /* longer sums are shown by their first and last terms */
    uint64_t max_paths; /* enumerations beyond this are refused before they start */
    uint64_t max_nodes; /* expression nodes that a derivation may make */
    size_t max_bytes;   /* estimated size of an exact polynomial, or of a printed tree */
    unsigned depth;     /* nesting in anything that a user wrote */
};

/* 64 terms, 10^7 paths, 2*10^7 nodes, 64 MiB, depth 10,000. */
void budget_init(struct budget *budget);

#endif
