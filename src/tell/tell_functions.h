/* What the functions of a network are, and their derivatives. */
#ifndef GRADTEX_TELL_TELL_FUNCTIONS_H
#define GRADTEX_TELL_TELL_FUNCTIONS_H

#include "tell/typeset.h"

/* Appends the formulas of those functions that the definitions of these nodes apply, and
   their derivatives; nothing if they apply none. */
void tell_functions(struct doc *doc, const struct typeset *typeset,
                    struct network *network, const node_id *nodes, size_t count);

/* For those who work with numbers: what each function is, one of the language too, that
   these definitions apply or that such a function is made of, its derivative, and what
   is agreed at its bend. */
void tell_all_functions(struct doc *doc, const struct typeset *typeset,
                        struct network *network, const node_id *nodes, size_t count);

#endif
