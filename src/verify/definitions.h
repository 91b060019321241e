/* The definitions that a document gives itself: an equation for a bare name that has none
   yet. They hold in the whole section, also above; another equation for the same name in
   a later display begins a new section. */
#ifndef GRADTEX_VERIFY_DEFINITIONS_H
#define GRADTEX_VERIFY_DEFINITIONS_H

#include "verify/section.h"

/* Collects the definitions of a section and shortens it where a new one begins, with a
   warning. How many warnings. */
size_t definitions_collect(struct section *section, struct diags *diags);
/* To be called when the steps are expressions: an error that is differentiated but
   defined nowhere becomes an arbitrary function of what it is differentiated by; finds
   `scope->error`. */
void definitions_complete(struct section *section);
/* With the section open: error signals are what their equations say only if that is a
   derivative of the error; else the names become doubtful. */
void definitions_check_signals(struct section *section);

/* The name that a step defines if anything: its left side, without decoration; NULL. */
const struct parse_node *definitions_name(const struct section *section,
                                          const struct reading_step *step);

#endif
