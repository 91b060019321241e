/* Numbers of an example that a document puts in for its names. Only a network's values
   judge them: without those they prove nothing wrong. */
#ifndef GRADTEX_VERIFY_EXAMPLE_H
#define GRADTEX_VERIFY_EXAMPLE_H

#include "verify/section.h"

/* Of a refuted step: whether it may be true for the values of an example. */
bool example_is_meant(struct section *section, const struct judged *judged);

#endif
