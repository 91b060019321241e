/* What `paths` prints of one symbol. */
#ifndef GRADTEX_LISTING_H
#define GRADTEX_LISTING_H

#include "journey.h"

/* Writes the paths from the node to the goal, their number, or their sum, as the options
   ask. False with a diagnostic. */
bool listing_write(struct journey *journey, node_id node);

#endif
