/* The error of a document and its error signals. */
#ifndef GRADTEX_VERIFY_ERROR_H
#define GRADTEX_VERIFY_ERROR_H

#include "verify/section.h"

/* To be called when the steps are expressions: an error that is differentiated but
   defined nowhere becomes an arbitrary function of what it is differentiated by; finds
   `scope->error`. */
void error_complete(struct section *section);
/* With the section open: error signals are what their equations say only if that is a
   derivative of the error; else the names become doubtful. */
void error_check_signals(struct section *section);

#endif
