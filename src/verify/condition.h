/* Side conditions under which a step is true: targets that add up to 1. */
#ifndef GRADTEX_VERIFY_CONDITION_H
#define GRADTEX_VERIFY_CONDITION_H

#include "verify/section.h"

/* A step that is false in general is true under the condition that makes it so. */
void condition_try(struct section *section, struct judged *judged);

#endif
