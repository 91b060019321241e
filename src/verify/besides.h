/* The names that a network gives to documents beside its own: `name z = w x + b`. */
#ifndef GRADTEX_VERIFY_BESIDES_H
#define GRADTEX_VERIFY_BESIDES_H

#include "base/budget.h"
#include "verify/scope.h"

/* Makes them mean their formulas, in which such names have been put in. One whose formula
   is what a symbol of the network is defined by is that symbol; one whose formula has a
   derivative by something else is doubtful. */
void besides_enter(struct verify_scope *scope, const struct budget *budget);

#endif
