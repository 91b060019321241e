/* The definitions that a document gives itself: an equation for a bare name that has none
   yet. They hold in the whole section, also above; another equation for the same name in
   a later display begins a new section. */
#ifndef GRADTEX_VERIFY_DEFINITIONS_H
#define GRADTEX_VERIFY_DEFINITIONS_H

#include "verify/section.h"

/* Collects the definitions of a section and shortens it where a new one begins, with a
   warning. How many warnings. */
size_t definitions_collect(struct section *section, struct diags *diags);

/* The name that a step defines if anything: its left side, without decoration; NULL. */
const struct parse_node *definitions_name(const struct section *section,
                                          const struct reading_step *step);

#endif
