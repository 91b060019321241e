/* Names of one family, of which a document tells some. */
#ifndef GRADTEX_VERIFY_KIN_H
#define GRADTEX_VERIFY_KIN_H

#include "verify/section.h"

/* The definition of z_2 has members of the family of w_{11}, but not that one: they are
   told apart, and the derivative is 0. */
bool kin_is_apart(struct section *section, expr_id of, expr_id by);

/* Whether the document defines a member before this one, but not it: `h_3`, where `h_1`
   and `h_2` are defined. (`h_0` is where they begin.) */
bool kin_is_left_out(struct section *section, expr_id symbol);

/* The z_i that feeds a_j, where only z_j is defined: it may hang on anything. */
bool kin_is_feed(struct section *section, expr_id symbol);

#endif
