/* The documents of one verify command, and the networks that are in force in them. */
#ifndef GRADTEX_DOCUMENTS_H
#define GRADTEX_DOCUMENTS_H

#include "journey.h"
#include "verify/verify.h"

struct documents {
    struct gtx_network **opened; /* owned */
    struct verify_network *networks;
    size_t network_count;
    struct verification verification;
    enum status failed; /* of a network that could not be opened */
};

/* Opens the networks of the options and those among the words (`.net`), and loads the
   other words. A document that cannot be loaded is one that is not read. False if a
   network could not be opened, a network's place is wrong, or there is no document. To be
   cleared in both cases. */
bool documents_open(struct documents *documents, struct journey *journey,
                    const char *const *words, size_t count);
void documents_clear(struct documents *documents);
/* The exit status that the verdicts make: of several documents the worst. */
enum status documents_status(const struct documents *documents, bool is_strict);

#endif
