/* Functions that a network declares by a formula. */
#ifndef GRADTEX_TELL_TELL_FUNCTIONS_H
#define GRADTEX_TELL_TELL_FUNCTIONS_H

#include "tell/typeset.h"

/* Appends the formulas of those functions that the definitions of these nodes apply, and
   their derivatives; nothing if they apply none. */
void tell_functions(struct doc *doc, const struct typeset *typeset,
                    struct network *network, const node_id *nodes, size_t count);

#endif
