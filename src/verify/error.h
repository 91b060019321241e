/* The error of a document and its error signals. */
#ifndef GRADTEX_VERIFY_ERROR_H
#define GRADTEX_VERIFY_ERROR_H

#include "verify/section.h"

/* To be called when the steps are expressions: an error that is differentiated but
   defined nowhere becomes an arbitrary function of what it is differentiated by; finds
   `scope->error`. */
void error_complete(struct section *section);
/* The last symbol that is differentiated, 0 if there is none. */
expr_id error_find(struct section *section);
/* Whether some definition uses the symbol: then it is no error. */
bool error_is_used(struct section *section, expr_id symbol);
/* The symbols by which a symbol is differentiated in the section's steps. */
void error_variables(const struct section *section, expr_id of,
                     struct expr_list *variables);
/* With the section open: error signals are what their equations say only if that is a
   derivative of the error; else the names become doubtful. */
void error_check_signals(struct section *section);

#endif
